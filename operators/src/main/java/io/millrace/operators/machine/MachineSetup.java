package io.millrace.operators.machine;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machines;
import java.io.Serializable;

/** Makes the engine in the task that hosts it; the job ships only this. */
public interface MachineSetup extends Serializable {
  /** The machines, made once in each subtask. */
  Machines machines();

  /** The limits they were made with. */
  EngineLimits limits();
}

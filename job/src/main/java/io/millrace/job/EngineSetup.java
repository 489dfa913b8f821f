package io.millrace.job;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machines;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.wiring.EngineMachines;
import io.millrace.operators.machine.MachineSetup;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the engine is made with in each subtask. */
record EngineSetup(
    LinkedHashSet<String> queues, Duration instanceRetention, Duration requestRetention)
    implements MachineSetup {

  static EngineSetup of(Set<String> queues, Duration instanceRetention, Duration requestRetention) {
    return new EngineSetup(new LinkedHashSet<>(queues), instanceRetention, requestRetention);
  }

  @Override
  public Machines machines() {
    return new EngineMachines(limits(), StepTypes.STANDARD, queues::contains);
  }

  @Override
  public EngineLimits limits() {
    return EngineLimits.DEFAULT.withRetention(instanceRetention, requestRetention);
  }
}

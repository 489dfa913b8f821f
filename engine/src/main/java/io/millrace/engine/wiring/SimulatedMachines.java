package io.millrace.engine.wiring;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machines;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.step.StepBehavior;
import io.millrace.engine.step.StepTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The engine's machines as a simulation needs them: every queue is declared, and a step that the
 * scenario has outcomes for is given to the workers, whatever its type, so that also a Sleep or a
 * NoOp can fail.
 */
public final class SimulatedMachines {
  /** Types whose work is done within the engine. */
  private static final List<String> OWN_TYPES = List.of("noop", "sleep");

  /** A type that no behaviour is named for. */
  private static final String WORKER = "worker";

  private SimulatedMachines() {}

  /**
   * The machines.
   *
   * @param scripted ids of steps that the scenario has outcomes for
   */
  public static Machines of(EngineLimits limits, Predicate<String> scripted) {
    StepBehavior worker = StepTypes.STANDARD.of(WORKER);
    Map<String, StepBehavior> types = new HashMap<>();
    for (String type : OWN_TYPES) {
      types.put(type, new ScriptedStep(StepTypes.STANDARD.of(type), worker, scripted));
    }
    return new EngineMachines(
        limits, new StepTypes(types), queue -> true, UnsupportedParts.LEAVE_OUT);
  }
}

package io.millrace.engine.wiring;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.run.DagCache;
import io.millrace.engine.run.InstanceMachine;
import io.millrace.engine.run.Language;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.workflow.WorkflowMachine;
import io.millrace.evaluation.ParamLimits;
import java.util.function.Predicate;

/**
 * The machines of every kind. Used by one thread; holds a cache of parsed definitions, and nothing
 * that a crash could lose.
 */
public final class EngineMachines implements Machines {
  private final EngineLimits limits;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;
  private final UnsupportedParts unsupported;
  private final Language language = new Language(ParamLimits.DEFAULT);
  private final DagCache dags = new DagCache(DagCache.DEFAULT_SIZE, language::compile);

  /** Of a running system. */
  public EngineMachines(EngineLimits limits, StepTypes types, Predicate<String> declaredQueues) {
    this(limits, types, declaredQueues, UnsupportedParts.REFUSE);
  }

  public EngineMachines(
      EngineLimits limits,
      StepTypes types,
      Predicate<String> declaredQueues,
      UnsupportedParts unsupported) {
    this.limits = limits;
    this.types = types;
    this.declaredQueues = declaredQueues;
    this.unsupported = unsupported;
  }

  @Override
  public Machine at(MachineAddress address) {
    return switch (address.kind()) {
      case WORKFLOW -> new WorkflowMachine(address, limits, unsupported);
      case INSTANCE -> new InstanceMachine(address, limits, dags, language, types, declaredQueues);
    };
  }
}

package io.millrace.engine.run;

import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.RestartPlan;
import io.millrace.param.ParamDefinition;
import java.util.Map;
import java.util.Optional;

/** What a restart says of single steps of its run (Maestro semantics 9.2). */
final class RestartScope {
  private RestartScope() {}

  /** Whether the step is the one that the restart names, so that no condition turns it down. */
  static boolean names(RunRecord run, String stepId) {
    return head(run).filter(node -> node.stepId().equals(stepId)).isPresent();
  }

  /** Whether the step is to be skipped. */
  static boolean skips(RunRecord run, String stepId) {
    RestartPlan plan = run.plan();
    return plan != null && plan.skip() && endsAt(plan, stepId);
  }

  /**
   * What the user gave who restarted the step: they hold for all attempts from then on, retries
   * included (Maestro semantics 4.7).
   */
  static Map<String, ParamDefinition> stepParams(RunRecord run, StepRun step) {
    RestartPlan plan = step.manualRetries() > 0 ? step.again() : run.plan();
    return plan != null && endsAt(plan, step.stepId()) ? plan.stepParams() : Map.of();
  }

  private static boolean endsAt(RestartPlan plan, String stepId) {
    return plan.path().size() == 1
        && plan.path().get(0).stepId().equals(stepId)
        && plan.path().get(0).iteration() == null;
  }

  /** The first step on the way to what is restarted. */
  static Optional<RestartPlan.Node> head(RunRecord run) {
    RestartPlan plan = run.plan();
    return plan == null ? Optional.empty() : plan.path().stream().findFirst();
  }
}

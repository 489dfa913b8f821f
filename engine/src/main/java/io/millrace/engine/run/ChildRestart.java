package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.RestartPlan;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.StepStatus;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instance that a subworkflow step restarts when it runs again, instead of starting another
 * (Maestro semantics 9.2): the one it had, if the step did not succeed, or if the way down to what
 * is restarted leads through it. A step that does not wait has succeeded once its instance is
 * there; that one is cut off (decisions, the tree 12) and is restarted by itself.
 *
 * @param instance its number
 * @param plan what of it runs again
 */
record ChildRestart(long instance, RestartPlan plan) {

  static Optional<ChildRestart> of(OpenRun run, StepDraft draft) {
    if (draft.step().manualRetries() > 0) {
      RestartPlan again = draft.step().again();
      return of(
          draft.child(),
          again == null ? RestartPlan.of(RestartPolicy.FROM_INCOMPLETE, Map.of()) : again.inner());
    }
    RestartPlan plan = run.record().plan();
    Long before = run.record().earlier().get(draft.stepId());
    if (plan == null || before == null || draft.attempt() > 1) {
      return Optional.empty();
    }
    StepRun step = run.turn().get(OpenRun.stepKey(before, draft.stepId()), StepRun.class);
    return below(run, plan, draft.stepId())
        .filter(
            inner ->
                step.status() != StepStatus.SUCCEEDED
                    || inner.policy() == RestartPolicy.FROM_SPECIFIC)
        .flatMap(inner -> of(step.child(), inner));
  }

  /** What is below the step by the plan of its run; empty: it is not the restart's business. */
  private static Optional<RestartPlan> below(OpenRun run, RestartPlan plan, String stepId) {
    if (RestartScope.names(run.record(), stepId)) {
      return Optional.of(plan.inner());
    }
    return plan.policy() == RestartPolicy.FROM_SPECIFIC
        ? Optional.empty()
        : Optional.of(RestartPlan.of(plan.policy(), Map.of()));
  }

  private static Optional<ChildRestart> of(@Nullable String child, RestartPlan plan) {
    return Optional.ofNullable(child)
        .flatMap(InstanceAddress::parse)
        .map(address -> new ChildRestart(address.instance(), plan));
  }
}

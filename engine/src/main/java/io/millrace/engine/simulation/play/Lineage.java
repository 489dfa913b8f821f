package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import java.util.Optional;

/** Where a run hangs in its tree: the one place that knows how runs name their parents. */
final class Lineage {
  private Lineage() {}

  /**
   * The step a run belongs to.
   *
   * @param machine key of the machine of that step's run, {@code flow/7} or {@code flow/7/fe/3}
   * @param attempt of the step in that run
   */
  record ParentStep(String machine, long run, String stepId, long attempt) {
    /** Whether this is that attempt of that run or a later one. */
    boolean isSince(long sinceRun, long sinceAttempt) {
      return run > sinceRun || (run == sinceRun && attempt >= sinceAttempt);
    }
  }

  /** Empty for a root. */
  static Optional<ParentStep> parent(RunRecord run) {
    return Optional.ofNullable(run.parent())
        .map(
            parent ->
                new ParentStep(parent.address(), parent.run(), parent.stepId(), parent.attempt()));
  }

  /** The number of an iteration; empty for an instance of a workflow. */
  static Optional<Long> iteration(InstanceAddress instance) {
    return instance.isWorkflowInstance() ? Optional.empty() : Optional.of(loop(instance).number());
  }

  private static InstanceAddress.Segment loop(InstanceAddress iteration) {
    return iteration.segments().get(iteration.segments().size() - 1);
  }
}

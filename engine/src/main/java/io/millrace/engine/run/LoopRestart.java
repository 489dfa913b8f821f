package io.millrace.engine.run;

import io.millrace.engine.RestartPlan;
import io.millrace.protocol.RestartPolicy;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a restart of the run means for one of its loops (Maestro semantics 2.8, 2.9, 9.2): whether
 * it goes on where it was, and which iterations run again.
 *
 * @param goesOn whether what has succeeded stays
 * @param only not null: of the iterations that have ended this one alone runs again
 * @param inner what an iteration does that runs again
 */
record LoopRestart(boolean goesOn, @Nullable Long only, @Nullable RestartPlan inner) {
  private static final LoopRestart ANEW = new LoopRestart(false, null, null);
  private static final LoopRestart GOES_ON =
      new LoopRestart(true, null, RestartPlan.of(RestartPolicy.FROM_INCOMPLETE, Map.of()));

  static LoopRestart of(OpenRun run, StepDraft draft) {
    RestartPlan plan = run.record().plan();
    // when it was last here; one that was skipped then has no iterations to keep
    boolean wasHere = run.before(draft.stepId()).filter(step -> step.since() > 0).isPresent();
    if (draft.step().manualRetries() > 0) {
      RestartPlan again = draft.step().again();
      boolean began = draft.step().since() > 0 || (wasHere && !isFromBeginning(plan));
      return !began ? ANEW : again == null ? GOES_ON : named(again);
    }
    if (plan == null || !wasHere || draft.attempt() > 1) {
      return ANEW;
    }
    if (RestartScope.names(run.record(), draft.stepId())) {
      return named(plan);
    }
    return plan.policy() == RestartPolicy.FROM_INCOMPLETE ? GOES_ON : ANEW;
  }

  private static boolean isFromBeginning(@Nullable RestartPlan plan) {
    return plan != null && plan.policy() == RestartPolicy.FROM_BEGINNING;
  }

  /** By a plan whose way begins with the loop. */
  private static LoopRestart named(RestartPlan plan) {
    Long iteration = plan.path().get(0).iteration();
    if (iteration == null) {
      return plan.below() == RestartPolicy.FROM_INCOMPLETE ? GOES_ON : ANEW;
    }
    return new LoopRestart(true, iteration, plan.inner());
  }

  /** The loop as it was, if it goes on. */
  Optional<LoopDraft> kept(OpenRun run, String stepId) {
    return goesOn ? run.loop(stepId) : Optional.empty();
  }

  /** Whether an iteration in this state is to be run. */
  boolean runs(IterationState state, long iteration) {
    return switch (state) {
      case OPEN, OPEN_AGAIN -> true;
      case RUNNING -> false;
      case SUCCEEDED -> only != null && only == iteration;
      case FAILED, TIMED_OUT, STOPPED -> goesOn && (only == null || only == iteration);
    };
  }

  /** How an iteration in this state is run; null: anew. */
  @Nullable RestartPlan plan(IterationState state) {
    return state.isOpen() ? null : inner;
  }
}

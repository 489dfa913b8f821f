package io.millrace.engine.run;

import io.millrace.engine.Parent;
import io.millrace.engine.run.StepFlow.Timer;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When timeouts end what is open, at the latest, epoch millis: those of a run and its steps, and of
 * all that waits for them above, which is carried in the start (decisions, the tree 11 and 14).
 *
 * <p>Each timeout is a timer of the machine it belongs to, which ends what is below it; at a
 * deadline nothing ends by itself. But machines have their own timers, and after an outage those
 * below may fire before those above: past its deadline a run begins no attempt, so that no work is
 * given out of a tree whose time is over. Its end is on its way, if only as a timer that is due.
 *
 * <p>A deadline is not told to workers: what is left of it is another after a crash, and a dispatch
 * id stands for one task.
 */
final class Deadlines {
  private Deadlines() {}

  /** Whether what is above the run should have ended it. */
  static boolean isPast(OpenRun run) {
    Long above = above(run);
    return above != null && run.turn().at() > above;
  }

  /** Of the children of an attempt whose timers are set; null: none is known. */
  static @Nullable Long ofChildren(OpenRun run, StepDraft draft) {
    return Stream.of(
            above(run),
            run.turn().timer(InstanceMachine.RUN_TIMEOUT),
            run.turn().timer(StepFlow.timer(Timer.TIMEOUT, draft)))
        .filter(Objects::nonNull)
        .min(Long::compare)
        .orElse(null);
  }

  private static @Nullable Long above(OpenRun run) {
    Parent parent = run.record().parent();
    return parent == null ? null : parent.deadline();
  }
}

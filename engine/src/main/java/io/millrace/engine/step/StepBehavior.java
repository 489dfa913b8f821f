package io.millrace.engine.step;

import io.millrace.engine.Document.StepRun;
import io.millrace.protocol.Report;
import java.util.Optional;

/**
 * How one type of step does its work. Stateless: what must be remembered is in the attempt.
 *
 * <p>Called within a turn; what it decides is stored with the turn or not at all, so a crash
 * between two calls repeats none.
 */
public interface StepBehavior {
  /**
   * The attempt is STARTING: begin, and call {@code running} or {@code succeed} or {@code fail}.
   */
  void begin(StepContext step);

  /** The time set with {@code wakeAt} has come. */
  default void due(StepContext step) {}

  /** A worker reports; only called with the open task's dispatch id. */
  default void reported(StepContext step, Report report) {}

  /** The attempt is over without an answer: stopped or timed out. */
  default void abandoned(StepContext step, String reason) {}

  /** Why a RUNNING attempt does not get on, in one sentence. */
  default Optional<String> waitingFor(StepRun step) {
    return Optional.empty();
  }
}

package io.millrace.engine.run;

import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Message;
import io.millrace.protocol.Report;
import io.millrace.protocol.StepStatus;
import java.util.Optional;

/**
 * How one kind of step does its work within its run: a leaf by its behaviour, a loop or subworkflow
 * by its children. Stateless; what must be remembered is in the attempt or the loop.
 */
interface StepWork {
  /** The attempt is STARTING and has its params. */
  void begin(StepDraft draft);

  /** More can be done than one turn may; called again until there is nothing left. */
  default void goOn(StepDraft draft) {}

  /** The time it asked to be woken at has come. */
  default void due(StepDraft draft) {}

  /** A worker reports on the open task. */
  default void reported(StepDraft draft, Report report) {}

  /** A workflow has made the instance that was asked for. */
  default void accepted(StepDraft draft, Message.ChildAccepted message) {}

  /** A workflow has not made the instance that was asked for. */
  default void refused(StepDraft draft, Message.ChildRefused message) {}

  /** A run of a child has ended. */
  default void childEnded(StepDraft draft, Message.ChildEnded message) {}

  /**
   * The attempt is to end without having done its work.
   *
   * @return whether nothing is open below it; if not, the work ends the attempt when its children
   *     have ended
   */
  boolean abandon(StepDraft draft, StepStatus how, String reason);

  /** Why a RUNNING attempt does not get on, in one sentence. */
  Optional<String> waitingFor(StepRun step);
}

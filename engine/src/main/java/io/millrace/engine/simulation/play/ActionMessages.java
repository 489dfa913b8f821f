package io.millrace.engine.simulation.play;

import io.millrace.engine.Message;
import io.millrace.engine.simulation.scenario.ScenarioAction;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ReplyTo;
import java.util.Optional;

/** What a scenario's actions are as messages to the instance they are aimed at. */
final class ActionMessages {
  private ActionMessages() {}

  /**
   * The message; empty if this release has none for it.
   *
   * @param target {@code workflow/7} or {@code workflow/7:2}
   */
  static Optional<Message> of(ScenarioAction action, String target, ReplyTo asker) {
    return switch (action.kind()) {
      case STOP ->
          action.step() == null
              ? Optional.of(
                  new Message.Act(
                      new ActionRequest(ActionRequest.Action.STOP, target, null, null, null, null),
                      asker))
              : Optional.empty();
      case KILL,
          RESTART,
          SKIP,
          PAUSE,
          RESUME,
          BYPASS,
          UNBLOCK,
          SET_BREAKPOINT,
          CLEAR_BREAKPOINT,
          RESUME_STEP ->
          Optional.empty();
    };
  }
}

package io.millrace.engine.workflow;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.Reply;
import java.util.Optional;

/**
 * Actions on instances that have no machine yet, because their start still waits in the queue, or
 * none any more.
 *
 * <p>An instance's machine passes on what it does not know; one that was launched in the meantime
 * gets it back behind its launch.
 */
final class QueuedActions {
  private final Turn turn;
  private final EngineLimits limits;

  QueuedActions(Turn turn, EngineLimits limits) {
    this.turn = turn;
    this.limits = limits;
  }

  /** The address of an instance's first run, {@code workflow/7:1}. */
  static String firstRun(Turn turn, long instance) {
    return InstanceAddress.of(turn.address().key(), instance) + ":1";
  }

  Decision decide(Message.ActOnQueued message) {
    Optional<InstanceRecord> known =
        turn.exists()
            ? turn.find(StartQueue.instanceKey(message.instance()), InstanceRecord.class)
            : Optional.empty();
    if (known.isEmpty() || known.get().status().isTerminal()) {
      return turn.rejected(
          message.replyTo(),
          "UNKNOWN_RUN",
          "Expected instance "
              + message.instance()
              + " of '"
              + turn.address().key()
              + "' to exist, but it "
              + (known.isEmpty() ? "never did" : "is past its retention")
              + ".");
    }
    InstanceRecord instance = known.get();
    if (instance.queuedAt() == InstanceRecord.NOT_QUEUED) {
      // Its Launch is before this on the way there, as messages keep their order.
      turn.send(
          MachineAddress.instance(InstanceAddress.of(turn.address().key(), instance.instance())),
          new Message.Act(message.action(), message.replyTo()));
      return turn.accepted();
    }
    WorkflowDraft workflow = WorkflowDraft.of(turn.get(WorkflowDraft.KEY, WorkflowRecord.class));
    QueuedStart start = turn.get(StartQueue.key(instance.queuedAt()), QueuedStart.class);
    String uuid = message.action().runUuid();
    if (uuid != null && !uuid.equals(start.runUuid())) {
      return turn.rejected(
          message.replyTo(),
          "OTHER_RUN",
          "Expected "
              + firstRun(turn, instance.instance())
              + " to be run "
              + uuid
              + ", but it is "
              + start.runUuid()
              + ".");
    }
    return switch (message.action().action()) {
      case SHOW -> {
        turn.reply(
            message.replyTo(),
            new Reply.RunTold(
                QueuedViews.of(turn.address().key(), workflow, instance, start), true));
        yield turn.accepted();
      }
      case WATCH -> {
        turn.reply(
            message.replyTo(),
            new Reply.RunTold(
                QueuedViews.of(turn.address().key(), workflow, instance, start), false));
        turn.put(StartQueue.key(instance.queuedAt()), QueuedViews.followed(start, message));
        yield turn.accepted();
      }
      case STOP -> {
        String reason = message.action().reason();
        new StartQueue(turn, limits, workflow)
            .stop(instance.queuedAt(), reason == null ? "Stopped by a user." : reason);
        turn.reply(message.replyTo(), new Reply.Done("STOP"));
        turn.put(WorkflowDraft.KEY, workflow.record());
        yield turn.accepted();
      }
    };
  }
}

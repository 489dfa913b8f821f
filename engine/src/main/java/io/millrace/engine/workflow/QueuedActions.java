package io.millrace.engine.workflow;

import io.millrace.address.RunAddress;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  Decision decide(Message.ActOnQueued message) {
    Optional<InstanceDraft> known = InstanceDraft.find(turn, message.instance());
    if (message.action().action() == ActionRequest.Action.UNBLOCK && turn.exists()) {
      return new WorkflowActions(turn, limits).unblock(message.instance(), message.replyTo());
    }
    long run =
        RunAddress.parse(message.action().target()).map(RunAddress::run).orElse(RunAddress.LATEST);
    if (known.isPresent() && run != RunAddress.LATEST && run != known.get().run) {
      return turn.rejected(
          message.replyTo(),
          "OTHER_RUN",
          "Expected "
              + message.action().target()
              + " to be the latest run, but that is run "
              + known.get().run
              + ".");
    }
    boolean ends =
        message.action().action() == ActionRequest.Action.STOP
            || message.action().action() == ActionRequest.Action.KILL;
    if (ends && known.isPresent() && isOver(known.get())) {
      return turn.rejected(
          message.replyTo(),
          "ALREADY_ENDED",
          "Expected "
              + InstanceDraft.run(turn, message.instance(), known.get().run)
              + " to be running, but it is "
              + known.get().status
              + ".");
    }
    if (known.isEmpty() || isOver(known.get())) {
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
    InstanceDraft instance = known.get();
    if (!instance.isQueued()) {
      // Its Launch is before this on the way there, as messages keep their order.
      turn.send(
          InstanceDraft.machine(turn, instance.instance),
          new Message.Act(message.action(), message.replyTo()));
      return turn.accepted();
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    QueuedStart start = turn.get(StartQueue.key(instance.queuedAt), QueuedStart.class);
    String uuid = message.action().runUuid();
    if (uuid != null && !uuid.equals(start.runUuid())) {
      return turn.rejected(
          message.replyTo(),
          "OTHER_RUN",
          "Expected "
              + InstanceDraft.run(turn, start.instance(), start.run())
              + " to be run "
              + uuid
              + ", but it is "
              + start.runUuid()
              + ".");
    }
    if (ends && isPart(message.action())) {
      return turn.rejected(
          message.replyTo(),
          "NOT_RUNNING",
          "Expected a part of "
              + InstanceDraft.run(turn, message.instance(), instance.run)
              + " to be running, but all of it is queued.");
    }
    return switch (message.action().action()) {
      case SHOW -> {
        tell(message.replyTo(), workflow, start, true);
        yield turn.accepted();
      }
      case WATCH -> {
        tell(message.replyTo(), workflow, start, false);
        turn.put(StartQueue.key(instance.queuedAt), QueuedViews.followed(start, message));
        yield turn.accepted();
      }
      case STOP -> end(workflow, instance, message, false);
      case KILL -> end(workflow, instance, message, true);
      case RESTART, SKIP, UNBLOCK ->
          turn.rejected(
              message.replyTo(),
              "NOT_ENDED",
              "Expected "
                  + InstanceDraft.run(turn, message.instance(), instance.run)
                  + " to have ended, but it is queued.");
    };
  }

  /** Whether it is aimed at a step or an iteration, and not at the run. */
  private static boolean isPart(ActionRequest action) {
    return action.step() != null
        || RunAddress.parse(action.target())
            .filter(run -> !run.instance().isWorkflowInstance())
            .isPresent();
  }

  /** One that was stopped in the queue is over, but its instance has yet to tell that. */
  private static boolean isOver(InstanceDraft instance) {
    return instance.status.isTerminal() && !instance.ending;
  }

  private void tell(
      @Nullable ReplyTo asker, WorkflowDraft workflow, QueuedStart start, boolean last) {
    turn.reply(
        asker, new Reply.RunTold(QueuedViews.of(turn.address().key(), workflow, start), last));
  }

  /** Ends what is queued: STOPPED, or killed and thus FAILED. */
  Decision end(
      WorkflowDraft workflow, InstanceDraft queued, Message.ActOnQueued message, boolean kill) {
    String reason = message.action().reason();
    new StartQueue(turn, limits, workflow)
        .end(queued.queuedAt, reason == null ? byUser(kill) : reason, kill);
    turn.reply(message.replyTo(), new Reply.Done(message.action().action().name()));
    workflow.save(turn);
    return turn.accepted();
  }

  /** The reason of one who gives none. */
  static String byUser(boolean kill) {
    return kill ? "Killed by a user." : "Stopped by a user.";
  }
}

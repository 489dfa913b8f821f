package io.millrace.engine.workflow;

import io.millrace.engine.Decision;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Actions aimed at a workflow as a whole (Maestro semantics 9.4 and 9.8), and the lifting of
 * failures that block STRICT_SEQUENTIAL.
 */
final class WorkflowActions {
  private final Turn turn;
  private final EngineLimits limits;

  WorkflowActions(Turn turn, EngineLimits limits) {
    this.turn = turn;
    this.limits = limits;
  }

  Decision decide(Message.Act message) {
    if (!turn.exists()) {
      return turn.rejected(
          message.replyTo(),
          "UNKNOWN_WORKFLOW",
          "Expected workflow '" + turn.address().key() + "' to exist, but nobody has pushed it.");
    }
    return switch (message.action().action()) {
      case STOP -> endAll(message, false);
      case KILL -> endAll(message, true);
      case UNBLOCK -> unblock(message.replyTo());
      case SHOW, WATCH, RESTART, SKIP ->
          turn.rejected(
              message.replyTo(),
              "BAD_TARGET",
              "Expected the target of "
                  + message.action().action()
                  + " to be a run, but it is the workflow '"
                  + turn.address().key()
                  + "'.");
    };
  }

  /** Ends all that is queued or running now: STOPPED, or killed and thus FAILED. */
  Decision endAll(Message.Act message, boolean kill) {
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    String reason = message.action().reason();
    turn.reply(message.replyTo(), new Reply.Done(message.action().action().name()));
    Endings.endAll(
        turn, limits, workflow, kill, reason == null ? QueuedActions.byUser(kill) : reason);
    workflow.save(turn);
    return turn.accepted();
  }

  /** No failure so far keeps others in the queue any more. */
  Decision unblock(@Nullable ReplyTo asker) {
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    workflow.unblockAll();
    return unblocked(workflow, asker);
  }

  /** The failure of this instance keeps nobody in the queue any more. */
  Decision unblock(long number, @Nullable ReplyTo asker) {
    Optional<InstanceDraft> instance = InstanceDraft.find(turn, number);
    if (instance.isEmpty() || instance.get().status != RunStatus.FAILED) {
      return turn.rejected(
          asker,
          "NOT_FAILED",
          "Expected instance "
              + number
              + " of '"
              + turn.address().key()
              + "' to have failed, but "
              + instance.map(known -> "it is " + known.status).orElse("it is not known")
              + ".");
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    workflow.unblock(instance.get());
    instance.get().save(turn);
    return unblocked(workflow, asker);
  }

  private Decision unblocked(WorkflowDraft workflow, @Nullable ReplyTo asker) {
    turn.reply(asker, new Reply.Done("UNBLOCK"));
    new StartQueue(turn, limits, workflow).goOn();
    workflow.save(turn);
    return turn.accepted();
  }
}

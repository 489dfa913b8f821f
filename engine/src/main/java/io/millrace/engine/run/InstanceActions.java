package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.Watcher;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.engine.run.RunActions.Refusal;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users ask of an instance: to be told of it, and to change it. */
final class InstanceActions {
  private final InstanceTurn here;
  private final Turn turn;

  InstanceActions(InstanceTurn here) {
    this.here = here;
    this.turn = here.turn();
  }

  Decision decide(Message.Act message) {
    ActionRequest action = message.action();
    RunRecord record = here.latest();
    if (record == null && !message.path().isEmpty() && !here.instance().isWorkflowInstance()) {
      return send(new RunRestarts(turn, message).aboveForgotten());
    }
    if (record == null && !here.instance().isWorkflowInstance()) {
      return turn.rejected(
          message.replyTo(),
          "UNKNOWN_RUN",
          "Expected "
              + turn.address().key()
              + " to be kept, but it was never launched, or it succeeded and keeps nothing.");
    }
    if (record == null) {
      // Not launched yet, or forgotten: the workflow knows which. Never stored here.
      return askWorkflow(message);
    }
    if (!message.path().isEmpty()) {
      return ofBelow(record, message);
    }
    List<InstanceAddress.Segment> way = RunActions.below(here.instance(), action.target());
    if (way.isEmpty() && isNext(record, action)) {
      return askWorkflow(message); // it may be in the queue
    }
    RunActions actions = new RunActions(turn, message);
    Optional<Refusal> other = actions.refuseOther(record, way.isEmpty());
    if (other.isPresent()) {
      return turn.rejected(message.replyTo(), other.get().code(), other.get().detail());
    }
    if (new RunRestarts(turn, message).hasMade(record)) {
      return toldAgain(record, message);
    }
    return switch (action.action()) {
      case SHOW, WATCH -> {
        if (!way.isEmpty()) {
          actions.forward(way, message);
          yield turn.accepted();
        }
        if (action.action() == ActionRequest.Action.WATCH) {
          yield watch(record, action, message.replyTo());
        }
        turn.reply(message.replyTo(), new Reply.RunTold(here.view(record), true));
        yield turn.accepted();
      }
      case STOP, KILL, SKIP, RESTART ->
          record.status().isTerminal()
              ? onEnded(record, message)
              : onOpen(here.open(record), actions, way, message);
      case UNBLOCK -> askWorkflow(message);
    };
  }

  private Decision askWorkflow(Message.Act message) {
    turn.send(
        MachineAddress.workflow(here.instance().workflowId()),
        new Message.ActOnQueued(here.instance().instance(), message.action(), message.replyTo()));
    return turn.accepted();
  }

  /** Whether the target is the run that follows one which has ended. */
  private boolean isNext(RunRecord latest, ActionRequest action) {
    return latest.status().isTerminal()
        && here.instance().isWorkflowInstance()
        && RunAddress.parse(action.target())
            .filter(target -> target.run() == latest.run() + 1)
            .isPresent();
  }

  private Decision onOpen(
      OpenRun run, RunActions actions, List<InstanceAddress.Segment> way, Message.Act message) {
    StepFlow flow = here.flow(run);
    flow.advance();
    if (!way.isEmpty() && actions.isRunning(run, way)) {
      actions.forward(way, message);
      return here.close(run, flow);
    }
    Optional<Refusal> refused = actions.onOpen(run, flow, way);
    if (refused.isPresent()) {
      return turn.rejected(message.replyTo(), refused.get().code(), refused.get().detail());
    }
    actions.done(message);
    return here.close(run, flow);
  }

  private Decision onEnded(RunRecord record, Message.Act message) {
    boolean ends =
        message.action().action() == ActionRequest.Action.STOP
            || message.action().action() == ActionRequest.Action.KILL;
    if (ends && here.instance().isWorkflowInstance()) {
      return askWorkflow(message); // a restart of it may be in the queue
    }
    return restart(record, message);
  }

  /** A restart of something below that has ended, asked of this instance from there. */
  private Decision ofBelow(RunRecord record, Message.Act message) {
    RunRestarts restarts = new RunRestarts(turn, message);
    if (restarts.hasMade(record)) {
      return toldAgain(record, message);
    }
    if (record.status().isTerminal()) {
      return restart(record, message);
    }
    OpenRun run = here.open(record);
    StepFlow flow = here.flow(run);
    flow.advance();
    Optional<Refusal> refused = restarts.onOpen(run, flow);
    if (refused.isPresent()) {
      return turn.rejected(message.replyTo(), refused.get().code(), refused.get().detail());
    }
    turn.reply(message.replyTo(), new Reply.Done(message.action().action().name()));
    return here.close(run, flow);
  }

  private Decision toldAgain(RunRecord record, Message.Act message) {
    turn.reply(
        message.replyTo(),
        new Reply.Started(
            here.instance() + ":" + record.run(), record.runUuid(), record.version(), true));
    return turn.accepted();
  }

  /** Of a run that has ended: by whoever waits for it, else by another run of its own. */
  private Decision restart(RunRecord record, Message.Act message) {
    RunRestarts restarts = new RunRestarts(turn, message);
    Optional<Refusal> refused = restarts.refuse(record);
    if (refused.isPresent()) {
      return turn.rejected(message.replyTo(), refused.get().code(), refused.get().detail());
    }
    Optional<RunRestarts.Above> above = restarts.above(record);
    if (above.isPresent()) {
      return send(above.get());
    }
    turn.send(MachineAddress.workflow(here.instance().workflowId()), restarts.next(record));
    return turn.accepted();
  }

  private Decision send(RunRestarts.Above above) {
    turn.send(above.to(), above.message());
    return turn.accepted();
  }

  private Decision watch(RunRecord record, ActionRequest action, @Nullable ReplyTo replyTo) {
    boolean over = record.status().isTerminal();
    turn.reply(replyTo, new Reply.RunTold(here.view(record), over));
    if (over || replyTo == null) {
      return turn.accepted();
    }
    OpenRun run = here.open(record);
    run.watchers()
        .removeIf(watcher -> watcher.until() <= turn.at() || watcher.replyTo().equals(replyTo));
    if (run.watchers().size() >= here.limits().watchersPerRun()) {
      return turn.rejected(
          replyTo,
          "TOO_MANY_WATCHERS",
          "Expected at most "
              + here.limits().watchersPerRun()
              + " watchers of a run, but they are all"
              + " there.");
    }
    Long lease = action.leaseMs();
    long until =
        turn.at()
            + Math.min(
                lease == null ? Long.MAX_VALUE : lease, here.limits().watchLease().toMillis());
    run.watchers().add(new Watcher(replyTo, until));
    run.save();
    return turn.accepted();
  }
}

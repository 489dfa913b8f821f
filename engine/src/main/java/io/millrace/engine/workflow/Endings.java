package io.millrace.engine.workflow;

import io.millrace.engine.Decision;
import io.millrace.engine.Document.RequestRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.RunStatus;
import java.util.Optional;

/**
 * The ends of instances: what they say of themselves, and what they are told.
 *
 * <p>Running instances are listed nowhere. One that runs alone is known by the exclusive or of all
 * that run; to end them all, instances are gone through from the latest one downwards, in turns of
 * a bounded size, until as many have been found as run. That is rare, and the runs are mostly
 * recent ones.
 */
final class Endings {
  private final Turn turn;
  private final EngineLimits limits;
  private final WorkflowDraft workflow;

  Endings(Turn turn, EngineLimits limits, WorkflowDraft workflow) {
    this.turn = turn;
    this.limits = limits;
    this.workflow = workflow;
  }

  // ---- what instances say

  static Decision runEnded(Turn turn, EngineLimits limits, Message.RunEnded message) {
    Optional<InstanceDraft> known = InstanceDraft.find(turn, message.instance());
    if (known.isEmpty() || !awaitsEndOf(known.get(), message.run())) {
      return turn.rejected(
          null,
          "ALREADY_ENDED",
          "Expected "
              + InstanceDraft.run(turn, message.instance(), message.run())
              + " to be running, but it is not.");
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    InstanceDraft instance = known.get();
    if (instance.status == RunStatus.IN_PROGRESS) {
      workflow.running--;
      // From before there was this number, it may be wrong; with nothing running it is right again.
      workflow.runningXor = workflow.running == 0 ? 0 : workflow.runningXor ^ instance.instance;
      if (instance.instance <= workflow.sweepAt) {
        workflow.sweepLeft--;
      }
    }
    if (instance.status != message.status()) {
      workflow.unblock(instance);
      instance.status = message.status();
      workflow.block(instance);
    }
    instance.ending = false;
    instance.save(turn);
    new StartQueue(turn, limits, workflow).goOn();
    workflow.save(turn);
    return turn.accepted();
  }

  private static boolean awaitsEndOf(InstanceDraft instance, long run) {
    return instance.run == run && (instance.status == RunStatus.IN_PROGRESS || instance.ending);
  }

  // ---- what they are told

  /** A step no longer wants the subworkflow it asked for. */
  static Decision stopRequested(Turn turn, EngineLimits limits, Message.StopRequested message) {
    Optional<InstanceDraft> known =
        turn.exists()
            ? turn.find("request:" + message.requestId(), RequestRecord.class)
                .flatMap(request -> InstanceDraft.find(turn, request.instance()))
                .filter(instance -> instance.runOf(message.requestId()) == instance.run)
                .filter(instance -> !instance.status.isTerminal())
            : Optional.empty();
    if (known.isEmpty()) {
      return turn.rejected(
          null,
          "NOTHING_TO_STOP",
          "Expected request '"
              + message.requestId()
              + "' to have a run that has not ended, but"
              + " it has none.");
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    InstanceDraft instance = known.get();
    if (instance.isQueued()) {
      new StartQueue(turn, limits, workflow)
          .end(instance.queuedAt, message.reason(), message.how() == RunStatus.FAILED);
    } else {
      new Endings(turn, limits, workflow).tell(instance, message.how(), message.reason());
    }
    workflow.save(turn);
    return turn.accepted();
  }

  /** Ends all that is queued or running now, STOPPED or FAILED. */
  static void endAll(
      Turn turn, EngineLimits limits, WorkflowDraft workflow, boolean kill, String reason) {
    StartQueue queue = new StartQueue(turn, limits, workflow);
    queue.condemn(reason, kill);
    new Endings(turn, limits, workflow).beginSweep(kill, reason);
    queue.goOn();
  }

  /** Ends the running instance so that another can take its place, unless it has been told. */
  void endTheOnlyOne(String reason) {
    if (workflow.running == 0) {
      return;
    }
    Optional<InstanceDraft> only =
        InstanceDraft.find(turn, workflow.runningXor)
            .filter(instance -> instance.status == RunStatus.IN_PROGRESS)
            .filter(instance -> workflow.running == 1);
    if (only.isEmpty()) {
      beginSweep(false, reason);
    } else if (!only.get().ending) {
      tell(only.get(), RunStatus.STOPPED, reason);
    }
  }

  private void beginSweep(boolean kill, String reason) {
    workflow.sweepAt = workflow.lastInstance;
    workflow.sweepLeft = workflow.running;
    workflow.sweepKill = kill;
    workflow.sweepWhy = reason;
  }

  /**
   * Ends running instances, as far as one turn may.
   *
   * @return whether some may be left
   */
  boolean sweep() {
    for (int left = limits.followUpsPerTurn(); isSweeping(); left--) {
      if (left == 0) {
        return true;
      }
      InstanceDraft.find(turn, workflow.sweepAt--)
          .filter(instance -> instance.status == RunStatus.IN_PROGRESS)
          .ifPresent(
              instance -> {
                workflow.sweepLeft--;
                tell(
                    instance,
                    workflow.sweepKill ? RunStatus.FAILED : RunStatus.STOPPED,
                    workflow.sweepWhy == null ? "All were stopped." : workflow.sweepWhy);
              });
    }
    workflow.sweepAt = 0;
    return false;
  }

  private boolean isSweeping() {
    return workflow.sweepLeft > 0 && workflow.sweepAt >= workflow.oldestInstance;
  }

  private void tell(InstanceDraft instance, RunStatus how, String reason) {
    instance.ending = true;
    instance.save(turn);
    turn.send(
        InstanceDraft.machine(turn, instance.instance),
        new Message.EndRun(instance.run, how, reason));
  }
}

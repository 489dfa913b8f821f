package io.millrace.engine.workflow;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.RunStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The starts that wait for their turn, and the leaving of them.
 *
 * <p>A start leaves the queue when the run strategy allows it and the loop has room. Both are
 * looked at again whenever either may have changed; a lost hint is made good by a timer. The queue
 * is read by sequence number, never iterated, so a long one costs no more than a short one.
 */
final class StartQueue {
  /** Named timer: look again whether the loop has room. */
  static final String OFFER = "offer";

  private final Turn turn;
  private final EngineLimits limits;
  private final WorkflowDraft workflow;

  StartQueue(Turn turn, EngineLimits limits, WorkflowDraft workflow) {
    this.turn = turn;
    this.limits = limits;
    this.workflow = workflow;
  }

  static String key(long sequence) {
    return "queue:" + sequence;
  }

  static String instanceKey(long instance) {
    return "instance:" + instance;
  }

  /** A new start: launched at once if nothing is before it, else queued. */
  void add(QueuedStart start) {
    if (workflow.queued == 0 && strategyAllows() && turn.room()) {
      launch(start, null);
      return;
    }
    long sequence = workflow.queueTail++;
    workflow.queued++;
    turn.put(key(sequence), start);
    put(start, sequence, RunStatus.CREATED);
    turn.note(Effect.Note.Kind.START_QUEUED);
    // Those before it may wait for a hint that is lost; whoever comes lets them go.
    drain();
  }

  /** Launches what may leave now, as far as one turn may. */
  void drain() {
    int left = limits.followUpsPerTurn();
    while (workflow.queued > 0 && strategyAllows() && turn.room()) {
      if (left-- == 0) {
        turn.send(turn.address(), new Message.Nudge());
        return;
      }
      long sequence = workflow.queueHead++;
      Optional<QueuedStart> start = turn.find(key(sequence), QueuedStart.class);
      if (start.isPresent()) {
        turn.remove(key(sequence));
        workflow.queued--;
        turn.note(Effect.Note.Kind.START_UNQUEUED);
        launch(start.get(), null);
      }
    }
    awaitRoomIfNeeded();
  }

  /** Takes one start out of the queue and ends it STOPPED; its instance keeps the record of it. */
  void stop(long sequence, String reason) {
    QueuedStart start = turn.get(key(sequence), QueuedStart.class);
    turn.remove(key(sequence));
    workflow.queued--;
    turn.note(Effect.Note.Kind.START_UNQUEUED);
    launch(start, reason);
  }

  private boolean strategyAllows() {
    return workflow.running < workflow.properties.runStrategy().concurrency();
  }

  private void awaitRoomIfNeeded() {
    boolean waits = workflow.queued > 0 && strategyAllows() && !turn.room();
    if (waits) {
      turn.awaitRoom();
      turn.setTimer(OFFER, turn.at() + limits.offerAgain().toMillis());
    } else if (workflow.awaitingRoom) {
      turn.clearTimer(OFFER);
    }
    workflow.awaitingRoom = waits;
  }

  private void launch(QueuedStart start, @Nullable String stopped) {
    VersionRecord version =
        turn.get(WorkflowMachine.versionKey(start.version()), VersionRecord.class);
    workflow.running++;
    put(start, InstanceRecord.NOT_QUEUED, RunStatus.IN_PROGRESS);
    turn.send(
        MachineAddress.instance(InstanceAddress.of(turn.address().key(), start.instance())),
        new Message.Launch(
            start.runUuid(),
            start.requestId(),
            start.version(),
            version.text(),
            version.sha256(),
            start.runParams(),
            start.user(),
            start.createdAt(),
            start.followers(),
            stopped,
            false,
            start.run(),
            workflow.properties.owner(),
            start.parent(),
            start.restart()));
  }

  private void put(QueuedStart start, long sequence, RunStatus status) {
    turn.put(
        instanceKey(start.instance()),
        new InstanceRecord(
            start.instance(),
            start.requestId(),
            start.createdAt(),
            sequence,
            status,
            start.run(),
            false));
  }
}

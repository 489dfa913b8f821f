package io.millrace.engine.workflow;

import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.RunStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs that wait for their turn, and the leaving of them: the lowest instance first.
 *
 * <p>A run leaves the queue when the run strategy allows it and the loop has room. Both are looked
 * at again whenever either may have changed; a lost hint is made good by a timer.
 *
 * <p>All are kept by sequence number. Fresh starts leave in that order, as instance numbers rise;
 * restarts are also in a {@link RestartHeap}, and the lower of the two heads is next. Neither is
 * ever iterated, so a long queue costs no more than a short one. Even stopping all is one mark:
 * what was queued by then is condemned, and is stopped in turns of a bounded size, before anything
 * else leaves.
 */
final class StartQueue {
  /** Named timer: look again whether the loop has room. */
  static final String OFFER = "offer";

  private final Turn turn;
  private final EngineLimits limits;
  private final WorkflowDraft workflow;
  private final RestartHeap heap;
  private boolean nudged;

  StartQueue(Turn turn, EngineLimits limits, WorkflowDraft workflow) {
    this.turn = turn;
    this.limits = limits;
    this.workflow = workflow;
    this.heap = new RestartHeap(turn);
  }

  static String key(long sequence) {
    return "queue:" + sequence;
  }

  // ---- arrival

  /** A run arrives, and the run strategy says what becomes of it and of those before it. */
  void arrive(QueuedStart start) {
    Optional<String> whyStopped = Strategies.whyStoppedOnArrival(workflow);
    if (whyStopped.isPresent()) {
      end(start, whyStopped.get(), false);
      goOn();
      return;
    }
    String newer = InstanceDraft.run(turn, start.instance(), start.run());
    switch (workflow.rule()) {
      case SEQUENTIAL, STRICT_SEQUENTIAL, PARALLEL, FIRST_ONLY -> {}
      case SERIAL_LATEST_ONLY ->
          condemn("The run strategy SERIAL_LATEST_ONLY lets " + newer + " take its place.", false);
      case LAST_ONLY -> {
        String reason = "The run strategy LAST_ONLY lets " + newer + " take its place.";
        condemn(reason, false);
        new Endings(turn, limits, workflow).endTheOnlyOne(reason);
      }
    }
    add(start);
  }

  private void add(QueuedStart start) {
    if (workflow.queued == 0 && Strategies.allowsAnother(workflow) && turn.room()) {
      launch(start);
      goOn();
      return;
    }
    long sequence = workflow.queueTail++;
    workflow.queued++;
    if (start.restart() == null) {
      turn.put(key(sequence), start);
    } else {
      workflow.restarts = heap.add(workflow.restarts, sequence, start);
    }
    InstanceDraft instance = InstanceDraft.of(turn, start);
    instance.queuedAt = sequence;
    instance.save(turn);
    turn.note(Effect.Note.Kind.START_QUEUED);
    // Those before it may wait for a hint that is lost; whoever comes lets them go.
    goOn();
  }

  // ---- leaving

  /** All that may happen now does, as far as one turn may. */
  void goOn() {
    boolean more = new Endings(turn, limits, workflow).sweep();
    int left = limits.followUpsPerTurn();
    while (!more && canAdvance()) {
      if (left-- == 0) {
        more = true;
      } else {
        advance();
      }
    }
    if (more && !nudged) {
      nudged = true;
      turn.send(turn.address(), new Message.Nudge());
    }
    awaitRoomIfNeeded();
  }

  private boolean canAdvance() {
    if (workflow.queued == 0) {
      return workflow.restarts != 0 || workflow.condemnedRestarts != 0;
    }
    return hasMark() || (turn.room() && mayLeave());
  }

  private boolean mayLeave() {
    return isStopping() || Strategies.allowsAnother(workflow);
  }

  private boolean isStopping() {
    return workflow.queueHead < workflow.condemnedTail || workflow.condemnedRestarts != 0;
  }

  /** Whether the first restart is one that was stopped in the queue. */
  private boolean hasMark() {
    return workflow.restarts != 0 && heap.first(workflow.restarts).withdrawn();
  }

  private void advance() {
    if (hasMark()) {
      workflow.restarts = heap.withoutFirst(workflow.restarts);
    } else if (workflow.condemnedRestarts != 0) {
      stopRestart();
    } else if (workflow.queueHead < workflow.condemnedTail) {
      fresh().ifPresent(start -> end(takeFresh(start), why(), workflow.condemnedKill));
    } else {
      launchLowest();
    }
  }

  private void stopRestart() {
    QueuedStart first = heap.first(workflow.condemnedRestarts);
    workflow.condemnedRestarts = heap.withoutFirst(workflow.condemnedRestarts);
    if (!first.withdrawn()) {
      left();
      end(first, why(), workflow.condemnedKill);
    }
  }

  private String why() {
    return workflow.condemnedWhy == null ? "All were stopped." : workflow.condemnedWhy;
  }

  private void launchLowest() {
    if (workflow.queueHead < workflow.queueTail) {
      Optional<QueuedStart> fresh = fresh();
      if (fresh.isEmpty()) {
        return;
      }
      boolean isLowest =
          workflow.restarts == 0
              || fresh.get().instance() < heap.first(workflow.restarts).instance();
      if (isLowest) {
        launch(takeFresh(fresh.get()));
        return;
      }
    }
    QueuedStart restart = heap.first(workflow.restarts);
    workflow.restarts = heap.withoutFirst(workflow.restarts);
    left();
    launch(restart);
  }

  /** The fresh start at the head. Empty: there is none at this sequence, and the head moves on. */
  private Optional<QueuedStart> fresh() {
    Optional<QueuedStart> start =
        turn.find(key(workflow.queueHead), QueuedStart.class)
            .filter(queued -> queued.restart() == null && queued.rank() == 0);
    if (start.isEmpty()) {
      workflow.queueHead++;
    }
    return start;
  }

  private QueuedStart takeFresh(QueuedStart start) {
    turn.remove(key(workflow.queueHead++));
    left();
    return start;
  }

  private void left() {
    workflow.queued--;
    turn.note(Effect.Note.Kind.START_UNQUEUED);
    if (workflow.queued == 0) {
      workflow.queueHead = workflow.queueTail;
    }
  }

  private void awaitRoomIfNeeded() {
    boolean waits = workflow.queued > 0 && !turn.room() && mayLeave();
    if (waits) {
      turn.awaitRoom();
      turn.setTimer(OFFER, turn.at() + limits.offerAgain().toMillis());
    } else if (workflow.awaitingRoom) {
      turn.clearTimer(OFFER);
    }
    workflow.awaitingRoom = waits;
  }

  // ---- ending what is queued

  /** All that is queued now ends, STOPPED or killed; with {@link #goOn} it begins to. */
  void condemn(String reason, boolean kill) {
    if (workflow.queued > 0) {
      workflow.condemnedTail = workflow.queueTail;
      workflow.condemnedRestarts = heap.merge(workflow.condemnedRestarts, workflow.restarts);
      workflow.restarts = 0;
      workflow.condemnedWhy = reason;
      workflow.condemnedKill = kill;
    }
  }

  /** Takes one run out of the queue and ends it; its instance keeps the record of it. */
  void end(long sequence, String reason, boolean kill) {
    QueuedStart start = turn.get(key(sequence), QueuedStart.class);
    if (start.rank() == 0) {
      turn.remove(key(sequence));
    } else {
      turn.put(key(sequence), QueuedStarts.withdrawn(start));
    }
    left();
    end(start, reason, kill);
    goOn();
  }

  /** It is over for the workflow at once; the instance is launched to tell whoever must know. */
  private void end(QueuedStart start, String reason, boolean kill) {
    InstanceDraft instance = InstanceDraft.of(turn, start);
    instance.queuedAt = InstanceRecord.NOT_QUEUED;
    instance.status = kill ? RunStatus.FAILED : RunStatus.STOPPED;
    instance.ending = true;
    workflow.block(instance);
    instance.save(turn);
    send(start, reason, kill);
  }

  private void launch(QueuedStart start) {
    InstanceDraft instance = InstanceDraft.of(turn, start);
    instance.queuedAt = InstanceRecord.NOT_QUEUED;
    instance.status = RunStatus.IN_PROGRESS;
    instance.save(turn);
    workflow.running++;
    workflow.runningXor ^= start.instance();
    if (start.instance() <= workflow.sweepAt) {
      workflow.sweepLeft++;
    }
    send(start, null, false);
  }

  private void send(QueuedStart start, @Nullable String stopped, boolean killed) {
    VersionRecord version =
        turn.get(WorkflowMachine.versionKey(start.version()), VersionRecord.class);
    turn.send(
        InstanceDraft.machine(turn, start.instance()),
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
            killed,
            start.run(),
            workflow.properties.owner(),
            start.parent(),
            start.restart()));
  }
}

package io.millrace.engine.workflow;

import io.millrace.definition.Properties;
import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.Turn;
import org.jspecify.annotations.Nullable;

/** The workflow's record while a turn changes it. */
final class WorkflowDraft {
  static final String KEY = "workflow";

  long latestVersion;
  long activeVersion;
  Properties properties;
  long lastInstance;
  long queueHead;
  long queueTail;
  long queued;
  long running;
  boolean awaitingRoom;
  long oldestInstance;
  long runningXor;
  long restarts;
  long condemnedTail;
  long condemnedRestarts;
  boolean condemnedKill;
  @Nullable String condemnedWhy;
  long failed;
  long unblocks;
  long sweepAt;
  long sweepLeft;
  boolean sweepKill;
  @Nullable String sweepWhy;

  private WorkflowDraft(Properties properties) {
    this.properties = properties;
    this.oldestInstance = 1;
  }

  static WorkflowDraft create(Properties properties) {
    return new WorkflowDraft(properties);
  }

  static WorkflowDraft load(Turn turn) {
    return of(turn.get(KEY, WorkflowRecord.class));
  }

  static WorkflowDraft of(WorkflowRecord record) {
    WorkflowDraft draft = new WorkflowDraft(record.properties());
    draft.latestVersion = record.latestVersion();
    draft.activeVersion = record.activeVersion();
    draft.lastInstance = record.lastInstance();
    draft.queueHead = record.queueHead();
    draft.queueTail = record.queueTail();
    draft.queued = record.queued();
    draft.running = record.running();
    draft.awaitingRoom = record.awaitingRoom();
    draft.oldestInstance = record.oldestInstance();
    draft.runningXor = record.runningXor();
    draft.restarts = record.restarts();
    draft.condemnedTail = record.condemnedTail();
    draft.condemnedRestarts = record.condemnedRestarts();
    draft.condemnedKill = record.condemnedKill();
    draft.condemnedWhy = record.condemnedWhy();
    draft.failed = record.failed();
    draft.unblocks = record.unblocks();
    draft.sweepAt = record.sweepAt();
    draft.sweepLeft = record.sweepLeft();
    draft.sweepKill = record.sweepKill();
    draft.sweepWhy = record.sweepWhy();
    return draft;
  }

  WorkflowRecord record() {
    return new WorkflowRecord(
        latestVersion,
        activeVersion,
        properties,
        lastInstance,
        queueHead,
        queueTail,
        queued,
        running,
        awaitingRoom,
        oldestInstance,
        runningXor,
        restarts,
        condemnedTail,
        condemnedRestarts,
        condemnedKill,
        condemnedWhy,
        failed,
        unblocks,
        sweepAt,
        sweepLeft,
        sweepKill,
        sweepWhy);
  }

  void save(Turn turn) {
    turn.put(KEY, record());
  }

  Rule rule() {
    return properties.runStrategy().rule();
  }

  /** Instances that are queued or running. */
  long alive() {
    return queued + running;
  }

  // ---- failures that block STRICT_SEQUENTIAL (Maestro semantics 6 and 9.8)

  /** Whether the failure of this instance is one of {@link #failed}. */
  boolean isBlockedBy(InstanceDraft instance) {
    return instance.hasFailed() && !instance.unblocked && instance.failedIn == unblocks + 1;
  }

  /** Its failure, if it is one, blocks from now on. */
  void block(InstanceDraft instance) {
    if (instance.hasFailed()) {
      instance.unblocked = false;
      instance.failedIn = unblocks + 1;
      failed++;
    }
  }

  /** Its failure, if it is one, blocks nobody any more. */
  void unblock(InstanceDraft instance) {
    if (isBlockedBy(instance)) {
      failed--;
    }
    instance.unblocked = instance.hasFailed();
  }

  /** No failure so far blocks; at no cost, however many there are. */
  void unblockAll() {
    failed = 0;
    unblocks++;
  }
}

package io.millrace.engine.workflow;

import io.millrace.definition.Properties;
import io.millrace.engine.Document.WorkflowRecord;

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

  private WorkflowDraft(Properties properties) {
    this.properties = properties;
    this.oldestInstance = 1;
  }

  static WorkflowDraft create(Properties properties) {
    return new WorkflowDraft(properties);
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
        oldestInstance);
  }
}

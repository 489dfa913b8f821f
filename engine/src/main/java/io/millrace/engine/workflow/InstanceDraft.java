package io.millrace.engine.workflow;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Turn;
import io.millrace.protocol.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the workflow knows of one of its instances, while a turn changes it. */
final class InstanceDraft {
  final long instance;
  final String requestId;
  long acceptedAt;
  long queuedAt = InstanceRecord.NOT_QUEUED;
  RunStatus status = RunStatus.CREATED;
  long run = 1;
  boolean unblocked;
  List<String> restarts = List.of();
  long failedIn;
  boolean ending;

  private InstanceDraft(long instance, String requestId) {
    this.instance = instance;
    this.requestId = requestId;
  }

  private static String key(long instance) {
    return "instance:" + instance;
  }

  static MachineAddress machine(Turn turn, long instance) {
    return MachineAddress.instance(InstanceAddress.of(turn.address().key(), instance));
  }

  /** The address of a run, {@code workflow/7:2}. */
  static String run(Turn turn, long instance, long run) {
    return InstanceAddress.of(turn.address().key(), instance) + ":" + run;
  }

  static InstanceDraft create(long instance, String requestId) {
    return new InstanceDraft(instance, requestId);
  }

  /** Empty if there never was such an instance or its request id's retention is over. */
  static Optional<InstanceDraft> find(Turn turn, long instance) {
    return turn.exists()
        ? turn.find(key(instance), InstanceRecord.class).map(InstanceDraft::of)
        : Optional.empty();
  }

  static InstanceDraft load(Turn turn, long instance) {
    return of(turn.get(key(instance), InstanceRecord.class));
  }

  /** The instance of a start or restart that is in the queue or on its way there. */
  static InstanceDraft of(Turn turn, QueuedStart start) {
    return load(turn, start.instance());
  }

  private static InstanceDraft of(InstanceRecord record) {
    InstanceDraft draft = new InstanceDraft(record.instance(), record.requestId());
    draft.acceptedAt = record.acceptedAt();
    draft.queuedAt = record.queuedAt();
    draft.status = record.status();
    draft.run = record.run();
    draft.unblocked = record.unblocked();
    draft.restarts = record.restarts();
    draft.failedIn = record.failedIn();
    draft.ending = record.ending();
    return draft;
  }

  void save(Turn turn) {
    turn.put(
        key(instance),
        new InstanceRecord(
            instance,
            requestId,
            acceptedAt,
            queuedAt,
            status,
            run,
            unblocked,
            restarts,
            failedIn,
            ending));
  }

  /** Forgets it. */
  void remove(Turn turn) {
    turn.remove(key(instance));
  }

  boolean isQueued() {
    return queuedAt != InstanceRecord.NOT_QUEUED;
  }

  boolean hasFailed() {
    return status == RunStatus.FAILED;
  }

  /** All the request ids that made runs of it. */
  List<String> requestIds() {
    List<String> all = new ArrayList<>(restarts);
    all.add(0, requestId);
    return all;
  }

  /** The number of the run that a request id made. */
  long runOf(String request) {
    return requestIds().indexOf(request) + 1L;
  }

  /** It gets another run. */
  void restart(String request, long when) {
    List<String> more = new ArrayList<>(restarts);
    more.add(request);
    restarts = more;
    run++;
    acceptedAt = when;
    status = RunStatus.CREATED;
    unblocked = false;
    failedIn = 0;
    ending = false;
  }
}

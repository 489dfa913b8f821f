package io.millrace.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host itself must know of a machine, stored apart from its documents: enough to fence an
 * instance off when its documents cannot even be read.
 *
 * @param kind of the machine
 * @param workflowId the workflow it belongs to
 * @param sequence of the last event it published; 0: none
 * @param at the latest time it has seen, epoch millis
 * @param wakeAt when its timer is registered, or {@link #NEVER}
 * @param run an instance's latest run; 0 for a workflow
 * @param runUuid that run's uuid; empty for a workflow
 * @param ended whether that run's end has been told to the workflow
 * @param openTasks dispatch ids that workers may be at work on
 * @param quarantined why the instance is fenced off; null: it is not
 */
public record Envelope(
    MachineAddress.Kind kind,
    String workflowId,
    long sequence,
    long at,
    long wakeAt,
    long run,
    String runUuid,
    boolean ended,
    List<String> openTasks,
    @Nullable String quarantined) {
  /** No timer. */
  public static final long NEVER = Long.MAX_VALUE;

  public Envelope {
    openTasks = List.copyOf(openTasks);
  }

  /** The end of the latest run has been told to the workflow. */
  public Envelope withEnded() {
    return new Envelope(
        kind, workflowId, sequence, at, wakeAt, run, runUuid, true, openTasks, quarantined);
  }

  public Envelope withSequence(long next) {
    return new Envelope(
        kind, workflowId, next, at, wakeAt, run, runUuid, ended, openTasks, quarantined);
  }

  public Envelope withTimes(long latest, long timer) {
    return new Envelope(
        kind, workflowId, sequence, latest, timer, run, runUuid, ended, openTasks, quarantined);
  }

  public Envelope withOpenTasks(List<String> open) {
    return new Envelope(
        kind, workflowId, sequence, at, wakeAt, run, runUuid, ended, open, quarantined);
  }

  /** Fenced off for {@code reason}. */
  public Envelope withQuarantine(String reason) {
    return new Envelope(
        kind, workflowId, sequence, at, wakeAt, run, runUuid, ended, openTasks, reason);
  }
}

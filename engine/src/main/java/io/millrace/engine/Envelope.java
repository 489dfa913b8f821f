package io.millrace.engine;

import io.millrace.engine.Document.Timers;
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
 * @param above the step that waits for the latest run's end; null: none does
 * @param timers the named ones, of which the earliest is the host's; null: they are in a document
 *     of their own, as an earlier release left them
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
    @Nullable String quarantined,
    @Nullable Above above,
    @Nullable Timers timers) {
  /** No timer. */
  public static final long NEVER = Long.MAX_VALUE;

  public Envelope {
    openTasks = List.copyOf(openTasks);
  }

  /**
   * A step of another machine.
   *
   * @param address key of that machine
   */
  public record Above(String address, long run, String stepId, long attempt) {
    /** Null if nobody waits. */
    public static @Nullable Above of(@Nullable Parent parent) {
      return parent == null || !parent.sync()
          ? null
          : new Above(parent.address(), parent.run(), parent.stepId(), parent.attempt());
    }
  }

  /** Another run of the instance begins. */
  public Envelope withRun(long next, String uuid, @Nullable Above waiting) {
    return new Envelope(
        kind,
        workflowId,
        sequence,
        at,
        wakeAt,
        next,
        uuid,
        false,
        openTasks,
        quarantined,
        waiting,
        timers);
  }

  /** The end of the latest run has been told to the workflow. */
  public Envelope withEnded() {
    return of(sequence, at, wakeAt, true, openTasks, quarantined, timers);
  }

  public Envelope withSequence(long next) {
    return of(next, at, wakeAt, ended, openTasks, quarantined, timers);
  }

  public Envelope withTimes(long latest, long timer) {
    return of(sequence, latest, timer, ended, openTasks, quarantined, timers);
  }

  public Envelope withOpenTasks(List<String> open) {
    return of(sequence, at, wakeAt, ended, open, quarantined, timers);
  }

  public Envelope withTimers(Timers named) {
    return of(sequence, at, wakeAt, ended, openTasks, quarantined, named);
  }

  /** Fenced off for {@code reason}. */
  public Envelope withQuarantine(String reason) {
    return of(sequence, at, wakeAt, ended, openTasks, reason, timers);
  }

  /** Of the same machine and run. */
  private Envelope of(
      long sequence,
      long at,
      long wakeAt,
      boolean ended,
      List<String> openTasks,
      @Nullable String quarantined,
      @Nullable Timers timers) {
    return new Envelope(
        kind,
        workflowId,
        sequence,
        at,
        wakeAt,
        run,
        runUuid,
        ended,
        openTasks,
        quarantined,
        above,
        timers);
  }
}

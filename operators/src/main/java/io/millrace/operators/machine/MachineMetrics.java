package io.millrace.operators.machine;

import io.millrace.engine.Effect.Note;
import io.millrace.engine.MachineAddress;
import io.millrace.operators.state.Tally;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/**
 * All metrics of the machines on one page, in the group {@code machines} of the head's operator.
 *
 * <p>Counters count since the last start, as Flink's own do. The two gauges of what is there now,
 * {@code startsQueued} and {@code runsOpen}, are kept in every checkpoint.
 */
final class MachineMetrics {
  private final Map<Note.Kind, Counter> notes = new EnumMap<>(Note.Kind.class);
  private final Map<MachineAddress.Kind, Counter> busyNanos =
      new EnumMap<>(MachineAddress.Kind.class);
  private final Counter turns;
  private final Counter rejected;
  private final Counter deadLetters;
  private final Counter quarantined;
  private final Counter bugs;
  private long startsQueued;
  private long runsOpen;
  private long duesWaiting;
  private long dueLagMillis;

  MachineMetrics(MetricGroup operator, Tally restored, Admission admission) {
    MetricGroup group = operator.addGroup("machines");
    for (Note.Kind kind : Note.Kind.values()) {
      Counter counter = group.counter(name(kind));
      group.meter(name(kind) + "PerSecond", new MeterView(counter));
      notes.put(kind, counter);
    }
    for (MachineAddress.Kind kind : MachineAddress.Kind.values()) {
      busyNanos.put(kind, group.counter(busyName(kind)));
    }
    turns = group.counter("turns", new SimpleCounter());
    group.meter("turnsPerSecond", new MeterView(turns));
    rejected = group.counter("commandsRejected");
    deadLetters = group.counter("deadLetters");
    quarantined = group.counter("instancesQuarantined");
    bugs = group.counter("engineErrors");
    startsQueued = restored.startsQueued();
    runsOpen = restored.runsOpen();
    group.gauge("startsQueued", () -> startsQueued);
    group.gauge("runsOpen", () -> runsOpen);
    group.gauge("oldestDueTimerMillis", () -> dueLagMillis);
    group.gauge("waitingForRoom", admission::waiting);
  }

  private static String name(Note.Kind kind) {
    return switch (kind) {
      case STALE_REPORT -> "staleReports";
      case DUPLICATE_START -> "duplicateStarts";
      case START_QUEUED -> "startsIntoQueue";
      case START_UNQUEUED -> "startsOutOfQueue";
      case RUN_STARTED -> "runsStarted";
      case RUN_SUCCEEDED -> "runsSucceeded";
      case RUN_FAILED -> "runsFailed";
      case RUN_STOPPED -> "runsStopped";
      case RUN_TIMED_OUT -> "runsTimedOut";
      case STEP_STARTED -> "stepsStarted";
      case STEP_SUCCEEDED -> "stepsSucceeded";
      case STEP_FAILED -> "stepsFailed";
      case STEP_RETRIED -> "stepsRetried";
    };
  }

  private static String busyName(MachineAddress.Kind kind) {
    return switch (kind) {
      case WORKFLOW -> "workflowBusyNanos";
      case INSTANCE -> "instanceBusyNanos";
    };
  }

  void noted(Note.Kind kind) {
    Counter counter = notes.get(kind);
    if (counter != null) {
      counter.inc();
    }
    switch (kind) {
      case START_QUEUED -> startsQueued++;
      case START_UNQUEUED -> startsQueued--;
      case RUN_STARTED -> runsOpen++;
      case RUN_SUCCEEDED, RUN_FAILED, RUN_STOPPED, RUN_TIMED_OUT -> runsOpen--;
      case STALE_REPORT,
          DUPLICATE_START,
          STEP_STARTED,
          STEP_SUCCEEDED,
          STEP_FAILED,
          STEP_RETRIED -> {}
    }
  }

  void turnTaken(MachineAddress.Kind kind, long nanos) {
    turns.inc();
    Counter counter = busyNanos.get(kind);
    if (counter != null) {
      counter.inc(nanos);
    }
  }

  void commandRejected() {
    rejected.inc();
  }

  void deadLetterWritten() {
    deadLetters.inc();
  }

  void engineFailed() {
    bugs.inc();
  }

  void instanceQuarantined() {
    quarantined.inc();
  }

  /** A timer has fired and its message waits in the loop. */
  void timerFired(long lagMillis) {
    duesWaiting++;
    dueLagMillis = Math.max(dueLagMillis, lagMillis);
  }

  /** The message of a timer got its turn. */
  void dueTaken(long lagMillis) {
    duesWaiting = Math.max(0, duesWaiting - 1);
    dueLagMillis = duesWaiting == 0 ? 0 : Math.max(0, lagMillis);
  }

  /** What is there now, for the checkpoint. */
  Tally tally() {
    return new Tally(startsQueued, runsOpen);
  }
}

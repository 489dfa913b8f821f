package io.millrace.worker;

import io.millrace.definition.WorkerTimeout;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that was taken and not yet answered: waiting for a thread, or running.
 *
 * <p>Its lock settles the races between a handler that ends, a cancel, and a sign of life: after
 * {@link #end} no thread is interrupted and no sign is written.
 */
final class OpenTask {
  private enum Phase {
    WAITING,
    RUNNING,
    OVER
  }

  private final Task task;
  private final TaskContext context;

  /** Half of the time in which a worker must begin. */
  private final long startedAtMost;

  /** A third of the time in which a sign of life must follow another: one may be lost. */
  private final long silentAtMost;

  /** Guarded by the ledger's lock: a repeated task adds one. */
  private final List<OffsetTracker.Position> positions = new ArrayList<>(1);

  private Phase phase = Phase.WAITING;
  private @Nullable Thread thread;
  private boolean givenUp;
  private boolean startTold;
  private long begunAt;
  private long signAt;

  OpenTask(Task task) {
    this.task = task;
    this.context = new TaskContext(task);
    this.startedAtMost = part(2, WorkerTimeout.SCHEDULE_TO_START_TIMEOUT, task);
    this.silentAtMost = part(3, WorkerTimeout.HEARTBEAT_TIMEOUT, task);
  }

  Task task() {
    return task;
  }

  TaskContext context() {
    return context;
  }

  List<OffsetTracker.Position> positions() {
    return positions;
  }

  /**
   * The handler is about to run.
   *
   * @param interruptible who runs it; null for a thread that must not be interrupted
   * @return false if it must not run any more
   */
  synchronized boolean begin(@Nullable Thread interruptible, long now) {
    if (phase != Phase.WAITING || givenUp || context.isCancelled()) {
      phase = Phase.OVER;
      return false;
    }
    phase = Phase.RUNNING;
    thread = interruptible;
    begunAt = now;
    signAt = now;
    return true;
  }

  /**
   * The handler has returned.
   *
   * @return whether anybody waits for the answer
   */
  synchronized boolean end() {
    phase = Phase.OVER;
    if (thread != null) {
      thread = null;
      // The pool's next task must not inherit an interrupt that was meant for this one.
      Thread.interrupted();
    }
    return !givenUp && !context.isCancelled();
  }

  /** Nobody waits for it any more. */
  synchronized void cancel() {
    context.cancel();
    interrupt();
  }

  /** The worker stops: the task stays uncommitted and is delivered again to another one. */
  synchronized void giveUp() {
    givenUp = true;
    context.cancel();
    interrupt();
  }

  /** As {@link #giveUp}, if no handler runs yet. */
  synchronized boolean giveUpIfWaiting() {
    if (phase == Phase.WAITING) {
      giveUp();
      return true;
    }
    return false;
  }

  synchronized boolean isGivenUp() {
    return givenUp;
  }

  private void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** The signs of life that are due, none for most tasks at most times. */
  synchronized List<Report> signs(long now, WorkerOptions options, Answers answers) {
    if (phase != Phase.RUNNING || context.isCancelled()) {
      return List.of();
    }
    long startedAfter = Math.min(options.startedAfter().toMillis(), startedAtMost);
    long heartbeatInterval = Math.min(options.heartbeatInterval().toMillis(), silentAtMost);
    boolean news = context.hasNews();
    List<Report> due = new ArrayList<>(2);
    if (!startTold && (news || now - begunAt >= startedAfter)) {
      due.add(answers.started(task));
      startTold = true;
      signAt = now;
    }
    if (news && (!due.isEmpty() || now - signAt >= options.progressInterval().toMillis())) {
      due.add(answers.progress(task, context.takeProgress()));
      signAt = now;
    } else if (now - signAt >= heartbeatInterval) {
      due.add(answers.heartbeat(task));
      signAt = now;
    }
    return due;
  }

  /** A part of the time that the step gives; without end if it gives none. */
  private static long part(int of, WorkerTimeout timeout, Task task) {
    return timeout
        .in(task.type(), task.params())
        .map(most -> most.toMillis() / of)
        .orElse(Long.MAX_VALUE);
  }
}

package io.millrace.worker;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import org.jspecify.annotations.Nullable;

/**
 * What a handler knows of its task, and how it says how far it is. Safe for several threads.
 *
 * <p>Progress is remembered here and reported by the worker's own thread, at most once in {@link
 * WorkerOptions#progressInterval}, so a handler may report as often as it likes.
 */
public final class TaskContext {
  /** How much of a log is kept: its last characters. */
  public static final int LOG_TAIL_CHARS = Report.MAX_LOG_TAIL_CHARS;

  private final Task task;
  private final StringBuilder log = new StringBuilder();
  private @Nullable Double progress;
  private @Nullable String message;
  private @Nullable String link;
  private boolean changed;
  private volatile boolean cancelled;

  TaskContext(Task task) {
    this.task = task;
  }

  public Task task() {
    return task;
  }

  /** The text of a param. */
  public String text(String name) {
    if (param(name) instanceof ParamValue.Text text) {
      return text.value();
    }
    throw wrongType(name, "a STRING");
  }

  /** The number of a param. */
  public long integer(String name) {
    if (param(name) instanceof ParamValue.Int number) {
      return number.value();
    }
    throw wrongType(name, "a LONG");
  }

  /** The param, whatever its type. */
  public ParamValue param(String name) {
    ParamValue value = task.params().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected step " + task.stepId() + " to define param " + name + ", but it does not.");
    }
    return value;
  }

  private IllegalArgumentException wrongType(String name, String expected) {
    return new IllegalArgumentException(
        "Expected param "
            + name
            + " of step "
            + task.stepId()
            + " to be "
            + expected
            + ", but it is "
            + param(name).type()
            + ".");
  }

  /** Nobody waits for this task any more; the thread is interrupted too, unless it is inline. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** How far it is, 0..1, and in words. */
  public synchronized void progress(double share, String words) {
    progress = Math.max(0, Math.min(1, share));
    message = words;
    changed = true;
  }

  /** Where to look. */
  public synchronized void link(String url) {
    link = url;
    changed = true;
  }

  /** Adds a line to the log. */
  public synchronized void log(String line) {
    log.append(line).append('\n');
    if (log.length() > LOG_TAIL_CHARS) {
      log.delete(0, log.length() - LOG_TAIL_CHARS);
    }
    changed = true;
  }

  void cancel() {
    cancelled = true;
  }

  synchronized boolean hasNews() {
    return changed;
  }

  /** What there is to tell; afterwards there is no news. */
  synchronized Progress takeProgress() {
    changed = false;
    return new Progress(progress, message, logTail(), link);
  }

  synchronized @Nullable String logTail() {
    return log.isEmpty() ? null : log.toString();
  }

  /** Progress at one moment. */
  record Progress(
      @Nullable Double share,
      @Nullable String message,
      @Nullable String logTail,
      @Nullable String link) {}
}

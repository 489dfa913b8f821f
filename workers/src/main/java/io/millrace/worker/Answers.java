package io.millrace.worker;

import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.Report.Kind;
import io.millrace.protocol.Task;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the reports of one worker; pure. */
final class Answers {
  private final String worker;

  Answers(String worker) {
    this.worker = worker;
  }

  Report started(Task task) {
    return sign(task, Kind.STARTED);
  }

  Report heartbeat(Task task) {
    return sign(task, Kind.HEARTBEAT);
  }

  Report progress(Task task, TaskContext.Progress progress) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        Kind.PROGRESS,
        worker,
        Map.of(),
        null,
        null,
        shortened(progress.message()),
        progress.share(),
        progress.logTail(),
        progress.link());
  }

  Report result(Task task, TaskResult result, @Nullable String logTail) {
    return result.accept(
        new TaskResult.Cases<>() {
          @Override
          public Report succeeded(TaskResult.Succeeded success) {
            return new Report(
                Task.PROTOCOL,
                task.dispatchId(),
                Kind.SUCCEEDED,
                worker,
                success.outputs(),
                null,
                null,
                null,
                null,
                null,
                null);
          }

          @Override
          public Report failed(TaskResult.Failed failed) {
            return failure(task, failed.failure(), failed.retryable(), failed.message(), logTail);
          }
        });
  }

  /** The handler threw: an exception is the user's code, an error the platform's trouble. */
  Report thrown(Task task, Throwable thrown, @Nullable String logTail) {
    StringWriter trace = new StringWriter();
    trace.append(logTail == null ? "" : logTail);
    thrown.printStackTrace(new PrintWriter(trace, true));
    String text = trace.toString();
    return failure(
        task,
        thrown instanceof Exception ? Failure.USER : Failure.PLATFORM,
        true,
        thrown.toString(),
        text.substring(Math.max(0, text.length() - TaskContext.LOG_TAIL_CHARS)));
  }

  Report failure(
      Task task, Failure failure, boolean retryable, String message, @Nullable String logTail) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        Kind.FAILED,
        worker,
        Map.of(),
        failure,
        retryable,
        shortened(message),
        null,
        logTail,
        null);
  }

  private Report sign(Task task, Kind kind) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        kind,
        worker,
        Map.of(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= Report.MAX_MESSAGE_CHARS
        ? text
        : text.substring(0, Report.MAX_MESSAGE_CHARS);
  }
}

package io.millrace.engine.scenario;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What workers say of their tasks. */
final class WorkerSays {
  static final String WORKER = "worker-1";

  private WorkerSays() {}

  static Report started(Task task) {
    return report(task, Report.Kind.STARTED, Map.of(), null, null, null);
  }

  static Report heartbeat(Task task) {
    return report(task, Report.Kind.HEARTBEAT, Map.of(), null, null, null);
  }

  static Report progress(Task task, String message) {
    return report(task, Report.Kind.PROGRESS, Map.of(), null, null, message);
  }

  static Report progress(Task task, String logTail, String link) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        Report.Kind.PROGRESS,
        WORKER,
        Map.of(),
        null,
        null,
        null,
        null,
        logTail,
        link);
  }

  static Report succeeded(Task task, Map<String, ParamValue> outputs) {
    return report(task, Report.Kind.SUCCEEDED, outputs, null, null, null);
  }

  static Report failed(Task task, Report.Failure whose, boolean retryable) {
    return report(task, Report.Kind.FAILED, Map.of(), whose, retryable, "It went wrong.");
  }

  static Report failedWith(Task task, String message) {
    return report(task, Report.Kind.FAILED, Map.of(), Report.Failure.USER, null, message);
  }

  /** An answer for another dispatch id than the task's. */
  static Report succeededAs(Task task, String dispatchId) {
    return new Report(
        Task.PROTOCOL,
        dispatchId,
        Report.Kind.SUCCEEDED,
        WORKER,
        Map.of(),
        null,
        null,
        task.stepId(),
        null,
        null,
        null);
  }

  private static Report report(
      Task task,
      Report.Kind kind,
      Map<String, ParamValue> outputs,
      Report.@Nullable Failure failure,
      @Nullable Boolean retryable,
      @Nullable String message) {
    return new Report(
        Task.PROTOCOL,
        task.dispatchId(),
        kind,
        WORKER,
        outputs,
        failure,
        retryable,
        message,
        kind == Report.Kind.PROGRESS ? 0.5 : null,
        kind == Report.Kind.PROGRESS || kind == Report.Kind.FAILED ? "last line" : null,
        kind == Report.Kind.PROGRESS ? "https://example.org/log" : null);
  }
}

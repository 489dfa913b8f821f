package io.millrace.worker;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a task ended. */
public sealed interface TaskResult {

  /** One method for each way to end. */
  interface Cases<R> {
    R succeeded(Succeeded result);

    R failed(Failed result);
  }

  <R> R accept(Cases<R> cases);

  /**
   * Done.
   *
   * @param outputs new values of params that the step defines with mode MUTABLE
   */
  record Succeeded(Map<String, ParamValue> outputs) implements TaskResult {
    public Succeeded {
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.succeeded(this);
    }
  }

  /**
   * Not done.
   *
   * @param retryable false: no further attempt, whatever the step's retry policy says
   */
  record Failed(Report.Failure failure, String message, boolean retryable) implements TaskResult {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.failed(this);
    }
  }

  static TaskResult succeeded() {
    return new Succeeded(Map.of());
  }

  static TaskResult succeeded(Map<String, ParamValue> outputs) {
    return new Succeeded(outputs);
  }

  /** A failure that the step's retry policy may answer with another attempt. */
  static TaskResult failed(Report.Failure failure, String message) {
    return new Failed(failure, message, true);
  }

  /** A failure that another attempt would only repeat. */
  static TaskResult failedForGood(Report.Failure failure, String message) {
    return new Failed(failure, message, false);
  }
}

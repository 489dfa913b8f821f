package io.millrace.worker;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.util.Map;

/** Makes tasks and contexts for tests. */
public final class TaskFixture {
  private TaskFixture() {}

  public static Task task(String dispatchId, String queue) {
    return task(dispatchId, queue, 1, Map.of());
  }

  public static Task task(
      String dispatchId, String queue, long attempt, Map<String, ParamValue> params) {
    return new Task(
        Task.PROTOCOL,
        dispatchId,
        queue,
        "wf",
        "wf/1:1",
        "uuid-1",
        queue,
        attempt,
        queue,
        params,
        60_000);
  }

  public static TaskContext context(Task task) {
    return new TaskContext(task);
  }

  public static Report report(byte[] value) {
    return Wire.read(value, Report.class).orElseThrow();
  }
}

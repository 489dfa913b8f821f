package io.millrace.bench.load;

import io.millrace.param.ParamValue;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import io.millrace.protocol.Topics;
import io.millrace.worker.TaskContext;
import io.millrace.worker.TaskResult;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A worker that does nothing and says which task it did: where a step has an {@link Workflows#ECHO}
 * param, its output is the digest of the task. The step's id says how it behaves.
 */
public final class LoadWorker {
  private LoadWorker() {}

  /**
   * Starts the worker on threads of its own.
   *
   * @param rememberedAnswers how many answers are kept for tasks that come again
   */
  public static Worker start(String brokers, Topics topics, int rememberedAnswers) {
    return Worker.builder()
        .brokers(brokers)
        .topics(topics)
        .options(WorkerOptions.DEFAULT.withRememberedAnswers(rememberedAnswers))
        .inlineQueue(Workflows.QUEUE, LoadWorker::handle)
        .start();
  }

  private static TaskResult handle(TaskContext context) {
    Task task = context.task();
    if (task.stepId().equals("flaky") && task.attempt() == 1) {
      return TaskResult.failed(Report.Failure.USER, "fails at first");
    } else if (task.stepId().equals("careless")) {
      return TaskResult.failedForGood(Report.Failure.FATAL, "fails for good");
    }
    return task.params().containsKey(Workflows.ECHO)
        ? TaskResult.succeeded(Map.of(Workflows.ECHO, new ParamValue.Text(digest(task))))
        : TaskResult.succeeded();
  }

  /** The first 16 bytes of the SHA-256 of a task's JSON, in hex. */
  public static String digest(Task task) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(ProtocolJson.write(task));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every Java to have SHA-256, but it is missing.", e);
    }
  }
}

package io.millrace.protocol;

import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of a task.
 *
 * @param protocol {@link Task#PROTOCOL}
 * @param dispatchId the task's, unchanged
 * @param worker which worker speaks, for the record; at most {@link #MAX_WORKER_CHARS} kept
 * @param outputs with {@link Kind#SUCCEEDED}: new values of params the step defines
 * @param failure with {@link Kind#FAILED}: whose fault it was
 * @param retryable with {@link Kind#FAILED}: false vetoes any retry
 * @param message with FAILED or PROGRESS: what happened, at most {@link #MAX_MESSAGE_CHARS} kept
 * @param progress with PROGRESS: 0..1
 * @param logTail with PROGRESS or FAILED: the last lines of a log; of its end at most {@link
 *     #MAX_LOG_TAIL_CHARS} kept
 * @param link with PROGRESS: where to look; at most {@link #MAX_LINK_CHARS} kept
 */
public record Report(
    int protocol,
    String dispatchId,
    Kind kind,
    @Nullable String worker,
    Map<String, ParamValue> outputs,
    @Nullable Failure failure,
    @Nullable Boolean retryable,
    @Nullable String message,
    @Nullable Double progress,
    @Nullable String logTail,
    @Nullable String link) {
  public static final int MAX_MESSAGE_CHARS = 1_000;
  public static final int MAX_LOG_TAIL_CHARS = 4_000;
  public static final int MAX_LINK_CHARS = 2_000;
  public static final int MAX_WORKER_CHARS = 256;

  public Report {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** What is reported. */
  public enum Kind {
    STARTED,
    HEARTBEAT,
    PROGRESS,
    SUCCEEDED,
    FAILED
  }

  /** Whose fault a failure was; decides which retry counter counts. */
  public enum Failure {
    USER,
    PLATFORM,
    FATAL
  }
}

package io.millrace.engine.step;

import io.millrace.definition.TypedStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a behaviour may know and do about the attempt it works on. */
public interface StepContext {
  /** Epoch millis. */
  long at();

  TypedStep definition();

  /** The attempt as it stands. */
  StepRun step();

  /** Wakes this attempt at {@code when}, epoch millis; forgotten when the attempt ends. */
  void wakeAt(long when);

  /** The attempt is at work. */
  void running();

  /** The attempt is done; {@code outputs} update the step's params. */
  void succeed(Map<String, ParamValue> outputs);

  /**
   * The attempt failed; whether another follows is the retry policy's business.
   *
   * @param retryable false: no other follows, whatever the policy
   */
  void fail(Report.Failure whose, String message, boolean retryable);

  /** Whether the operator has declared this queue. */
  boolean declares(String queue);

  /** Gives the attempt's work to the workers of {@code queue}. */
  void dispatch(String queue);

  /** Takes the open task back, if there is one. */
  void cancel(String reason);

  /** Notes what a worker says of itself while it works. */
  void progress(
      @Nullable String worker,
      @Nullable String message,
      @Nullable Double progress,
      @Nullable String logTail,
      @Nullable String link);
}

package io.millrace.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one attempt of a leaf step.
 *
 * @param iteration only there; null: anywhere
 * @param fail null: it succeeds
 * @param afterMs how long it takes
 * @param retryable false: the worker's veto against another attempt
 * @param outputs of a success: texts, whole numbers and booleans
 */
public record LeafOutcome(
    @Nullable Long iteration,
    @Nullable Failure fail,
    long afterMs,
    boolean retryable,
    Map<String, Object> outputs) {
  public LeafOutcome {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** How a worker fails; with TIMEOUT it never answers. */
  public enum Failure {
    USER,
    PLATFORM,
    FATAL,
    TIMEOUT
  }

  static LeafOutcome success(long afterMs) {
    return new LeafOutcome(null, null, afterMs, true, Map.of());
  }

  static LeafOutcome success(long afterMs, Map<String, Object> outputs) {
    return new LeafOutcome(null, null, afterMs, true, outputs);
  }

  static LeafOutcome failure(Failure failure, long afterMs) {
    return new LeafOutcome(null, failure, afterMs, true, Map.of());
  }

  LeafOutcome veto() {
    return new LeafOutcome(iteration, fail, afterMs, false, outputs);
  }

  LeafOutcome giving(Map<String, Object> theOutputs) {
    return new LeafOutcome(iteration, fail, afterMs, retryable, theOutputs);
  }

  LeafOutcome in(long theIteration) {
    return new LeafOutcome(theIteration, fail, afterMs, retryable, outputs);
  }
}

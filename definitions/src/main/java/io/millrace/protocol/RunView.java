package io.millrace.protocol;

import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is at one moment. Times are epoch millis.
 *
 * @param run {@code workflow/7:1}
 * @param waitingFor why a queued run does not run; null for others
 * @param steps in the order they were created; those never created are left out
 * @param leafCounts leaf steps of the whole tree that have ended, by status
 * @param failing the first leaf attempts of the tree that failed, {@code flow/7/fe/3:1/s@2}
 */
public record RunView(
    String workflowId,
    long instance,
    long runNumber,
    String run,
    String runUuid,
    long version,
    RunStatus status,
    @Nullable String reason,
    @Nullable String waitingFor,
    long createdAt,
    @Nullable Long startedAt,
    @Nullable Long endedAt,
    Map<String, ParamValue> params,
    List<StepView> steps,
    Map<StepStatus, Long> leafCounts,
    List<String> failing) {
  public RunView {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    steps = List.copyOf(steps);
    leafCounts = Collections.unmodifiableMap(new TreeMap<>(leafCounts));
    failing = List.copyOf(failing);
  }

  /**
   * What a step is.
   *
   * @param attempts how many there have been
   * @param waitingFor why it is not running, in one sentence; null when it is, or has ended
   */
  public record StepView(
      String stepId,
      StepStatus status,
      long attempts,
      @Nullable Long startedAt,
      @Nullable Long endedAt,
      @Nullable String waitingFor,
      @Nullable String message,
      @Nullable Double progress,
      @Nullable String logTail,
      @Nullable String link,
      Map<String, ParamValue> params) {
    public StepView {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
  }
}

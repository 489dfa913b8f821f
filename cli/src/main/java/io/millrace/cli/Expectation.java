package io.millrace.cli;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test file expects of the run it starts. Only what is listed is compared.
 *
 * @param status null: whatever it is
 * @param elapsedMs null: however long it takes
 * @param leafCounts by status; 0: there is none
 * @param children how many, by step
 * @param events in this order on the run's timeline; others may come between
 */
record Expectation(
    @Nullable RunStatus status,
    @Nullable Long elapsedMs,
    Map<String, Step> steps,
    Map<StepStatus, Long> leafCounts,
    Map<String, Long> children,
    List<Event> events) {

  /** What is expected of a step; null where nothing is. */
  record Step(
      @Nullable StepStatus status, @Nullable Long attempts, Map<String, ParamValue> params) {}

  /**
   * A change of status on the timeline.
   *
   * @param step null: of the run itself
   * @param attempt null: whichever
   */
  record Event(@Nullable String step, @Nullable Long attempt, String status) {
    String text() {
      return (step == null ? "the run" : "step '" + step + "'")
          + (attempt == null ? "" : ", attempt " + attempt + ",")
          + " to become "
          + status;
    }
  }
}

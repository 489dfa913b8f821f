package io.millrace.engine.model;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case, as {@code millrace simulate --json} tells it.
 *
 * @param runs the root runs in order of their creation; a restart is a run of its own
 */
public record Result(List<RunResult> runs) {
  public Result {
    runs = List.copyOf(runs);
  }

  /** The last run there was. */
  RunResult last() {
    return runs.get(runs.size() - 1);
  }

  /**
   * A run.
   *
   * @param workflowId of an iteration: that of the workflow around it, and so its instance
   * @param elapsedMs from its creation to its end; null while it is open
   * @param steps those that were created
   * @param leafCounts of leaf steps by status, over the whole tree; none is zero
   * @param children by parent step in the order of the definition, and by iteration
   */
  public record RunResult(
      String workflowId,
      long instance,
      long run,
      RunStatus status,
      @Nullable Long elapsedMs,
      Map<String, StepResult> steps,
      Map<StepStatus, Long> leafCounts,
      List<Child> children) {
    public RunResult {
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
      leafCounts = Collections.unmodifiableMap(new TreeMap<>(leafCounts));
      children = List.copyOf(children);
    }

    StepStatus statusOf(String stepId) {
      return steps.containsKey(stepId) ? steps.get(stepId).status() : StepStatus.NOT_CREATED;
    }

    /** The iterations of a loop, or the instance a step started, in order. */
    List<RunResult> below(String stepId) {
      return children.stream()
          .filter(child -> child.parentStep().equals(stepId))
          .map(Child::run)
          .toList();
    }
  }

  /**
   * A step.
   *
   * @param startedMs when its latest attempt started; null if it did not
   * @param endedMs null while it is open or waits for another attempt
   */
  public record StepResult(
      StepStatus status, long attempts, @Nullable Long startedMs, @Nullable Long endedMs) {}

  /**
   * A run below a step.
   *
   * @param iteration null for a subworkflow
   */
  public record Child(String parentStep, @Nullable Long iteration, RunResult run) {}
}

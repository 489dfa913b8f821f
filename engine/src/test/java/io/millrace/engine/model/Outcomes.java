package io.millrace.engine.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes of attempts of leaf steps: one queue a step id for the whole story (decisions), beside
 * which the entries of an iteration have their own order.
 */
final class Outcomes {
  private final Map<String, Deque<LeafOutcome>> queues = new HashMap<>();

  Outcomes(Map<String, List<LeafOutcome>> byStep) {
    byStep.forEach(
        (stepId, outcomes) -> {
          for (LeafOutcome outcome : outcomes) {
            queues
                .computeIfAbsent(key(stepId, outcome.iteration()), key -> new ArrayDeque<>())
                .add(outcome);
          }
        });
  }

  private static String key(String stepId, @Nullable Long iteration) {
    return iteration == null ? stepId : stepId + "/" + iteration;
  }

  /** For the next attempt; null if nothing is said of it. */
  @Nullable LeafOutcome next(StepRun step) {
    LeafOutcome own = step.run.iteration == null ? null : poll(key(step.id(), step.run.iteration));
    return own == null ? poll(step.id()) : own;
  }

  private @Nullable LeafOutcome poll(String key) {
    Deque<LeafOutcome> queue = queues.get(key);
    return queue == null ? null : queue.poll();
  }
}

package io.millrace.engine.simulation.play;

import io.millrace.engine.simulation.scenario.StepOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that are left: one queue a step id for the whole simulation, over runs, restarts,
 * iterations and workflows. Those of one iteration have a queue of their own, which goes first.
 */
final class OutcomeQueues {
  private final Map<String, Queues> byStep = new HashMap<>();

  OutcomeQueues(Map<String, List<StepOutcome>> outcomes) {
    outcomes.forEach((step, entries) -> byStep.put(step, new Queues(entries)));
  }

  /**
   * Takes the outcome of the attempt that begins now; empty if none is left for it.
   *
   * @param iteration of the nearest loop around the step; null: there is none
   */
  Optional<StepOutcome> take(String step, String workflow, @Nullable Long iteration) {
    Queues queues = byStep.get(step);
    return queues == null ? Optional.empty() : queues.take(workflow, iteration);
  }

  private static final class Queues {
    private final Map<Long, ArrayDeque<StepOutcome>> ofIterations = new HashMap<>();
    private final ArrayDeque<StepOutcome> ofAny = new ArrayDeque<>();

    Queues(List<StepOutcome> entries) {
      for (StepOutcome entry : new ArrayList<>(entries)) {
        Long iteration = entry.iteration();
        if (iteration == null) {
          ofAny.add(entry);
        } else {
          ofIterations.computeIfAbsent(iteration, number -> new ArrayDeque<>()).add(entry);
        }
      }
    }

    Optional<StepOutcome> take(String workflow, @Nullable Long iteration) {
      if (iteration != null) {
        Optional<StepOutcome> own = first(ofIterations.get(iteration), workflow);
        if (own.isPresent()) {
          return own;
        }
      }
      return first(ofAny, workflow);
    }

    private static Optional<StepOutcome> first(
        @Nullable ArrayDeque<StepOutcome> queue, String workflow) {
      if (queue == null) {
        return Optional.empty();
      }
      for (Iterator<StepOutcome> entries = queue.iterator(); entries.hasNext(); ) {
        StepOutcome entry = entries.next();
        if (entry.workflow() == null || entry.workflow().equals(workflow)) {
          entries.remove();
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }
  }
}

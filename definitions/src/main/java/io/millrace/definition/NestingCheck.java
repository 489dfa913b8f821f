package io.millrace.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks what must hold over all levels of a workflow: ids used once, a limited number of steps,
 * and loop params whose names don't come again inside (Maestro semantics 1.3, 1.4).
 */
final class NestingCheck {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final Map<String, StepOutline> byId = new LinkedHashMap<>();
  private int count;

  NestingCheck(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** Recursion is as deep as loops are nested, which is limited. */
  void check(List<StepOutline> steps, Optional<Place> place) {
    level(steps, Map.of());
    if (count > limits.maxSteps() && place.isPresent()) {
      problems.error(
          ProblemCode.LIMIT,
          place.get(),
          "at most " + limits.maxSteps() + " steps, those in loops included",
          "there are " + count);
    }
  }

  private void level(List<StepOutline> steps, Map<String, Place> outerParams) {
    count += steps.size();
    List<StepOutline> first = new ArrayList<>();
    for (StepOutline step : steps) {
      StepOutline earlier = step.id().isEmpty() ? null : byId.get(step.id());
      // Twice in one level has been told by the check of that level.
      if (earlier != null && !steps.contains(earlier)) {
        problems.error(
            ProblemCode.DUPLICATE,
            step.place(),
            "every step id to be used once",
            Quoted.text(step.id()) + " is used in line " + earlier.place().line() + " already");
      }
      if (earlier == null) {
        first.add(step);
      }
    }
    first.forEach(step -> byId.putIfAbsent(step.id(), step));
    for (StepOutline step : steps) {
      if (step.loop() != null) {
        loop(step.loop(), outerParams);
      }
    }
  }

  private void loop(StepOutline.Loop loop, Map<String, Place> outerParams) {
    Map<String, Place> params = new LinkedHashMap<>(outerParams);
    if (loop.params() != null) {
      loop.params()
          .forEach(
              (name, place) -> {
                Place earlier = params.putIfAbsent(name, place);
                if (earlier != null) {
                  problems.error(
                      ProblemCode.DUPLICATE,
                      place,
                      "a loop param of another name than those of the loops around it",
                      Quoted.text(name) + " is one in line " + earlier.line() + " already");
                }
              });
    }
    level(loop.steps(), params);
  }
}

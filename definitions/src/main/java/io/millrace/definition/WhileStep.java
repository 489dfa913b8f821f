package io.millrace.definition;

import java.util.List;

/**
 * A step that runs its steps again and again while a condition holds; the MAP param {@code
 * loop_params} has the first values of its loop params (Maestro semantics 2.9).
 *
 * @param condition the text of an expression
 * @param steps of an iteration, never empty
 */
public record WhileStep(StepBasics basics, String condition, List<StepDefinition> steps)
    implements StepDefinition {
  public WhileStep {
    steps = List.copyOf(steps);
  }

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.whileLoop(this);
  }
}

package io.millrace.definition;

import java.util.List;

/**
 * A step that runs its steps once for each combination of its loop params, which are arrays in the
 * MAP param {@code loop_params} (Maestro semantics 2.8).
 *
 * @param concurrency iterations at once, 1..{@value #MAX_CONCURRENCY}
 * @param strictOrdering whether the window of running iterations moves in order
 * @param steps of an iteration, never empty
 */
public record ForeachStep(
    StepBasics basics, int concurrency, boolean strictOrdering, List<StepDefinition> steps)
    implements StepDefinition {
  public static final int DEFAULT_CONCURRENCY = 20;

  /** Deviations 17. */
  public static final int MAX_CONCURRENCY = 10_000;

  public ForeachStep {
    steps = List.copyOf(steps);
  }

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.foreach(this);
  }
}

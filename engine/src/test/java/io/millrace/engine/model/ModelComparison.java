package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Compares a simulator with the model on random cases; {@code -Dmillrace.seed=N} makes others, and
 * another property more of them.
 */
public abstract class ModelComparison {
  private static final long FIRST_SEED = Long.getLong("millrace.seed", 1);

  private final int cases;

  /**
   * A comparison of so many cases.
   *
   * @param property that says how many, if it is set
   */
  protected ModelComparison(String property, int cases) {
    this.cases = Integer.getInteger(property, cases);
  }

  /** As many as {@code -Dmillrace.model.cases} says. */
  protected ModelComparison() {
    this("millrace.model.cases", 100);
  }

  /** What is compared. */
  protected abstract Simulator simulator();

  @Test
  void shouldDoWhatTheModelDoes() {
    long began = System.nanoTime();
    Optional<Comparing.Found> found = new Comparing(simulator()).find(FIRST_SEED, cases);
    if (found.isPresent()) {
      fail(found.get().text());
    }
    System.out.printf(
        "%s: no difference on %d cases, seeds %d to %d, in %d s%n",
        getClass().getSimpleName(),
        cases,
        FIRST_SEED,
        FIRST_SEED + cases - 1,
        (System.nanoTime() - began) / 1_000_000_000);
  }
}

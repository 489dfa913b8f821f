package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Compares a simulator with the model on random cases. {@code -Dmillrace.model.cases=N} makes more
 * of them, {@code -Dmillrace.seed=N} others.
 */
public abstract class ModelComparison {
  private static final long FIRST_SEED = Long.getLong("millrace.seed", 1);
  private static final int CASES = Integer.getInteger("millrace.model.cases", 100);

  /** What is compared. */
  protected abstract Simulator simulator();

  @Test
  void shouldDoWhatTheModelDoes() {
    new Comparing(simulator()).find(FIRST_SEED, CASES).ifPresent(found -> fail(found.text()));
  }
}

package io.millrace.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a record: either its value, or the one sentence that says why there is none.
 */
public final class Reading<T> {
  private final @Nullable T value;
  private final @Nullable String problem;

  private Reading(@Nullable T value, @Nullable String problem) {
    this.value = value;
    this.problem = problem;
  }

  static <T> Reading<T> of(T value) {
    return new Reading<>(value, null);
  }

  static <T> Reading<T> failed(String problem) {
    return new Reading<>(null, problem);
  }

  /** The record; empty exactly when there is a problem. */
  public Optional<T> value() {
    return Optional.ofNullable(value);
  }

  /** "Expected ..., but ... (line 1, column 9)". */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}

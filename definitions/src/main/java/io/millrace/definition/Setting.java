package io.millrace.definition;

import java.util.Optional;

/**
 * A value that steers a run: written down, or text that gives it once the workflow's params are
 * filled in (Maestro semantics 1.3, 2.13).
 */
public sealed interface Setting<T> {

  /** A value that is known. */
  record Fixed<T>(T value) implements Setting<T> {}

  /** Text such as <code>${days} days</code>, read when the step that needs it initializes. */
  record Interpolated<T>(String text) implements Setting<T> {}

  static <T> Setting<T> fixed(T value) {
    return new Fixed<>(value);
  }

  /** Empty if it is known in a run only. */
  default Optional<T> known() {
    return this instanceof Fixed<T> fixed ? Optional.of(fixed.value()) : Optional.empty();
  }

  /**
   * The value, for those who took the definition because everything in it is known.
   *
   * @throws IllegalStateException if it is not
   */
  default T require() {
    return known()
        .orElseThrow(
            () -> new IllegalStateException("Expected a known value, but it is " + this + "."));
  }
}

package io.millrace.expression;

import io.millrace.expression.value.Value;

/** What an evaluation ends with. */
public sealed interface Outcome {
  /** A value of a type that may leave an expression: scalar, array or map. */
  record Result(Value value) implements Outcome {}

  /** None. */
  record NoResult(Failure failure) implements Outcome {}
}

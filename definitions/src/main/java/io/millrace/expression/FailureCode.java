package io.millrace.expression;

/** The stable codes of what can go wrong with an expression. */
public enum FailureCode {
  /** The text is not an expression. */
  SYNTAX,
  /** A name that nothing in scope provides. */
  UNKNOWN_NAME,
  /** A class that does not exist, or that expressions may not use. */
  UNKNOWN_CLASS,
  /** A method, constructor or field its receiver does not have, or not with so many arguments. */
  UNKNOWN_METHOD,
  /** A value of a type that does not fit here. */
  TYPE,
  /** A value of the right type that is not allowed here, e.g. a text that is no date. */
  VALUE,
  /** A whole number divided by zero. */
  DIVISION_BY_ZERO,
  /** An index outside its array or text. */
  INDEX,
  /** {@code throw}. */
  THROWN,
  /** The result is null, nothing, or of a type that cannot leave an expression. */
  NO_RESULT,
  /** More node visits than allowed. */
  FUEL,
  /** A loop that would begin one pass too many. */
  LOOP_LIMIT,
  /** Too deeply nested. */
  DEPTH_LIMIT,
  /** A text, array, map or result that is too large. */
  SIZE_LIMIT,
  /** A function on {@code params} that failed. */
  FUNCTION,
  /** A bug of this implementation; the evaluation ends and nothing else is touched. */
  INTERNAL
}

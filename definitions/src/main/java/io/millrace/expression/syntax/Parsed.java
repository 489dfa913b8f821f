package io.millrace.expression.syntax;

import io.millrace.expression.Failure;

/** What a text turned out to be. */
public sealed interface Parsed {
  /** An expression. */
  record Tree(Program program) implements Parsed {}

  /** None; the first place where it could not go on. */
  record NotAnExpression(Failure failure) implements Parsed {}
}

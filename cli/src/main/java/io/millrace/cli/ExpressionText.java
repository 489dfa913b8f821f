package io.millrace.cli;

import io.millrace.expression.Failure;

/** Failures of expressions for people. */
final class ExpressionText {
  private ExpressionText() {}

  /** What failed, and a caret below the place. */
  static String failure(String expression, Failure failure) {
    return "line "
        + failure.at().line()
        + ", column "
        + failure.at().column()
        + ": "
        + failure.code()
        + ": "
        + Printable.oneLine(failure.message())
        + System.lineSeparator()
        + Caret.of(expression, failure.at().line(), failure.at().column());
  }
}

package io.millrace.definition;

import io.millrace.param.WholeText;

/** Half a surrogate pair can be written as an escape, but no store or topic could keep it. */
final class UnicodeCheck {
  private final Problems problems;

  UnicodeCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String text, Place place) {
    if (!WholeText.is(text)) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label() + " to be Unicode text",
          "it holds half a surrogate pair");
    }
  }
}

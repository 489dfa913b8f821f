package io.millrace.definition;

/** Half a surrogate pair can be written as an escape, but no store or topic could keep it. */
final class UnicodeCheck {
  private final Problems problems;

  UnicodeCheck(Problems problems) {
    this.problems = problems;
  }

  void check(String text, Place place) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        problems.error(
            ProblemCode.BAD_VALUE,
            place,
            place.label() + " to be Unicode text",
            "it holds half a surrogate pair");
        return;
      }
    }
  }
}

package io.millrace.definition;

import java.util.regex.Pattern;

/**
 * Recognises {@code $name}, <code>${name}</code> and the escape {@code $$} in text (Maestro
 * semantics 4.3), which this release cannot evaluate. Any other {@code $} stands for itself.
 */
final class Interpolation {
  private static final Pattern MARK =
      Pattern.compile("\\$(\\$|[a-zA-Z]|\\{[a-zA-Z][-_./a-zA-Z0-9]*\\})");

  private Interpolation() {}

  static boolean isIn(String text) {
    return text.indexOf('$') >= 0 && MARK.matcher(text).find();
  }

  /** What a message calls an interpolation found at a place. */
  static String in(Place place) {
    return "the interpolation in " + place.label();
  }
}

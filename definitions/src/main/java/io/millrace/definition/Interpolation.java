package io.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds {@code $name}, <code>${name}</code> and the escape {@code $$} in text (Maestro semantics
 * 4.3). Any other {@code $} stands for itself.
 */
final class Interpolation {
  private static final Pattern MARK =
      Pattern.compile("\\$(?:\\$|([a-zA-Z][_a-zA-Z0-9]*)|\\{([a-zA-Z][-_./a-zA-Z0-9]*)\\})");

  private Interpolation() {}

  /**
   * A name that is to be replaced.
   *
   * @param offset of its {@code $}, in UTF-16 units
   */
  record Name(String name, int offset) {}

  static boolean isIn(String text) {
    return text.indexOf('$') >= 0 && MARK.matcher(text).find();
  }

  /** The names to be replaced, in order. */
  static List<Name> names(String text) {
    List<Name> names = new ArrayList<>();
    Matcher matcher = MARK.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      if (name != null) {
        names.add(new Name(name, matcher.start()));
      }
    }
    return names;
  }

  /** What a message calls an interpolation found at a place. */
  static String in(Place place) {
    return "the interpolation in " + place.label();
  }
}

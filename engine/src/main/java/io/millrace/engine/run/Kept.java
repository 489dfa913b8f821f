package io.millrace.engine.run;

import org.jspecify.annotations.Nullable;

/** How much is kept of what a worker says; never half of a surrogate pair. */
final class Kept {
  private Kept() {}

  /** At most {@code most} characters from the start. */
  static String start(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** As {@link #start}, of what may be absent. */
  static @Nullable String startOf(@Nullable String text, int most) {
    return text == null ? null : start(text, most);
  }

  /** At most {@code most} characters before the end. */
  static @Nullable String endOf(@Nullable String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int begin = text.length() - most;
    return text.substring(Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin);
  }
}

package io.millrace.expression.library;

import org.jspecify.annotations.Nullable;

/** How values are shown in messages. */
final class Texts {
  private static final int MAX_CHARS = 60;

  private Texts() {}

  /** A text as it is written in an expression, the beginning of a long one. */
  static String quoted(String text) {
    return "'" + clipped(text) + "'";
  }

  /** The beginning of a long text, all of a short one. */
  static String clipped(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "..";
  }
}

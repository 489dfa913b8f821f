package io.millrace.expression.library;

import java.util.Locale;

/**
 * Changes the case of texts in time that grows with their length. Java's own methods make room for
 * each letter that becomes several ({@code ß} becomes {@code SS}) by copying the whole text.
 */
final class LetterCase {
  /** So much is copied for a letter that becomes several. */
  private static final int BLOCK_CHARS = 256;

  private LetterCase() {}

  /** What a letter becomes does not depend on those beside it, so blocks can be changed apart. */
  static String upper(String text) {
    if (text.length() <= BLOCK_CHARS) {
      return text.toUpperCase(Locale.ROOT);
    }
    StringBuilder upper = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(from + BLOCK_CHARS, text.length());
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to++;
      }
      upper.append(text.substring(from, to).toUpperCase(Locale.ROOT));
      from = to;
    }
    return upper.toString();
  }

  /**
   * A final sigma depends on the letters beside it, so the text stays whole; the one letter that
   * becomes two is written as those two before, which changes nothing else.
   */
  static String lower(String text) {
    return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }
}

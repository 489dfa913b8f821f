package io.millrace.expression.syntax;

import java.util.Arrays;

/**
 * The text of an expression with its {@code \}{@code uXXXX} replaced, which knows where each of its
 * code points stood.
 */
final class SourceText {
  private static final int ESCAPE_CHARS = 6;

  private final String written;
  private final StringBuilder replaced = new StringBuilder();
  private int[] offsets = new int[16];
  private int codePoints;

  SourceText(String written) {
    this.written = written;
    int at = 0;
    while (at < written.length()) {
      int escape = escape(at);
      int codePoint = escape >= 0 ? escape : written.codePointAt(at);
      add(codePoint, at);
      at += escape >= 0 ? ESCAPE_CHARS : Character.charCount(codePoint);
    }
  }

  private void add(int codePoint, int offset) {
    boolean completes =
        replaced.length() > 0
            && Character.isSurrogatePair(replaced.charAt(replaced.length() - 1), (char) codePoint)
            && codePoint <= Character.MAX_VALUE;
    replaced.appendCodePoint(codePoint);
    if (completes) {
      // Two escapes that are halves of one code point: it stands where the first one does.
      return;
    }
    if (codePoints == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * codePoints);
    }
    offsets[codePoints++] = offset;
  }

  /** The character an escape at {@code at} stands for, or -1 if none is there. */
  private int escape(int at) {
    if (at + ESCAPE_CHARS > written.length()
        || written.charAt(at) != '\\'
        || written.charAt(at + 1) != 'u') {
      return -1;
    }
    int code = 0;
    for (int i = at + 2; i < at + ESCAPE_CHARS; i++) {
      int digit = Character.digit(written.charAt(i), 16);
      if (digit < 0 || written.charAt(i) > 'f') {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }

  /** What is to be parsed. */
  String text() {
    return replaced.toString();
  }

  /** Where a code point of {@link #text} was written; behind the last one: the end. */
  Position position(int codePoint) {
    int offset = codePoint < codePoints ? offsets[codePoint] : written.length();
    int line = 1;
    int begin = 0;
    for (int i = 0; i < offset; i++) {
      if (written.charAt(i) == '\n') {
        line++;
        begin = i + 1;
      }
    }
    return new Position(line, offset - begin + 1);
  }
}

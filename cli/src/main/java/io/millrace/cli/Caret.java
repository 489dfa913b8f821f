package io.millrace.cli;

/** A line of a text with a caret below the place of a problem. */
final class Caret {
  /** Characters of a line shown at most: what is around the place. */
  static final int MAX_SHOWN_CHARS = 100;

  private static final int BEFORE_CHARS = 60;

  private Caret() {}

  /**
   * Two lines; empty if there is no such line.
   *
   * @param line from 1
   * @param column from 1, in UTF-16 units; one past the end is the end
   */
  static String of(String text, int line, int column) {
    String written = text.lines().skip(line - 1L).findFirst().orElse("");
    if (written.isBlank()) {
      return "";
    }
    int at = Math.min(column - 1, written.length());
    int from = written.length() <= MAX_SHOWN_CHARS ? 0 : Math.max(0, at - BEFORE_CHARS);
    int to = Math.min(written.length(), from + MAX_SHOWN_CHARS);
    String begin = from == 0 ? "" : "...";
    String before = begin + Printable.oneLine(written.substring(from, Math.min(at, to)));
    String after = Printable.oneLine(written.substring(Math.min(at, to), to));
    return "  "
        + before
        + after
        + (to < written.length() ? "..." : "")
        + System.lineSeparator()
        + "  "
        + " ".repeat(before.length())
        + "^"
        + System.lineSeparator();
  }
}

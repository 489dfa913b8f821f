package io.millrace.cli;

/** Text of others as it may reach a terminal: one line, and nothing that steers the terminal. */
final class Printable {
  private Printable() {}

  static String oneLine(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\r' || point == '\t') {
                clean.append(' ');
              } else if (Character.isISOControl(point)
                  || Character.getType(point) == Character.FORMAT) {
                clean.append('?');
              } else {
                clean.appendCodePoint(point);
              }
            });
    return clean.toString();
  }

  /** At most {@code chars} of it, with a sign that there was more. */
  static String shorten(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars - 3) + "...";
  }
}

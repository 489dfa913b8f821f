package io.millrace.definition;

/** Text of a definition as a message shows it: in quotes, cut short, without control characters. */
final class Quoted {
  static final int MAX_CHARS = 128;

  private Quoted() {}

  static String text(String text) {
    return "'" + plain(text) + "'";
  }

  /** The same without quotes; also makes one line of a parser's message. */
  static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
      char c = text.charAt(i);
      // Half a pair can't be encoded as UTF-8, and the message must be.
      boolean unprintable =
          Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
      shown.append(unprintable ? '?' : c);
    }
    return text.length() > MAX_CHARS ? shown + "..." : shown.toString();
  }
}

package io.millrace.job.decode;

/** Keeps what is quoted in a reason short, whatever was sent. */
final class Quotes {
  static final int MAX_CHARS = 200;

  private Quotes() {}

  static String shorten(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
  }
}

package io.millrace.bench.language;

import java.util.Locale;

/** Lines of the table that a measurement prints. */
final class Lines {
  private Lines() {}

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

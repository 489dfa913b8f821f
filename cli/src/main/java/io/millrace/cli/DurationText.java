package io.millrace.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes lengths of time: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
final class DurationText {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h)");

  private DurationText() {}

  static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    try {
      Duration found =
          form.matches()
              ? amount(Long.parseLong(form.group(1)), form.group(2))
              : Duration.parse(text);
      if (!found.isZero() && !found.isNegative()) {
        return found;
      }
    } catch (DateTimeException e) {
      // Told below, as what is not positive is.
    }
    throw new TypeConversionException(
        "Expected a length of time such as 500ms, 30s, 2m or 1h, but found '" + text + "'.");
  }

  private static Duration amount(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** In the unit that suits: {@code 7 ms}, {@code 1.3 s}. */
  static String show(long millis) {
    if (millis < 1_000) {
      return Math.max(0, millis) + " ms";
    } else if (millis < 60_000) {
      return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }
    long seconds = millis / 1_000;
    if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
  }
}

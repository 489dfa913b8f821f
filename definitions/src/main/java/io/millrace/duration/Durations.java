package io.millrace.duration;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Maestro writes them: a number of seconds, or text such as {@code 1 day 6 hours};
 * also ISO-8601. Other than in Maestro, what is not understood is no duration (deviations 11).
 */
public final class Durations {
  private static final int MAX_CHARS = 256;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PART =
      Pattern.compile(
          "([0-9]{1,18}) ?(days|day|d|hours|hour|h|minutes|minute|min|milliseconds|millisecond|ms"
              + "|seconds|second|sec|s)(?![a-z])\\s*");

  private Durations() {}

  /** Whole milliseconds; empty if any of the text is not understood. */
  public static Optional<Duration> parse(String written) {
    if (written.length() > MAX_CHARS) {
      return Optional.empty();
    }
    String text = written.strip().toLowerCase(Locale.ROOT);
    try {
      if (SECONDS.matcher(text).matches()) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      if (text.startsWith("p")) {
        Duration iso = Duration.parse(text);
        return iso.truncatedTo(ChronoUnit.MILLIS).equals(iso) ? Optional.of(iso) : Optional.empty();
      }
      return parts(text);
    } catch (DateTimeException | ArithmeticException notADuration) {
      return Optional.empty();
    }
  }

  /**
   * The one text of a duration of whole milliseconds from 0 on, such as {@code 1 day 6 hours};
   * {@link #parse} gives the same duration back.
   *
   * @throws IllegalArgumentException for any other duration
   */
  public static String text(Duration duration) {
    if (duration.isNegative() || !duration.truncatedTo(ChronoUnit.MILLIS).equals(duration)) {
      throw new IllegalArgumentException(
          "Expected a duration to be whole milliseconds from 0 on, but it is " + duration + ".");
    }
    List<String> parts = new ArrayList<>();
    part(parts, duration.toDaysPart(), "day");
    part(parts, duration.toHoursPart(), "hour");
    part(parts, duration.toMinutesPart(), "minute");
    part(parts, duration.toSecondsPart(), "second");
    part(parts, duration.toMillisPart(), "millisecond");
    return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
  }

  private static void part(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }

  private static Optional<Duration> parts(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length()) {
      part.region(end, text.length());
      if (!part.lookingAt()) {
        return Optional.empty();
      }
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(sum);
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "d", "day", "days" -> Duration.ofDays(1);
      case "h", "hour", "hours" -> Duration.ofHours(1);
      case "min", "minute", "minutes" -> Duration.ofMinutes(1);
      case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(1);
      default -> Duration.ofSeconds(1);
    };
  }
}

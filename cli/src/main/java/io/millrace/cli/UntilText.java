package io.millrace.cli;

import io.millrace.duration.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a simulation lasts: {@code 1 hour}, {@code 90 days}, {@code 30s}. */
final class UntilText implements ITypeConverter<Duration> {
  /** 300 years and more: what is added to a time must still be one. */
  private static final Duration MAX = Duration.ofDays(120_000);

  @Override
  public Duration convert(String text) {
    Duration found =
        Durations.parse(text)
            .filter(duration -> !duration.isNegative())
            .orElseGet(() -> DurationText.parse(text));
    if (found.compareTo(MAX) > 0) {
      throw new TypeConversionException(
          "Expected at most " + MAX.toDays() + " days, but found '" + text + "'.");
    }
    return found;
  }
}

package io.millrace.cli;

import io.millrace.duration.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Reads how long a simulation lasts: {@code 1 hour}, {@code 90 days}, {@code 30s}. */
final class UntilText implements ITypeConverter<Duration> {
  /** 300 years and more: what is added to a time must still be one. */
  private static final Duration MAX = Duration.ofDays(120_000);

  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .filter(duration -> !duration.isNegative() && duration.compareTo(MAX) <= 0)
        .orElseGet(() -> DurationText.parse(text));
  }
}

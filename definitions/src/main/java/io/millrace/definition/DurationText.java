package io.millrace.definition;

import io.millrace.duration.Durations;
import java.time.Duration;
import java.util.Optional;

/** Reads durations within limits; what {@link Durations} does not understand is a problem. */
final class DurationText {
  private DurationText() {}

  /** A duration within limits, both inclusive; empty with the problem told. */
  static Optional<Duration> read(
      SourceNode node, Duration min, Duration max, String range, Problems problems) {
    if (!(node instanceof SourceNode.Scalar scalar)
        || scalar.kind() == SourceNode.Kind.BOOLEAN
        || scalar.kind() == SourceNode.Kind.NULL) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "a duration");
      return Optional.empty();
    }
    Optional<Duration> duration =
        scalar.kind() == SourceNode.Kind.DECIMAL
            ? Optional.empty()
            : Durations.parse(scalar.text());
    if (duration.isEmpty()) {
      problems.unexpected(
          ProblemCode.BAD_VALUE,
          node,
          "whole seconds, or text such as '2 hours 30 minutes' or 'PT2H30M'");
      return Optional.empty();
    }
    if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, range);
      return Optional.empty();
    }
    return duration;
  }
}

package io.millrace.definition;

import java.time.ZoneId;
import java.util.Optional;

/** Reads time zones: names of the IANA database, old ones such as US/Pacific among them. */
final class TimeZoneText {
  private TimeZoneText() {}

  /** Empty with the problem told; an offset is no zone, for it says nothing of summer time. */
  static Optional<ZoneId> read(SourceNode node, Problems problems) {
    Optional<String> name = new Scalars(problems).text(node);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!ZoneId.getAvailableZoneIds().contains(name.get())) {
      problems.unexpected(
          ProblemCode.BAD_VALUE, node, "a time zone such as 'UTC' or 'America/Los_Angeles'");
      return Optional.empty();
    }
    return name.map(ZoneId::of);
  }
}

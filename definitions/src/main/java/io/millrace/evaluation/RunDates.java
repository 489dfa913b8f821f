package io.millrace.evaluation;

import io.millrace.param.ParamType;
import java.util.List;

/**
 * The built-in dates of a workflow (Maestro semantics 4.8): expressions over RUN_TS and
 * WORKFLOW_CRON_TIMEZONE, so that whoever sets one of these moves all that follow from it.
 *
 * <p>RUN_DATE and LOCAL_RUN_DATE are days of RUN_TS itself, the latter in the zone
 * WORKFLOW_CRON_TIMEZONE. DERIVED_RUN_DATE and DERIVED_RUN_HOUR are of DERIVED_RUN_TS, the
 * beginning of the hour TARGET_RUN_HOUR of the day TARGET_RUN_DATE, so they follow these two as
 * well. An hour that daylight saving doubles is the first of the two; one that it leaves out begins
 * where the gap ends (as for schedules). Days are texts {@code yyyyMMdd}, hours {@code HH}.
 */
final class RunDates {
  private static final String UTC = "'UTC'";
  private static final String US_PACIFIC = "'US/Pacific'";
  private static final String CRON = "WORKFLOW_CRON_TIMEZONE";

  /** Maestro's own, Util.dateIntHourToTs, fails for an hour that begins within a gap. */
  private static final String DERIVED_RUN_TS =
      """
      DateTimeZone zone = DateTimeZone.forID(WORKFLOW_CRON_TIMEZONE);
      long wall = Util.dateIntHourToTs(TARGET_RUN_DATE, TARGET_RUN_HOUR, 'UTC', 0, 0);
      long early = wall - zone.getOffset(new DateTime(wall - 86400000));
      long late = wall - zone.getOffset(new DateTime(wall + 86400000));
      return early + zone.getOffset(new DateTime(early)) != wall
          && late + zone.getOffset(new DateTime(late)) == wall ? late : early;
      """;

  private RunDates() {}

  static List<BuiltInParam> all() {
    return List.of(
        BuiltInParam.computed(BuiltInParams.RUN_TS, ParamType.LONG, "System.currentTimeMillis()"),
        date("TARGET_RUN_DATE", "RUN_TS", CRON, ""),
        hour("TARGET_RUN_HOUR", "RUN_TS", CRON, ""),
        BuiltInParam.computed("DERIVED_RUN_TS", ParamType.LONG, DERIVED_RUN_TS),
        date("DERIVED_RUN_DATE_US_PACIFIC", "DERIVED_RUN_TS", US_PACIFIC, ""),
        date(
            "DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE", "DERIVED_RUN_TS", US_PACIFIC, ".minusDays(1)"),
        date("DERIVED_RUN_DATE_UTC", "DERIVED_RUN_TS", UTC, ""),
        date("DERIVED_RUN_DATE_UTC_MINUS_ONE", "DERIVED_RUN_TS", UTC, ".minusDays(1)"),
        date("DERIVED_RUN_DATE_UTC_PLUS_ONE", "DERIVED_RUN_TS", UTC, ".plusDays(1)"),
        date("DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR", "DERIVED_RUN_TS", UTC, ".minusHours(1)"),
        date("DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR", "DERIVED_RUN_TS", UTC, ".plusHours(1)"),
        hour("DERIVED_RUN_HOUR_US_PACIFIC", "DERIVED_RUN_TS", US_PACIFIC, ""),
        hour("DERIVED_RUN_HOUR_UTC", "DERIVED_RUN_TS", UTC, ""),
        hour("DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR", "DERIVED_RUN_TS", UTC, ".minusHours(1)"),
        hour("DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR", "DERIVED_RUN_TS", UTC, ".plusHours(1)"),
        date("LOCAL_RUN_DATE", "RUN_TS", CRON, ""),
        date("RUN_DATE", "RUN_TS", UTC, ""),
        date("RUN_DATE_MINUS_1", "RUN_TS", UTC, ".minusDays(1)"),
        date("RUN_DATE_MINUS_7", "RUN_TS", UTC, ".minusDays(7)"));
  }

  private static BuiltInParam date(String name, String of, String zone, String shift) {
    return formatted(name, of, zone, shift, "yyyyMMdd");
  }

  private static BuiltInParam hour(String name, String of, String zone, String shift) {
    return formatted(name, of, zone, shift, "HH");
  }

  private static BuiltInParam formatted(
      String name, String of, String zone, String shift, String pattern) {
    String time = "new DateTime(" + of + ", DateTimeZone.forID(" + zone + "))" + shift;
    return BuiltInParam.computed(name, ParamType.STRING, time + ".toString('" + pattern + "')");
  }
}

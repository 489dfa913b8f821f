package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTriggerReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final Part<List<TimeTrigger>> TRIGGERS =
      Part.readBy((fields, problems) -> new TimeTriggerReader(LIMITS, problems).read(fields));
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void shouldReadEveryKindWithAllItsFields() {
    assertThat(
            TRIGGERS.accepted(
                "\"time_triggers\": ["
                    + "{\"type\": \"CRON\", \"cron\": \"0 0 12 1/1 * ? *\", \"timezone\": \"US/Pacific\","
                    + " \"fuzzy_max_delay\": \"30s\", \"catch_up\": \"latest\"},"
                    + "{\"type\": \"Predefined\", \"expression\": \"@daily\", \"timezone\": \"Asia/Tokyo\","
                    + " \"fuzzy_max_delay\": 60, \"catch_up\": \"NONE\"},"
                    + "{\"type\": \"interval\", \"interval\": \"PT2H30M\", \"start\": 1767225600000,"
                    + " \"timezone\": \"Europe/Berlin\", \"fuzzy_max_delay\": \"1 min\","
                    + " \"catch_up\": \"All\"}]"))
        .containsExactly(
            new TimeTrigger.Cron(
                "0 0 12 1/1 * ? *",
                ZoneId.of("US/Pacific"),
                Duration.ofSeconds(30),
                TimeTrigger.CatchUp.LATEST),
            new TimeTrigger.Predefined(
                TimeTrigger.Rhythm.DAILY,
                ZoneId.of("Asia/Tokyo"),
                Duration.ofMillis(60),
                TimeTrigger.CatchUp.NONE),
            new TimeTrigger.Interval(
                Duration.ofMinutes(150),
                Instant.parse("2026-01-01T00:00:00Z"),
                ZoneId.of("Europe/Berlin"),
                Duration.ofMinutes(1),
                TimeTrigger.CatchUp.ALL));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(
            TRIGGERS.accepted(
                "\"time_triggers\": [{\"type\": \"CRON\", \"cron\": \"*/2 * * * *\"},"
                    + "{\"type\": \"PREDEFINED\", \"expression\": \"hourly\", \"timezone\": null},"
                    + "{\"type\": \"INTERVAL\", \"interval\": 60}]"))
        .containsExactly(
            new TimeTrigger.Cron("*/2 * * * *", UTC, Duration.ZERO, TimeTrigger.CatchUp.ALL),
            new TimeTrigger.Predefined(
                TimeTrigger.Rhythm.HOURLY, UTC, Duration.ZERO, TimeTrigger.CatchUp.ALL),
            new TimeTrigger.Interval(
                Duration.ofMinutes(1), Instant.EPOCH, UTC, Duration.ZERO, TimeTrigger.CatchUp.ALL));
  }

  @Test
  void shouldReadNoTriggersWhereThereAreNone() {
    assertThat(TRIGGERS.accepted("")).isEmpty();
    assertThat(TRIGGERS.accepted("\"time_triggers\": []")).isEmpty();
    assertThat(TRIGGERS.notYet("\"time_triggers\": []")).isEmpty();
  }

  @Test
  void shouldTellOnceThatTriggersCanNotFireYet() {
    String daily = "{\"type\": \"PREDEFINED\", \"expression\": \"daily\"}";

    assertThat(TRIGGERS.notYet("\"time_triggers\": [" + daily + ", " + daily + "]"))
        .containsExactly("$.time_triggers");
  }

  @ParameterizedTest
  @EnumSource(TimeTrigger.Rhythm.class)
  void shouldReadRhythmsWithTheirSignOrWithout(TimeTrigger.Rhythm rhythm) {
    for (String expression :
        List.of(rhythm.expression(), rhythm.expression().substring(1), rhythm.name())) {
      assertThat(
              TRIGGERS.accepted(
                  trigger("\"type\": \"PREDEFINED\", \"expression\": \"" + expression + "\"")))
          .first()
          .extracting(trigger -> ((TimeTrigger.Predefined) trigger).rhythm())
          .isEqualTo(rhythm);
    }
    TRIGGERS.accepted(cron("\"" + rhythm.cron() + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "«\"0 30 * * *\"",
        "«\"@daily\"",
        "«\"\"",
        "«\"0 0 0 * * *\"",
        "«\"${cron}\"",
        "«\"\\u0000 \\n\"",
        // Never: no such day, a year that is over, a fifth Monday in a year without one.
        "«\"0 0 30 2 *\"",
        "«\"0 0 12 1 1 ? 1999\"",
        "«\"0 0 0 ? 2 2#5 2000\"",
        // More than one fire a minute.
        "«\"*/30 * * * * ?\"",
        "«\"0,59 * * * * ?\"",
        "«\"1,58 0 12 1 1 ? 2099\""
      })
  void shouldRefuseCronsThatAreNoneOrFireBadly(String cron) {
    TRIGGERS.assertTold(cron(cron), "BAD_VALUE $.time_triggers[0].cron");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"* * * * *", "0 * * * * ?", "59 * * * * ?", "0 0 12 1 1 ? 2099", "0 0 29 2 *"})
  void shouldTakeCronsThatFireEveryMinuteOrOnceInACentury(String cron) {
    TRIGGERS.accepted(cron("\"" + cron + "\""));
  }

  @Test
  void shouldSayWhatIsWrongWithACron() {
    assertThat(TRIGGERS.messages(cron("\"0 30 * * *\"")))
        .containsExactly(
            "Expected 'cron' to be a cron expression, but as UNIX cron: Value 30 not in range [0, 23];"
                + " as Quartz cron: Cron expression contains 5 parts but we expect one of [6, 7].");
    assertThat(TRIGGERS.messages(cron("\"0,59 * * * * ?\"")))
        .containsExactly(
            "Expected 'cron' to leave at least 60 seconds between two fires, but there are 59.");
    assertThat(TRIGGERS.messages(cron("\"0 0 30 2 *\"")))
        .containsExactly(
            "Expected 'cron' to be a cron expression that fires, but no day in this century fits it.");
  }

  @Test
  void shouldKeepTheLimitOfACron() {
    TRIGGERS.accepted(cron("\"0 0 * * *" + " ".repeat(247) + "\""));
    TRIGGERS.assertTold(
        cron("«\"0 0 * * *" + " ".repeat(248) + "\""), "LIMIT $.time_triggers[0].cron");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "US/Pacific", "America/Argentina/Ushuaia", "Etc/GMT+5", "GMT"})
  void shouldTakeZonesAndTheirOldNames(String zone) {
    assertThat(daily("\"timezone\": \"" + zone + "\"").timezone().getId()).isEqualTo(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"us/pacific\"", "\"+02:00\"", "\"Z\"", "\"\"", "\"${tz}\""})
  void shouldRefuseWhatIsNoZone(String zone) {
    TRIGGERS.assertTold(
        trigger(DAILY + "\"timezone\": «" + zone), "BAD_VALUE $.time_triggers[0].timezone");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "60000, 60000",
    "'\"0s\"', 0",
    "'\"1500 ms\"', 1500",
    "'\"PT1H\"', 3600000",
    "10368000000, 10368000000",
    "'\"120 days\"', 10368000000"
  })
  void shouldReadAFuzzyDelayAsTextOrAsMilliseconds(String written, long millis) {
    assertThat(daily("\"fuzzy_max_delay\": " + written).fuzzyMaxDelay())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "10368000001",
        "99999999999999999999",
        "1.5",
        "\"30\"",
        "\" 30 \"",
        "\"soon\"",
        "\"\"",
        "\"PT-1S\"",
        "\"${d}\"",
        "\"120 days 1 ms\"",
      })
  void shouldRefuseOtherFuzzyDelays(String delay) {
    String code = delay.equals("1.5") ? "WRONG_TYPE" : "BAD_VALUE";

    TRIGGERS.assertTold(
        trigger(DAILY + "\"fuzzy_max_delay\": «" + delay),
        code + " $.time_triggers[0].fuzzy_max_delay");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "'\"60\"', 60", "'\"1 min\"', 60", "'\"3650 days\"', 315360000"})
  void shouldReadIntervals(String written, long seconds) {
    assertThat(interval("\"interval\": " + written).interval())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "59",
        "-60",
        "0",
        "\"59999 ms\"",
        "\"3650 days 1 ms\"",
        "\"1 week\"",
        "\"${i}\"",
        "\"\""
      })
  void shouldRefuseOtherIntervals(String interval) {
    TRIGGERS.assertTold(
        trigger("\"type\": \"INTERVAL\", \"interval\": «" + interval),
        "BAD_VALUE $.time_triggers[0].interval");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "'\"1767225600001\"', 2026-01-01T00:00:00.001Z",
    "'\"2026-01-01t00:00:00.5z\"', 2026-01-01T00:00:00.500Z",
    "'\"2026-01-01T01:00:00+01:00\"', 2026-01-01T00:00:00Z",
    "253402300799999, 9999-12-31T23:59:59.999Z"
  })
  void shouldReadStarts(String written, Instant start) {
    assertThat(interval("\"interval\": 60, \"start\": " + written).start()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "253402300800000",
        "\"1969-12-31T23:59:59.999Z\"",
        "\"2026-01-01\"",
        "\"2026-01-01T00:00:00\"",
        "\"2026-01-01T00:00:00.0001Z\"",
        "\"${start}\""
      })
  void shouldRefuseOtherStarts(String start) {
    TRIGGERS.assertTold(
        trigger("\"type\": \"INTERVAL\", \"interval\": 60, \"start\": «" + start),
        "BAD_VALUE $.time_triggers[0].start");
  }

  @Test
  void shouldRefuseWhatIsNoTrigger() {
    TRIGGERS.assertTold("\"time_triggers\": «{}", "WRONG_TYPE $.time_triggers");
    TRIGGERS.assertTold(
        "\"time_triggers\": [«7, «{}, {\"type\": «\"HOURLY\"}, «{\"type\": \"CRON\"},\n"
            + "«{\"type\": \"PREDEFINED\"}, «{\"type\": \"INTERVAL\"}]",
        "WRONG_TYPE $.time_triggers[0]",
        "MISSING $.time_triggers[1].type",
        "BAD_VALUE $.time_triggers[2].type",
        "MISSING $.time_triggers[3].cron",
        "MISSING $.time_triggers[4].expression",
        "MISSING $.time_triggers[5].interval");
    TRIGGERS.assertTold(
        """
        "time_triggers": [
          {"type": "CRON", "cron": «7, "timezone": «7, "fuzzy_max_delay": «true,
           "catch_up": «"some", «"expression": "@daily"},
          {"type": "PREDEFINED", "expression": «"@minutely", «"cron": "0 0 * * *"},
          {"type": "INTERVAL", "interval": «[], "start": «{}, «"end": 7}]
        """,
        "WRONG_TYPE $.time_triggers[0].cron",
        "WRONG_TYPE $.time_triggers[0].timezone",
        "WRONG_TYPE $.time_triggers[0].fuzzy_max_delay",
        "BAD_VALUE $.time_triggers[0].catch_up",
        "UNKNOWN_FIELD $.time_triggers[0].expression",
        "BAD_VALUE $.time_triggers[1].expression",
        "UNKNOWN_FIELD $.time_triggers[1].cron",
        "WRONG_TYPE $.time_triggers[2].interval",
        "WRONG_TYPE $.time_triggers[2].start",
        "UNKNOWN_FIELD $.time_triggers[2].end");
  }

  @Test
  void shouldKeepTheLimitOfTriggers() {
    assertThat(TRIGGERS.accepted("\"time_triggers\": " + many(LIMITS.maxTriggers())))
        .hasSize(LIMITS.maxTriggers());
    TRIGGERS.assertTold(
        "\"time_triggers\": «" + many(LIMITS.maxTriggers() + 1), "LIMIT $.time_triggers");
  }

  @Test
  void shouldLookForTheFiresOfFewCronsThatNeverFire() {
    List<String> few = Collections.nCopies(TimeTriggerReader.MAX_NEVER_FIRING, NEVER);
    List<String> more = new ArrayList<>(few);
    more.add(OFTEN);
    List<String> most = Collections.nCopies(LIMITS.maxTriggers(), NEVER);

    assertThat(TRIGGERS.messages("\"time_triggers\": " + few))
        .hasSize(TimeTriggerReader.MAX_NEVER_FIRING)
        .allMatch(message -> message.contains("no day in this century fits it"));
    for (List<String> beyond : List.of(more, most)) {
      assertThat(TRIGGERS.messages("\"time_triggers\": " + beyond))
          .hasSize(TimeTriggerReader.MAX_NEVER_FIRING + 1)
          .last()
          .isEqualTo(
              "Expected the cron expressions before 'cron' to fire, but 5 never do,"
                  + " so this one and those after it were not looked at.");
    }
  }

  private static final String NEVER = "{\"type\": \"CRON\", \"cron\": \"0 0 30 2 *\"}";
  private static final String OFTEN = "{\"type\": \"CRON\", \"cron\": \"0 0 * * *\"}";
  private static final String DAILY = "\"type\": \"PREDEFINED\", \"expression\": \"@daily\", ";

  private static List<String> many(int count) {
    return Collections.nCopies(count, "{\"type\": \"CRON\", \"cron\": \"0 0 * * *\"}");
  }

  private static TimeTrigger daily(String field) {
    return TRIGGERS.accepted(trigger(DAILY + field)).get(0);
  }

  private static TimeTrigger.Interval interval(String fields) {
    return (TimeTrigger.Interval)
        TRIGGERS.accepted(trigger("\"type\": \"INTERVAL\", " + fields)).get(0);
  }

  private static String cron(String written) {
    return trigger("\"type\": \"CRON\", \"cron\": " + written);
  }

  private static String trigger(String fields) {
    return "\"time_triggers\": [{" + fields + "}]";
  }
}

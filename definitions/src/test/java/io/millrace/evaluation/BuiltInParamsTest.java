package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuiltInParamsTest {
  private static final ParamEvaluator EVALUATOR = new ParamEvaluator(ParamLimits.DEFAULT);
  private static final WorkflowParams WORKFLOW = new WorkflowParams(ParamLimits.DEFAULT, Map.of());
  private static final WorkflowFacts FACTS = new WorkflowFacts("my.flow", "me", null, null);
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.008Z");

  /** Instants around both changes of each zone, a change of the year, and a leap day. */
  @ParameterizedTest
  @CsvSource({
    "2021-03-14T09:59:59.999Z, US/Pacific",
    "2021-03-14T10:00:00Z, US/Pacific",
    "2021-03-14T10:59:00Z, US/Pacific",
    "2021-11-07T07:30:00Z, US/Pacific",
    "2021-11-07T08:30:00Z, US/Pacific",
    "2021-11-07T09:30:00Z, US/Pacific",
    "2021-11-07T10:00:00Z, US/Pacific",
    "2021-03-28T00:59:59.999Z, Europe/Berlin",
    "2021-03-28T01:00:00Z, Europe/Berlin",
    "2021-03-28T01:30:00Z, Europe/Berlin",
    "2021-10-30T23:30:00Z, Europe/Berlin",
    "2021-10-31T00:30:00Z, Europe/Berlin",
    "2021-10-31T01:30:00Z, Europe/Berlin",
    "2021-10-31T02:00:00Z, Europe/Berlin",
    "2020-12-31T22:59:59.999Z, Europe/Berlin",
    "2020-12-31T23:00:00Z, Europe/Berlin",
    "2021-01-01T00:00:00Z, Europe/Berlin",
    "2021-01-01T07:59:59.999Z, US/Pacific",
    "2021-01-01T08:00:00Z, US/Pacific",
    "2020-02-29T12:00:00Z, UTC",
    "2020-03-01T00:00:00Z, UTC",
    "2021-06-01T18:40:00Z, Asia/Kolkata",
    "2021-10-02T15:31:00Z, Australia/Lord_Howe",
    "2021-10-02T15:45:00Z, Australia/Lord_Howe",
    "2021-04-03T15:15:00Z, Australia/Lord_Howe",
    "1969-12-31T23:59:59Z, US/Pacific",
  })
  void shouldGiveEveryDateOfTheRun(Instant run, String zone) {
    // given
    Map<String, ParamDefinition> given = new LinkedHashMap<>();
    given.put("RUN_TS", ParamDefinition.literal(new ParamValue.Int(run.toEpochMilli())));
    given.put("WORKFLOW_CRON_TIMEZONE", ParamDefinition.literal(new ParamValue.Text(zone)));

    // when
    Map<String, String> params = evaluated(FACTS, given);

    // then
    assertThat(params).containsExactlyInAnyOrderEntriesOf(expected(run, zone));
  }

  @Test
  void shouldTakeTheTimeOfTheStartAndUtc() {
    Map<String, String> expected = expected(NOW, "UTC");

    assertThat(evaluated(FACTS, Map.of())).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest
  @CsvSource({
    ",,UTC,UTC",
    "Europe/Berlin,,Europe/Berlin,Europe/Berlin",
    "Europe/Berlin,US/Pacific,Europe/Berlin,US/Pacific",
    ",US/Pacific,UTC,US/Pacific",
  })
  void shouldTakeTheZoneOfTheInitiatorOrElseOfTheFirstTrigger(
      String trigger, String initiator, String dsl, String cron) {
    WorkflowFacts facts = new WorkflowFacts("my.flow", "me", trigger, initiator);

    assertThat(evaluated(facts, Map.of()))
        .containsEntry("DSL_DEFAULT_TZ", dsl)
        .containsEntry("WORKFLOW_CRON_TIMEZONE", cron);
  }

  @Test
  void shouldMoveAllDatesWithTheTimeOfTheRun() {
    Map<String, String> before = evaluated(FACTS, Map.of());

    Map<String, String> after =
        evaluated(
            FACTS,
            Map.of("RUN_TS", ParamDefinition.literal(new ParamValue.Int(1_234_567_890_000L))));

    RunDates.all()
        .forEach(
            date ->
                assertThat(after.get(date.name()))
                    .as(date.name())
                    .isNotEqualTo(before.get(date.name())));
  }

  @Test
  void shouldMoveLocalDatesWithTheZone() {
    // given: 05:06 in UTC is 21:06 of the day before in California
    Map<String, String> utc = evaluated(FACTS, Map.of());

    // when
    Map<String, String> pacific =
        evaluated(
            FACTS,
            Map.of("DSL_DEFAULT_TZ", ParamDefinition.literal(new ParamValue.Text("US/Pacific"))));

    // then
    assertThat(pacific)
        .containsEntry("TARGET_RUN_DATE", "20260303")
        .containsEntry("TARGET_RUN_HOUR", "21")
        .containsEntry("LOCAL_RUN_DATE", "20260303")
        .containsEntry("RUN_DATE", "20260304")
        .containsEntry("DERIVED_RUN_TS", utc.get("DERIVED_RUN_TS"));
  }

  @Test
  void shouldMoveDerivedDatesWithTheTargetDateAlone() {
    Map<String, String> params =
        evaluated(
            FACTS,
            Map.of("TARGET_RUN_DATE", ParamDefinition.literal(new ParamValue.Int(20210101))));

    assertThat(params)
        .containsEntry("DERIVED_RUN_DATE_UTC", "20210101")
        .containsEntry("DERIVED_RUN_DATE_UTC_MINUS_ONE", "20201231")
        .containsEntry("DERIVED_RUN_HOUR_UTC", "05")
        .containsEntry("RUN_DATE", "20260304")
        .containsEntry("LOCAL_RUN_DATE", "20260304");
  }

  @ParameterizedTest
  @CsvSource({
    "US/Pacific, 20210314, 02, 2021-03-14T10:00:00Z",
    "Europe/Berlin, 20210328, 02, 2021-03-28T01:00:00Z",
    "US/Pacific, 20211107, 01, 2021-11-07T08:00:00Z",
    "Europe/Berlin, 20211031, 02, 2021-10-31T00:00:00Z",
    "Pacific/Apia, 20111231, 00, 2011-12-30T10:00:00Z",
  })
  void shouldBeginAMissingHourAfterTheGapAndADoubledOneFirst(
      String zone, String date, String hour, Instant begins) {
    Map<String, String> params =
        evaluated(
            FACTS,
            Map.of(
                "WORKFLOW_CRON_TIMEZONE", ParamDefinition.literal(new ParamValue.Text(zone)),
                "TARGET_RUN_DATE", ParamDefinition.literal(new ParamValue.Text(date)),
                "TARGET_RUN_HOUR", ParamDefinition.literal(new ParamValue.Text(hour))));

    assertThat(params).containsEntry("DERIVED_RUN_TS", "" + begins.toEpochMilli());
  }

  @Test
  void shouldKeepAllButTheReservedOpenToTheStart() {
    BuiltInParams.WORKFLOW
        .params()
        .forEach(
            (name, param) ->
                assertThat(param.mode())
                    .as(name)
                    .isEqualTo(
                        name.equals("owner") || name.equals("workflow_id")
                            ? ParamMode.CONSTANT
                            : ParamMode.MUTABLE_ON_START));
    assertThat(BuiltInParams.WORKFLOW.reserved()).containsExactlyInAnyOrder("owner", "workflow_id");
    assertThat(BuiltInParams.STEP.reserved()).isEqualTo(BuiltInParams.STEP.params().keySet());
    assertThat(BuiltInParams.WHILE.reserved()).containsExactlyInAnyOrder("loop_index", "condition");
  }

  @Test
  void shouldGiveEveryKindOfStepItsParams() {
    assertThat(types(BuiltInParams.STEP))
        .containsExactly(
            Map.entry("workflow_instance_id", ParamType.LONG),
            Map.entry("step_instance_uuid", ParamType.STRING),
            Map.entry("step_attempt_id", ParamType.LONG),
            Map.entry("step_id", ParamType.STRING));
    assertThat(types(BuiltInParams.FOREACH))
        .containsExactly(
            Map.entry("loop_params", ParamType.MAP), Map.entry("loop_index", ParamType.LONG));
    assertThat(types(BuiltInParams.WHILE))
        .containsExactly(
            Map.entry("loop_params", ParamType.MAP),
            Map.entry("loop_index", ParamType.LONG),
            Map.entry("condition", ParamType.BOOLEAN));
    assertThat(BuiltInParams.WHILE.defaults().get("loop_index"))
        .extracting(ParamDefinition::literal)
        .isEqualTo(new ParamValue.Int(-1));
    assertThat(BuiltInParams.WHILE.defaults().get("condition"))
        .extracting(ParamDefinition::literal)
        .isEqualTo(new ParamValue.Bool(false));
  }

  @Test
  void shouldTakeWhatTheEngineKnowsAsItIs() {
    WorkflowFacts facts = new WorkflowFacts("my.flow", "$me and ${you}", null, null);

    assertThat(evaluated(facts, Map.of()))
        .containsEntry("owner", "$me and ${you}")
        .containsEntry("workflow_id", "my.flow");
    assertThat(BuiltInParams.of(new StepFacts("job", 7, "uuid", 2)).values())
        .extracting(ParamDefinition::literal)
        .containsExactly(
            new ParamValue.Int(7),
            new ParamValue.Text("uuid"),
            new ParamValue.Int(2),
            new ParamValue.Text("job"));
  }

  private static Map<String, ParamType> types(BuiltInParams params) {
    Map<String, ParamType> types = new LinkedHashMap<>();
    params.params().forEach((name, param) -> types.put(name, param.type()));
    return types;
  }

  private static Map<String, String> evaluated(
      WorkflowFacts facts, Map<String, ParamDefinition> given) {
    Merged merged = WORKFLOW.fresh(facts, Map.of(), new GivenParams(ParamSource.LAUNCH, given));
    assertThat(merged).isInstanceOf(Merged.Params.class);
    Evaluation evaluation =
        EVALUATOR.workflow(
            ((Merged.Params) merged).params(),
            Elsewhere.NOWHERE,
            new Surroundings(NOW.toEpochMilli(), "seed", ParamFunctions.NONE));
    assertThat(evaluation).isInstanceOf(Evaluation.Evaluated.class);
    Map<String, String> texts = new LinkedHashMap<>();
    ((Evaluation.Evaluated) evaluation)
        .params()
        .forEach((name, param) -> texts.put(name, ParamText.of(param.value())));
    return texts;
  }

  /** All names of a workflow, as java.time has them. */
  private static Map<String, String> expected(Instant run, String zoneId) {
    ZoneId zone = ZoneId.of(zoneId);
    ZoneId pacific = ZoneId.of("US/Pacific");
    // Of two hours of one name java.time, too, takes the first; of one in a gap the end of it.
    Instant derived =
        ZonedDateTime.of(LocalDateTime.ofInstant(run, zone).truncatedTo(ChronoUnit.HOURS), zone)
            .toInstant();
    Map<String, String> dates = new LinkedHashMap<>();
    dates.put("DSL_DEFAULT_TZ", "UTC");
    dates.put("WORKFLOW_CRON_TIMEZONE", zoneId);
    dates.put("RUN_TS", "" + run.toEpochMilli());
    dates.put("TARGET_RUN_DATE", date(run.atZone(zone)));
    dates.put("TARGET_RUN_HOUR", hour(run.atZone(zone)));
    dates.put("DERIVED_RUN_TS", "" + derived.toEpochMilli());
    dates.put("DERIVED_RUN_DATE_US_PACIFIC", date(derived.atZone(pacific)));
    dates.put("DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE", date(derived.atZone(pacific).minusDays(1)));
    ZonedDateTime utc = derived.atZone(ZoneOffset.UTC);
    dates.put("DERIVED_RUN_DATE_UTC", date(utc));
    dates.put("DERIVED_RUN_DATE_UTC_MINUS_ONE", date(utc.minusDays(1)));
    dates.put("DERIVED_RUN_DATE_UTC_PLUS_ONE", date(utc.plusDays(1)));
    dates.put("DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR", date(utc.minusHours(1)));
    dates.put("DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR", date(utc.plusHours(1)));
    dates.put("DERIVED_RUN_HOUR_US_PACIFIC", hour(derived.atZone(pacific)));
    dates.put("DERIVED_RUN_HOUR_UTC", hour(utc));
    dates.put("DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR", hour(utc.minusHours(1)));
    dates.put("DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR", hour(utc.plusHours(1)));
    dates.put("LOCAL_RUN_DATE", date(run.atZone(zone)));
    dates.put("RUN_DATE", date(run.atZone(ZoneOffset.UTC)));
    dates.put("RUN_DATE_MINUS_1", date(run.atZone(ZoneOffset.UTC).minusDays(1)));
    dates.put("RUN_DATE_MINUS_7", date(run.atZone(ZoneOffset.UTC).minusDays(7)));
    dates.put("owner", "me");
    dates.put("workflow_id", "my.flow");
    return dates;
  }

  private static String date(ZonedDateTime time) {
    return DateTimeFormatter.ofPattern("yyyyMMdd").format(time);
  }

  private static String hour(ZonedDateTime time) {
    return DateTimeFormatter.ofPattern("HH").format(time);
  }
}

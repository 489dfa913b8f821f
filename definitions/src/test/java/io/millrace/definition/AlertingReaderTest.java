package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertingReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final Part<Optional<Alerting>> ALERTING =
      Part.readBy(
          (fields, problems) -> new AlertingReader(LIMITS, problems).read(fields, new TextUses()));
  private static final Part<List<TextUse>> USES =
      Part.readBy(
          (fields, problems) -> {
            TextUses uses = new TextUses();
            new AlertingReader(LIMITS, problems).read(fields, uses);
            return uses.all();
          });
  private static final Alerting NOTHING =
      new Alerting(List.of(), List.of(), null, null, null, null, Map.of());

  @Test
  void shouldReadAllThatAlertingCanSay() {
    assertThat(
            ALERTING.accepted(
                """
                "alerting": {
                  "emails": ["a@example.org", "${team}@example.org"],
                  "pagerduties": ["service"],
                  "slack": {"users": ["u"], "channels": ["c", "d"], "mention_users": ["m"]},
                  "bypass_digest_config": {"workflow": true, "steps": ["job.1"]},
                  "pagerduty_config": {"severity": "critical", "always_page": true},
                  "tct": {"completed_by_hour": 30, "tz": "US/Pacific"},
                  "type_configs": {
                    "STEP_FAILURE": {
                      "emails": ["b@example.org"], "pagerduties": ["p"], "slack": {"users": ["v"]},
                      "actions": ["email", "page", "slack", "cancel"], "disabled": true,
                      "granularity": "STEP", "duration_minutes": 5},
                    "long_running": {}}}
                """))
        .hasValue(
            new Alerting(
                List.of("a@example.org", "${team}@example.org"),
                List.of("service"),
                new Alerting.Slack(List.of("u"), List.of("c", "d"), List.of("m")),
                new Alerting.BypassDigestConfig(true, List.of("job.1")),
                new Alerting.PagerdutyConfig(Alerting.Severity.CRITICAL, true),
                new TargetCompletionTime(
                    new TargetCompletionTime.CompletedByHour(30), ZoneId.of("US/Pacific")),
                Map.of(
                    AlertType.STEP_FAILURE,
                    new Alerting.TypeConfig(
                        List.of("b@example.org"),
                        List.of("p"),
                        new Alerting.Slack(List.of("v"), List.of(), List.of()),
                        List.of(
                            Alerting.Action.EMAIL,
                            Alerting.Action.PAGE,
                            Alerting.Action.SLACK,
                            Alerting.Action.CANCEL),
                        true,
                        Alerting.Granularity.STEP,
                        5L),
                    AlertType.LONG_RUNNING,
                    new Alerting.TypeConfig(
                        List.of(), List.of(), null, List.of(), false, null, null))));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(ALERTING.accepted("")).isEmpty();
    assertThat(ALERTING.accepted("\"alerting\": null")).isEmpty();
    assertThat(ALERTING.accepted("\"alerting\": {}")).hasValue(NOTHING);
    assertThat(
            ALERTING.accepted(
                "\"alerting\": {\"slack\": {}, \"bypass_digest_config\": {}, \"pagerduty_config\": {}}"))
        .hasValue(
            new Alerting(
                List.of(),
                List.of(),
                new Alerting.Slack(List.of(), List.of(), List.of()),
                new Alerting.BypassDigestConfig(false, List.of()),
                new Alerting.PagerdutyConfig(null, false),
                null,
                Map.of()));
  }

  @Test
  void shouldTellOnceThatNobodyIsAlertedYet() {
    assertThat(ALERTING.notYet("\"alerting\": {\"emails\": [\"a\"], \"pagerduties\": [\"p\"]}"))
        .containsExactly("$.alerting");
    assertThat(ALERTING.notYet("\"alerting\": {}")).isEmpty();
  }

  @Test
  void shouldPutAddressesAndTheTimeIntoTheUses() {
    List<TextUse> uses =
        USES.accepted(
            """
            "alerting": {
              "emails": ["a@example.org", "${team}@example.org"],
              "pagerduties": ["${p}"],
              "tct": {"completed_by_ts": "${deadline}"},
              "type_configs": {"RUN_SUCCESS": {"emails": ["$owner"]}}}
            """);

    assertThat(uses)
        .extracting(use -> use.purpose() + " " + use.form() + " " + use.text())
        .containsExactly(
            "ALERT INTERPOLATED ${team}@example.org",
            "ALERT INTERPOLATED ${deadline}",
            "ALERT INTERPOLATED $owner");
    assertThat(uses)
        .extracting(use -> use.place().path())
        .containsExactly(
            "$.alerting.emails[1]",
            "$.alerting.tct.completed_by_ts",
            "$.alerting.type_configs.RUN_SUCCESS.emails[0]");
  }

  @Test
  void shouldReadTheThreeFormsOfATargetCompletionTime() {
    assertThat(tct("\"completed_by_hour\": 1, \"tz\": \"UTC\""))
        .isEqualTo(
            new TargetCompletionTime(
                new TargetCompletionTime.CompletedByHour(1), ZoneId.of("UTC")));
    assertThat(tct("\"duration_minutes\": \"60\""))
        .isEqualTo(new TargetCompletionTime(new TargetCompletionTime.DurationMinutes(60), null));
    assertThat(tct("\"completed_by_ts\": 1767225600000"))
        .isEqualTo(
            new TargetCompletionTime(
                new TargetCompletionTime.CompletedByTs("1767225600000"), null));
    assertThat(tct("\"completed_by_ts\": \"${ts}\", \"completed_by_hour\": null"))
        .isEqualTo(new TargetCompletionTime(new TargetCompletionTime.CompletedByTs("${ts}"), null));
  }

  @Test
  void shouldWantOneFormOfATargetCompletionTime() {
    ALERTING.assertTold("\"alerting\": {\"tct\": «{}}", "BAD_VALUE $.alerting.tct");
    ALERTING.assertTold("\"alerting\": {\"tct\": «{\"tz\": \"UTC\"}}", "BAD_VALUE $.alerting.tct");
    ALERTING.assertTold(
        "\"alerting\": {\"tct\": «{\"completed_by_hour\": 1, \"duration_minutes\": 1}}",
        "BAD_VALUE $.alerting.tct");
    assertThat(
            ALERTING.messages(
                "\"alerting\": {\"tct\": {\"completed_by_hour\": 1, \"duration_minutes\": 1, \"completed_by_ts\": 1}}"))
        .containsExactly(
            "Expected 'tct' to have one of completed_by_hour, duration_minutes and completed_by_ts,"
                + " but it has 3.");
  }

  @ParameterizedTest
  @CsvSource({
    "completed_by_hour, 0, 2880",
    "duration_minutes, 1, 172800",
    "completed_by_ts, 0, 9223372036854775807"
  })
  void shouldKeepTheLimitsOfATargetCompletionTime(String field, String min, String max) {
    String path = "$.alerting.tct." + field;

    tct("\"" + field + "\": " + min);
    tct("\"" + field + "\": " + max);
    for (String beyond :
        List.of(
            String.valueOf(Long.parseLong(min) - 1),
            new BigInteger(max).add(BigInteger.ONE).toString(),
            "\"soon\"",
            "\"\"")) {
      ALERTING.assertTold(
          "\"alerting\": {\"tct\": {\"" + field + "\": «" + beyond + "}}", "BAD_VALUE " + path);
    }
    ALERTING.assertTold("\"alerting\": {\"tct\": {\"" + field + "\": «[]}}", "WRONG_TYPE " + path);
  }

  @Test
  void shouldKeepTheLimitsOfATypesDuration() {
    typeConfig("\"duration_minutes\": 1");
    typeConfig("\"duration_minutes\": 172800");
    for (String beyond : List.of("0", "172801")) {
      ALERTING.assertTold(
          "\"alerting\": {\"type_configs\": {\"LONG_RUNNING\": {\"duration_minutes\": «"
              + beyond
              + "}}}",
          "BAD_VALUE $.alerting.type_configs.LONG_RUNNING.duration_minutes");
    }
  }

  @ParameterizedTest
  @EnumSource(AlertType.class)
  void shouldReadEveryType(AlertType type) {
    assertThat(
            ALERTING
                .accepted("\"alerting\": {\"type_configs\": {\"" + type + "\": {}}}")
                .orElseThrow()
                .typeConfigs())
        .containsOnlyKeys(type);
  }

  @ParameterizedTest
  @EnumSource(Alerting.Severity.class)
  void shouldReadEverySeverity(Alerting.Severity severity) {
    assertThat(
            ALERTING
                .accepted(
                    "\"alerting\": {\"pagerduty_config\": {\"severity\": \"" + severity + "\"}}")
                .orElseThrow()
                .pagerdutyConfig())
        .isEqualTo(new Alerting.PagerdutyConfig(severity, false));
  }

  @ParameterizedTest
  @EnumSource(Alerting.Granularity.class)
  void shouldReadEveryGranularity(Alerting.Granularity granularity) {
    assertThat(typeConfig("\"granularity\": \"" + granularity + "\"").granularity())
        .isEqualTo(granularity);
  }

  @Test
  void shouldRefuseWhatIsNoAlerting() {
    ALERTING.assertTold("\"alerting\": «[]", "WRONG_TYPE $.alerting");
    ALERTING.assertTold(
        """
        "alerting": {"emails": «"a", "pagerduties": [«7], "slack": «[], "tct": «7, "type_configs": «[],
          "bypass_digest_config": «7, "pagerduty_config": «7, «"phones": ["1"]}
        """,
        "WRONG_TYPE $.alerting.emails",
        "WRONG_TYPE $.alerting.pagerduties[0]",
        "WRONG_TYPE $.alerting.slack",
        "WRONG_TYPE $.alerting.tct",
        "WRONG_TYPE $.alerting.type_configs",
        "WRONG_TYPE $.alerting.bypass_digest_config",
        "WRONG_TYPE $.alerting.pagerduty_config",
        "UNKNOWN_FIELD $.alerting.phones");
  }

  @Test
  void shouldRefuseWhatIsWrongInsideAlerting() {
    ALERTING.assertTold(
        """
        "alerting": {"emails": [«" "],
          "slack": {"users": [«7], "channels": «7, "mention_users": [«""], «"groups": []},
          "bypass_digest_config": {"workflow": «7, "steps": «"s", «"all": true},
          "pagerduty_config": {"severity": «"high", "always_page": «1, «"page": true},
          "tct": {"duration_minutes": 1, "tz": «"PDT", «"hours": 1},
          "type_configs": {
            «"STEP_FAILED": {},
            "RUN_SUCCESS": «7,
            "LONG_RUNNING": {"emails": «7, "pagerduties": «7, "slack": «7, "actions": [«"call"],
               "disabled": «7, "granularity": «"RUN", "duration_minutes": «[], «"tct": {}},
            "TCT_VIOLATION": {"actions": «"email"},
            "DEPENDENCY_LATE": {"actions": ["email", «"EMAIL"]},
            «"long_running": {}}}
        """,
        "BAD_VALUE $.alerting.emails[0]",
        "WRONG_TYPE $.alerting.slack.users[0]",
        "WRONG_TYPE $.alerting.slack.channels",
        "BAD_VALUE $.alerting.slack.mention_users[0]",
        "UNKNOWN_FIELD $.alerting.slack.groups",
        "WRONG_TYPE $.alerting.bypass_digest_config.workflow",
        "WRONG_TYPE $.alerting.bypass_digest_config.steps",
        "UNKNOWN_FIELD $.alerting.bypass_digest_config.all",
        "BAD_VALUE $.alerting.pagerduty_config.severity",
        "WRONG_TYPE $.alerting.pagerduty_config.always_page",
        "UNKNOWN_FIELD $.alerting.pagerduty_config.page",
        "BAD_VALUE $.alerting.tct.tz",
        "UNKNOWN_FIELD $.alerting.tct.hours",
        "BAD_VALUE $.alerting.type_configs.STEP_FAILED",
        "WRONG_TYPE $.alerting.type_configs.RUN_SUCCESS",
        "WRONG_TYPE $.alerting.type_configs.LONG_RUNNING.emails",
        "WRONG_TYPE $.alerting.type_configs.LONG_RUNNING.pagerduties",
        "WRONG_TYPE $.alerting.type_configs.LONG_RUNNING.slack",
        "BAD_VALUE $.alerting.type_configs.LONG_RUNNING.actions[0]",
        "WRONG_TYPE $.alerting.type_configs.LONG_RUNNING.disabled",
        "BAD_VALUE $.alerting.type_configs.LONG_RUNNING.granularity",
        "WRONG_TYPE $.alerting.type_configs.LONG_RUNNING.duration_minutes",
        "UNKNOWN_FIELD $.alerting.type_configs.LONG_RUNNING.tct",
        "WRONG_TYPE $.alerting.type_configs.TCT_VIOLATION.actions",
        "DUPLICATE $.alerting.type_configs.DEPENDENCY_LATE.actions[1]",
        "DUPLICATE $.alerting.type_configs.long_running");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"emails\": ITEMS}",
        "{\"pagerduties\": ITEMS}",
        "{\"slack\": {\"users\": ITEMS}}",
        "{\"slack\": {\"channels\": ITEMS}}",
        "{\"slack\": {\"mention_users\": ITEMS}}",
        "{\"bypass_digest_config\": {\"steps\": ITEMS}}",
        "{\"type_configs\": {\"RUN_SUCCESS\": {\"emails\": ITEMS}}}",
        "{\"type_configs\": {\"RUN_SUCCESS\": {\"pagerduties\": ITEMS}}}"
      })
  void shouldKeepTheLimitsOfAddresses(String alerting) {
    String path = "$.alerting" + alerting.replaceAll("\\W*ITEMS.*", "").replaceAll("[{:\" ]+", ".");
    int limit = LIMITS.maxAlertTargets();

    ALERTING.accepted(
        "\"alerting\": "
            + alerting.replace("ITEMS", Collections.nCopies(limit, "\"a\"").toString()));
    ALERTING.assertTold(
        "\"alerting\": " + alerting.replace("ITEMS", "«" + Collections.nCopies(limit + 1, "\"a\"")),
        "LIMIT " + path);
    ALERTING.accepted(
        "\"alerting\": "
            + alerting.replace("ITEMS", "[\"" + "a".repeat(LIMITS.maxNameChars()) + "\"]"));
    ALERTING.assertTold(
        "\"alerting\": "
            + alerting.replace("ITEMS", "[«\"" + "a".repeat(LIMITS.maxNameChars() + 1) + "\"]"),
        "LIMIT " + path + "[0]");
  }

  private static TargetCompletionTime tct(String fields) {
    TargetCompletionTime tct =
        ALERTING.accepted("\"alerting\": {\"tct\": {" + fields + "}}").orElseThrow().tct();
    assertThat(tct).isNotNull();
    return tct;
  }

  private static Alerting.TypeConfig typeConfig(String fields) {
    return ALERTING
        .accepted("\"alerting\": {\"type_configs\": {\"LONG_RUNNING\": {" + fields + "}}}")
        .orElseThrow()
        .typeConfigs()
        .get(AlertType.LONG_RUNNING);
  }
}

package io.millrace.definition;

import static io.millrace.definition.Told.assertNotYet;
import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.label.Notes;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertiesReaderTest {

  @Test
  void shouldHaveDefaults() {
    assertThat(properties("\"owner\": \"me\""))
        .isEqualTo(new Properties("me", RunStrategy.DEFAULT, null));
  }

  @Test
  void shouldReadAnOwnerAsTextOrAsAnObjectWithNotes() {
    Properties properties = properties("\"owner\": {\"name\": \"me\", \"team\": 7}");
    assertThat(properties.owner()).isEqualTo("me");
    assertThat(properties.ownerNotes()).isEqualTo(new Notes(Map.of("team", 7)));
    assertTold(text("\"owner\": «{\"team\": 7}"), "MISSING $.properties.owner.name");
    assertTold(text("\"owner\": «\" \""), "BAD_VALUE $.properties.owner");
    assertTold(text("\"owner\": «[]"), "WRONG_TYPE $.properties.owner");
  }

  @Test
  void shouldReadTheThreeFormsOfARunStrategy() {
    assertThat(strategy("\"sequential\"")).isEqualTo(RunStrategy.DEFAULT);
    assertThat(strategy("\"PARALLEL\"")).isEqualTo(parallel(20));
    assertThat(strategy("7")).isEqualTo(parallel(7));
    assertThat(strategy("{\"rule\": \"Parallel\", \"workflow_concurrency\": 3}"))
        .isEqualTo(parallel(3));
    assertThat(strategy("{\"rule\": \"SEQUENTIAL\", \"workflow_concurrency\": 1}"))
        .isEqualTo(RunStrategy.DEFAULT);
  }

  @Test
  void shouldKeepTheLimitsOfConcurrency() {
    assertThat(strategy("1").concurrency()).isEqualTo(1);
    assertThat(strategy("1000").concurrency()).isEqualTo(1000);
    assertRefusedStrategy("«0", "BAD_VALUE $.properties.run_strategy");
    assertRefusedStrategy("«1001", "BAD_VALUE $.properties.run_strategy");
    assertRefusedStrategy(
        "{\"rule\": \"PARALLEL\", \"workflow_concurrency\": «1001}",
        "BAD_VALUE $.properties.run_strategy.workflow_concurrency");
    assertRefusedStrategy(
        "{\"rule\": \"SEQUENTIAL\", \"workflow_concurrency\": «2}",
        "BAD_VALUE $.properties.run_strategy.workflow_concurrency");
  }

  @Test
  void shouldRefuseUnknownPartsOfARunStrategy() {
    assertRefusedStrategy("«\"WHENEVER\"", "BAD_VALUE $.properties.run_strategy");
    assertRefusedStrategy("«true", "WRONG_TYPE $.properties.run_strategy");
    assertRefusedStrategy(
        "{«\"concurrency\": 2}", "UNKNOWN_FIELD $.properties.run_strategy.concurrency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STRICT_SEQUENTIAL", "first_only", "LAST_ONLY", "SERIAL_LATEST_ONLY"})
  void shouldReadTheRulesThatRunOneAtATime(String rule) {
    RunStrategy expected =
        new RunStrategy(RunStrategy.Rule.valueOf(rule.toUpperCase(Locale.ROOT)), 1);

    assertThat(strategy("\"" + rule + "\"")).isEqualTo(expected);
    assertThat(strategy("{\"rule\": \"" + rule + "\"}")).isEqualTo(expected);
    assertThat(strategy("{\"rule\": \"" + rule + "\", \"workflow_concurrency\": 1}"))
        .isEqualTo(expected);
    assertRefusedStrategy(
        "{\"rule\": \"" + rule + "\", \"workflow_concurrency\": «2}",
        "BAD_VALUE $.properties.run_strategy.workflow_concurrency");
  }

  @Test
  void shouldKeepTheLimitsOfTheStepConcurrency() {
    for (int limit : new int[] {1, Properties.MAX_STEP_CONCURRENCY}) {
      String text = text("\"owner\": \"me\", «\"step_concurrency\": " + limit);
      assertThat(Told.valid(text).properties().stepConcurrency()).isEqualTo(limit);
      assertNotYet(text, "$.properties.step_concurrency");
    }
    for (int wrong : new int[] {0, Properties.MAX_STEP_CONCURRENCY + 1}) {
      assertTold(
          text("\"owner\": \"me\", \"step_concurrency\": «" + wrong),
          "BAD_VALUE $.properties.step_concurrency");
    }
  }

  @Test
  void shouldReadWhatIsDisabled() {
    Properties properties =
        properties(
            "\"owner\": \"me\", \"alerting_disabled\": true, \"signal_trigger_disabled\": true,"
                + " \"time_trigger_disabled\": \"true\"");

    assertThat(properties.alertingDisabled()).isTrue();
    assertThat(properties.signalTriggerDisabled()).isTrue();
    assertThat(properties.timeTriggerDisabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"tags\": «[\"a\"]", "\"access_control\": «{\"a\": 1}"})
  void shouldRefuseWhatHasNoPlaceHere(String field) {
    String name = field.substring(1, field.indexOf('"', 1));

    assertTold(text("\"owner\": \"me\", " + field), "NOT_SUPPORTED_YET $.properties." + name);
  }

  @Test
  void shouldTakeFieldsThatSayNothing() {
    properties(
        "\"owner\": \"me\", \"alerting\": {}, \"tags\": [], \"step_concurrency\": null,"
            + " \"alerting_disabled\": false");
  }

  @Test
  void shouldRefuseUnknownFields() {
    assertTold(text("\"owner\": \"me\", «\"owners\": 1"), "UNKNOWN_FIELD $.properties.owners");
  }

  @Test
  void shouldKeepTheLimitOfADescription() {
    int limit = DefinitionLimits.DEFAULT.maxTextChars();

    assertThat(
            properties("\"owner\": \"me\", \"description\": \"" + "d".repeat(limit) + "\"")
                .description())
        .hasSize(limit);
    assertTold(
        text("\"owner\": \"me\", \"description\": «\"" + "d".repeat(limit + 1) + "\""),
        "LIMIT $.properties.description");
  }

  private static void assertRefusedStrategy(String strategy, String codeAndPath) {
    assertTold(text("\"owner\": \"me\", \"run_strategy\": " + strategy), codeAndPath);
  }

  private static RunStrategy strategy(String value) {
    return properties("\"owner\": \"me\", \"run_strategy\": " + value).runStrategy();
  }

  private static RunStrategy parallel(int concurrency) {
    return new RunStrategy(RunStrategy.Rule.PARALLEL, concurrency);
  }

  private static Properties properties(String fields) {
    return Told.accepted(text(fields)).properties();
  }

  private static String text(String fields) {
    return "{\"properties\": {"
        + fields
        + "},\n\"workflow\": {\"id\": \"w\", \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]}}";
  }
}

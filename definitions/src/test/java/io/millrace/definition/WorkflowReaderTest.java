package io.millrace.definition;

import static io.millrace.definition.Told.assertNotYet;
import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.label.Tag;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkflowReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;

  @Test
  void shouldHaveDefaults() {
    WorkflowDefinition workflow = Told.accepted(Told.step("\"type\": \"NoOp\"")).workflow();

    assertThat(workflow.name()).isNull();
    assertThat(workflow.description()).isNull();
    assertThat(workflow.timeout().require()).isEqualTo(Duration.ofDays(10));
    assertThat(workflow.tags()).isEmpty();
    assertThat(workflow.params()).isEmpty();
  }

  @Test
  void shouldReadItsFields() {
    WorkflowDefinition workflow =
        Told.accepted(
                Told.workflowField(
                    "\"name\": \"A name\", \"description\": \"Text\", \"timeout\": 60,"
                        + " \"tags\": [\"t\"], \"criticality\": \"high\","
                        + " \"params\": {\"b\": 1, \"a\": 2}"))
            .workflow();

    assertThat(workflow.name()).isEqualTo("A name");
    assertThat(workflow.description()).isEqualTo("Text");
    assertThat(workflow.timeout().require()).isEqualTo(Duration.ofMinutes(1));
    assertThat(workflow.tags()).containsExactly(Tag.named("t"));
    assertThat(workflow.params().keySet()).containsExactly("b", "a");
  }

  @Test
  void shouldRequireIdAndSteps() {
    assertTold(
        "{\"workflow\": «{}}".replace("«{", "««{"),
        "MISSING $.workflow.id",
        "MISSING $.workflow.steps");
    assertTold(Told.workflow("\"steps\": «[]"), "BAD_VALUE $.workflow.steps");
    assertTold(Told.workflow("\"steps\": «{}"), "WRONG_TYPE $.workflow.steps");
  }

  @Test
  void shouldRefuseFieldsOfAnotherKind() {
    assertTold(
        Told.workflowField("\"name\": «7, \"criticality\": «\"URGENT\", «\"jobs\": []"),
        "WRONG_TYPE $.workflow.name",
        "BAD_VALUE $.workflow.criticality",
        "UNKNOWN_FIELD $.workflow.jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"time_triggers\": [{\"type\": \"CRON\", \"cron\": \"0 0 * * *\"}]",
        "\"signal_triggers\": [{\"definitions\": {\"s\": {}}}]",
        "\"instance_step_concurrency\": 20"
      })
  void shouldNotTakeWhatCanNotBeHonouredYet(String field) {
    String name = field.substring(1, field.indexOf('"', 1));

    assertNotYet(Told.workflowField("«" + field), "$.workflow." + name);
  }

  @Test
  void shouldTakeEmptyTriggers() {
    Told.accepted(Told.workflowField("\"time_triggers\": [], \"signal_triggers\": []"));
  }

  @Test
  void shouldKeepTheLimitOfSteps() {
    assertThat(Told.accepted(Told.steps(noOps(LIMITS.maxSteps()))).workflow().steps())
        .hasSize(LIMITS.maxSteps());
    assertThat(Told.read(Told.steps(noOps(LIMITS.maxSteps() + 1))).problems())
        .extracting(Problem::code, Problem::path)
        .containsExactly(tuple(ProblemCode.LIMIT, "$.workflow.steps"));
  }

  @Test
  void shouldKeepTheLimitsOfTexts() {
    Told.accepted(
        Told.workflowField(
            "\"name\": \""
                + "n".repeat(LIMITS.maxNameChars())
                + "\", \"description\": \""
                + "d".repeat(LIMITS.maxTextChars())
                + "\""));
    assertTold(
        Told.workflowField(
            "\"name\": «\""
                + "n".repeat(LIMITS.maxNameChars() + 1)
                + "\", \"description\": «\""
                + "d".repeat(LIMITS.maxTextChars() + 1)
                + "\""),
        "LIMIT $.workflow.name",
        "LIMIT $.workflow.description");
  }

  private static String noOps(int count) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      items
          .append(i == 0 ? "" : ",\n")
          .append("{\"step\": {\"id\": \"s")
          .append(i)
          .append("\", \"type\": \"NoOp\"}}");
    }
    return items.toString();
  }
}

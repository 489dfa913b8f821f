package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  private static final int LIMIT = DefinitionLimits.DEFAULT.maxIdChars();

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "7", "a.b-c_d", "A__b", "maestro", "my_maestro_flow"})
  void shouldTakeWorkflowIds(String id) {
    assertThat(Told.accepted(workflow("\"" + id + "\"")).workflow().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".a", "-a", "a/b", "a:1", "a@2", "a b", "ä", "maestro_a", "a_Maestro"})
  void shouldRefuseOtherWorkflowIds(String id) {
    assertTold(workflow("«\"" + id + "\""), "BAD_NAME $.workflow.id");
  }

  @Test
  void shouldWantAnIdToBeText() {
    assertTold(workflow("«7"), "WRONG_TYPE $.workflow.id");
    assertTold(step("«7"), "WRONG_TYPE $.workflow.steps[0].step.id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "job.1", "a-b_c", "end_maestro"})
  void shouldTakeStepIds(String id) {
    assertThat(Told.accepted(step("\"" + id + "\"")).workflow().step(id)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", ".a", "a/b", "a:b", "a@b", "a b", "a__b", "maestro_a"})
  void shouldRefuseOtherStepIds(String id) {
    assertTold(step("«\"" + id + "\""), "BAD_NAME $.workflow.steps[0].step.id");
  }

  @Test
  void shouldKeepTheLimitOfIds() {
    Told.accepted(workflow("\"" + "w".repeat(LIMIT) + "\""));
    Told.accepted(step("\"" + "s".repeat(LIMIT) + "\""));
    Told.accepted(Told.params("\"" + "p".repeat(LIMIT) + "\": 1"));
    Told.accepted(Told.step("\"type\": \"" + "t".repeat(LIMIT) + "\""));

    assertTold(workflow("«\"" + "w".repeat(LIMIT + 1) + "\""), "LIMIT $.workflow.id");
    assertTold(step("«\"" + "s".repeat(LIMIT + 1) + "\""), "LIMIT $.workflow.steps[0].step.id");
    assertTold(
        Told.step("\"type\": «\"" + "t".repeat(LIMIT + 1) + "\""),
        "LIMIT $.workflow.steps[0].step.type");
  }

  @Test
  void shouldTellABadIdOnceThoughAnotherStepLeadsToIt() {
    assertTold(
        Told.steps(
            "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"transition\": {\"successors\": {\"b b\": \"true\"}}}},\n"
                + "{\"step\": {\"id\": «\"b b\", \"type\": \"NoOp\"}}"),
        "BAD_NAME $.workflow.steps[1].step.id");
  }

  private static String workflow(String id) {
    return "{\"workflow\": {\"id\": "
        + id
        + ", \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]}}";
  }

  private static String step(String id) {
    return Told.steps("{\"step\": {\"id\": " + id + ", \"type\": \"NoOp\"}}");
  }
}

package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransitionReaderTest {
  private static final String PATH = "$.workflow.steps[0].step.transition";

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "\"true;\"", "\" true \"", "\"\"", "true", "null"})
  void shouldReadASuccessorWithoutCondition(String condition) {
    StepDefinition step =
        Told.accepted(text("\"successors\": {\"b\": " + condition + "}")).workflow().steps().get(0);

    assertThat(step.successors()).containsExactly(Map.entry("b", "true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1 > 0\"", "\"false\"", "false"})
  void shouldReadConditions(String condition) {
    StepDefinition step =
        Told.accepted(text("\"successors\": {\"b\": " + condition + "}")).workflow().steps().get(0);

    assertThat(step.successors()).containsExactly(Map.entry("b", condition.replace("\"", "")));
  }

  @Test
  void shouldRefuseWhatIsNoTransition() {
    assertTold(text("\"successors\": {\"b\": «1}"), "WRONG_TYPE " + PATH + ".successors.b");
    assertTold(text("\"successors\": «[\"b\"]"), "WRONG_TYPE " + PATH + ".successors");
    assertTold(text("«\"next\": \"b\""), "UNKNOWN_FIELD " + PATH + ".next");
    assertTold(Told.step("\"type\": \"NoOp\", \"transition\": «\"b\""), "WRONG_TYPE " + PATH);
  }

  @Test
  void shouldRefuseRepeatedPredecessors() {
    assertTold(
        Told.steps(
            "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"transition\": {\"successors\": {\"b\": \"true\"}}}},\n"
                + "{\"step\": {\"id\": \"b\", \"type\": \"NoOp\", \"transition\": {\"predecessors\": [\"a\", «\"a\", «7]}}}"),
        "DUPLICATE $.workflow.steps[1].step.transition.predecessors[1]",
        "WRONG_TYPE $.workflow.steps[1].step.transition.predecessors[2]");
  }

  private static String text(String transition) {
    return Told.steps(
        "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"transition\": {"
            + transition
            + "}}},\n{\"step\": {\"id\": \"b\", \"type\": \"NoOp\"}}");
  }
}

package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DefinitionReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final String VALID = Told.step("\"type\": \"NoOp\"");

  @Test
  void shouldReadAPush() {
    Push push = Told.accepted(VALID);

    assertThat(push.active()).isTrue();
    assertThat(push.workflow().id()).isEqualTo("w");
    assertThat(push.workflow().step("a")).isPresent();
  }

  @Test
  void shouldReadTextAndItsBytesAlike() {
    String text = VALID.replace("\"me\"", "\"Jürgen 😀\"");

    DefinitionReading fromText = DefinitionReader.read(text);
    DefinitionReading fromBytes = DefinitionReader.read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(fromText.push()).isPresent();
    assertThat(fromBytes).isEqualTo(fromText);
  }

  @Test
  void shouldReadTextWithAByteOrderMark() {
    assertThat(DefinitionReader.read("\uFEFF" + VALID).problems()).isEmpty();
  }

  @Test
  void shouldTellAllProblemsInTheOrderOfTheirPlaces() {
    assertTold(
        """
        {
          "properties": «{"run_strategy": «"WHENEVER"},
          "workflow": {
            "id": «"a/b",
            "timeout": «"1 hr",
            "steps": [
              {"step": {"id": "x", "type": "NoOp", "transition": {"successors": {«"nowhere": "true"}}}},
              {"step": {"id": «"x", "type": «7}}
            ],
            «"color": "red"
          }
        }
        """,
        "MISSING $.properties.owner",
        "BAD_VALUE $.properties.run_strategy",
        "BAD_NAME $.workflow.id",
        "BAD_VALUE $.workflow.timeout",
        "UNKNOWN_STEP $.workflow.steps[0].step.transition.successors.nowhere",
        "DUPLICATE $.workflow.steps[1].step.id",
        "WRONG_TYPE $.workflow.steps[1].step.type",
        "UNKNOWN_FIELD $.workflow.color");
  }

  @Test
  void shouldTellWhereBytesAreNotUtf8() {
    byte[] bytes = "{\n \"é\": \"?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;

    Problem problem = DefinitionReader.read(bytes).problems().get(0);

    assertThat(problem.code()).isEqualTo(ProblemCode.SYNTAX);
    assertThat(problem.message()).contains("UTF-8");
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(8);
  }

  @Test
  void shouldCountLinesUpToBadBytesAsTheParserDoes() {
    byte[] bytes = "{\r\n \"a\": 1,\r \"b\": ?}".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xFF;

    assertThat(DefinitionReader.read(bytes).problems())
        .extracting(Problem::line, Problem::column)
        .containsExactly(tuple(3, 7));
  }

  @Test
  void shouldRefuseBytesThatEndWithinACharacter() {
    byte[] cut = {'{', '"', (byte) 0xC3};

    assertThat(DefinitionReader.read(cut).problems())
        .extracting(Problem::code, Problem::column)
        .containsExactly(tuple(ProblemCode.SYNTAX, 3));
  }

  @Test
  void shouldKeepTheLimitOfBytes() {
    String atLimit = padded(LIMITS.maxTextBytes());
    String beyond = padded(LIMITS.maxTextBytes() + 1);

    assertThat(DefinitionReader.read(atLimit).problems()).isEmpty();
    assertThat(DefinitionReader.read(atLimit.getBytes(StandardCharsets.UTF_8)).problems())
        .isEmpty();
    assertThat(DefinitionReader.read(beyond).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE);
    assertThat(DefinitionReader.read(beyond.getBytes(StandardCharsets.UTF_8)).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE);
  }

  @Test
  void shouldKeepTheLimitOfProblems() {
    int limit = LIMITS.maxProblems();

    assertThat(withUnknownFields(limit).problems())
        .hasSize(limit)
        .extracting(Problem::code)
        .containsOnly(ProblemCode.UNKNOWN_FIELD);
    assertThat(withUnknownFields(limit + 1).problems())
        .hasSize(limit + 1)
        .last()
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.LIMIT);
  }

  private static DefinitionReading withUnknownFields(int count) {
    StringBuilder fields = new StringBuilder("\"type\": \"NoOp\"");
    for (int i = 0; i < count; i++) {
      fields.append(", \"u").append(i).append("\": 1");
    }
    return DefinitionReader.read(Told.step(fields.toString()));
  }

  /** Spaces that are one byte each, after characters that are two, three and four. */
  private static String padded(int bytes) {
    String text = VALID.replace("\"me\"", "\"é€😀\"");
    int has = text.getBytes(StandardCharsets.UTF_8).length;
    return text + " ".repeat(bytes - has);
  }
}

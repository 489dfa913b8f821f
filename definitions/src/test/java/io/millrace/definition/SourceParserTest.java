package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SourceParserTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;

  @Test
  void shouldRefuseTextThatIsNotJson() {
    assertTold("«", "SYNTAX $");
    assertTold("« \n ", "SYNTAX $");
    assertTold("{\n \"workflow\": nope«}", "SYNTAX $");
    assertTold("{\"a\": [1, 2«}", "SYNTAX $");
    assertTold("{'a': 1}".replace("{'", "{«'"), "SYNTAX $");
  }

  @Test
  void shouldRefuseTextAfterTheObject() {
    DefinitionReading reading = Told.read(Told.step("\"type\": \"NoOp\"") + " {}");

    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.SYNTAX);
    assertThat(reading.problems().get(0).message()).contains("more follows");
  }

  @Test
  void shouldTellEveryNameThatIsWrittenTwice() {
    assertTold(
        Told.step("\"type\": \"NoOp\",\n «\"type\": \"Sleep\",\n\t «\"id\": \"b\""),
        "DUPLICATE $.workflow.steps[0].step.type",
        "DUPLICATE $.workflow.steps[0].step.id");
  }

  @Test
  void shouldQuoteNamesInPathsThatAreNotPlain() {
    assertTold(
        Told.params("\"a.b\": «null, «\"x y\": 1, «\"" + "n".repeat(129) + "\": 2"),
        "WRONG_TYPE $.workflow.steps[0].step.params['a.b']",
        "BAD_NAME $.workflow.steps[0].step.params['x y']",
        "LIMIT $.workflow.steps[0].step.params['" + "n".repeat(128) + "...']");
  }

  @Test
  void shouldKeepTheLimitOfNesting() {
    // Six levels are around the value of the param.
    assertThat(Told.read(Told.params("\"p\": " + nested(LIMITS.maxNesting() - 6))).problems())
        .extracting(Problem::code)
        .doesNotContain(ProblemCode.LIMIT);
    assertThat(Told.read(Told.params("\"p\": " + nested(LIMITS.maxNesting() - 5))).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.LIMIT);
  }

  @Test
  void shouldSurviveNestingWithoutEnd() {
    DefinitionReading reading = DefinitionReader.read("[".repeat(LIMITS.maxTextBytes()));

    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.LIMIT);
  }

  @Test
  void shouldKeepTheLimitOfNumbers() {
    String longest = "1." + "5".repeat(LIMITS.maxNumberChars() - 2);

    Told.accepted(Told.params("\"p\": " + longest));
    assertThat(Told.read(Told.params("\"p\": " + longest + "55")).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.LIMIT);
  }

  @Test
  void shouldRefuseHalfASurrogatePair() {
    Told.accepted(Told.params("\"p\": \"\\ud83d\\ude00\""));
    assertTold(Told.params("\"p\": «\"\\ud83d\""), "BAD_VALUE $.workflow.steps[0].step.params.p");
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}

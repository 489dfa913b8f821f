package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.Problem;
import io.millrace.definition.ProblemCode;
import io.millrace.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DefinitionProblemsTest {
  private final List<String> told = new ArrayList<>();
  private final DefinitionProblems problems = new DefinitionProblems(told::add);

  @TempDir Path folder;

  @Test
  void shouldGiveTheReasonOfAnEngineThatTakesNotEvenAValidDefinition() throws IOException {
    // given
    Path path = Files.writeString(folder.resolve("w.yaml"), "workflow: {}");
    DefinitionFile file = DefinitionFile.read(path, IllegalArgumentException::new);

    // when
    problems.refused(file, new Reply.Refused("RUN_STRATEGY", "Expected no run.", List.of()));

    // then
    String reason = path + ": Expected no run.";
    assertThat(told).containsExactly(reason);
    assertThat(problems.refusal().at("/error/code").textValue()).isEqualTo("RUN_STRATEGY");
    assertThat(problems.refusal().at("/error/message").textValue()).isEqualTo(reason);
    assertThat(problems.refusal().path("problems")).isEmpty();
  }

  @Test
  void shouldTellEachProblemOfAFileOnce() throws IOException {
    // given
    Path path = Files.writeString(folder.resolve("w.yaml"), "workflow: {}");
    DefinitionFile file = DefinitionFile.read(path, IllegalArgumentException::new);
    Problem warned = problem(Problem.Severity.WARNING, 1);
    Problem refused = problem(Problem.Severity.ERROR, 2);

    // when
    problems.add(file, List.of(warned));
    problems.refused(
        file, new Reply.Refused("INVALID_DEFINITION", "Expected none.", List.of(warned, refused)));

    // then
    assertThat(told).hasSize(2);
    assertThat(problems.document().findValuesAsText("severity"))
        .containsExactly("WARNING", "ERROR");
  }

  private static Problem problem(Problem.Severity severity, int column) {
    return new Problem(severity, ProblemCode.SYNTAX, "$", "Expected less.", 1, column);
  }
}

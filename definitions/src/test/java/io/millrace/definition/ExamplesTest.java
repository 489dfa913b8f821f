package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example files, which other modules and scripts use by their names. */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");

  @ParameterizedTest
  @CsvSource({
    "noop-diamond, 4, 1, 1, 20",
    "sequence, 5, 1, 1, 1000",
    "worker-sequence, 5, 1, 1, 1000",
    "mixed, 6, 1, 1, 1000",
    "retail-etl, 12, 1, 1, 1"
  })
  void shouldRead(String name, int steps, int roots, int ends, int concurrency) throws IOException {
    DefinitionReading reading = DefinitionReader.readFirst(text(name));

    assertThat(reading.problems()).isEmpty();
    Push push = reading.push().orElseThrow();
    WorkflowDefinition workflow = push.workflow();
    assertThat(workflow.id()).isEqualTo(name);
    assertThat(workflow.steps()).hasSize(steps);
    assertThat(workflow.steps())
        .filteredOn(
            step ->
                workflow.steps().stream()
                    .noneMatch(other -> other.successors().containsKey(step.id())))
        .hasSize(roots);
    assertThat(workflow.steps()).filteredOn(step -> step.successors().isEmpty()).hasSize(ends);
    assertThat(push.properties())
        .extracting(properties -> properties.runStrategy().concurrency())
        .isEqualTo(concurrency);
  }

  @Test
  void shouldBeCheckedAll() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "noop-diamond.json",
              "sequence.json",
              "worker-sequence.json",
              "mixed.json",
              "retail-etl.json");
    }
  }

  @Test
  void shouldHaveOneOfEachKindOfStepInTheMixedOne() throws IOException {
    WorkflowDefinition mixed = DefinitionReader.read(text("mixed")).push().orElseThrow().workflow();

    assertThat(mixed.steps())
        .extracting(step -> ((TypedStep) step).type())
        .containsOnly("NoOp", "Sleep", "noop-work");
    assertThat(mixed.steps())
        .extracting(StepDefinition::failureMode)
        .contains(FailureMode.values());
  }

  private static String text(String name) throws IOException {
    return Files.readString(EXAMPLES.resolve(name + ".json"));
  }
}

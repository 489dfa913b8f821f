package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ReferencePage.Example;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every example under {@code reference/control-flow/} to what the engine does. */
final class ControlFlowReferenceTest {
  private static final Path REFERENCE = Path.of("../definitions/reference");

  @TempDir Path folder;

  static List<Example> examples() throws IOException {
    List<Example> all = new ArrayList<>();
    for (Path page : pages()) {
      all.addAll(ReferencePage.examples(page));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldEndAsThePageExpects(Example example) throws IOException {
    // given
    assertThat(example.expect()).as("what is expected in %s", example).isNotNull();

    // when, then
    assertThat(tested(example)).endsWith(": ok\n");
  }

  static List<Example> examplesWithATimeline() throws IOException {
    return examples().stream().filter(example -> example.timeline() != null).toList();
  }

  @ParameterizedTest
  @MethodSource("examplesWithATimeline")
  void shouldPrintTheTimelineOfThePage(Example example) throws IOException {
    assertThat(simulated(example)).isEqualTo(example.timeline());
  }

  @Test
  void shouldFailAnExampleThatIsWrong() throws IOException {
    // given
    String page =
        """
        ```yaml definition
        workflow: {id: w, owner: me, jobs: [{job: {id: s, type: Sleep, sleep_seconds: 2}}]}
        ```
        ```text timeline
        w/1:1  SUCCEEDED  took 3.0 s
        ```
        ```yaml expect
        status: SUCCEEDED
        elapsed_ms: 3000
        ```
        """;

    // when
    List<Example> examples =
        ReferencePage.examples(Files.writeString(folder.resolve("wrong.md"), page));

    // then
    assertThat(examples).hasSize(1);
    assertThat(tested(examples.get(0))).contains("FAILED", "3000", "2000");
    assertThat(simulated(examples.get(0))).startsWith("w/1:1  SUCCEEDED  took 2.0 s\n");
  }

  @Test
  void shouldRefuseAPageWhoseExampleSaysNoOutcome() throws IOException {
    Path page = Files.writeString(folder.resolve("open.md"), "```yaml definition\nx\n```\n");

    assertThatThrownBy(() -> ReferencePage.examples(page)).hasMessageContaining("what comes of it");
  }

  @Test
  void shouldLinkEveryPageFromTheOverview() throws IOException {
    String overview = Files.readString(REFERENCE.resolve("control-flow.md"));

    for (Path page : pages()) {
      assertThat(overview).contains("(control-flow/" + page.getFileName() + ")");
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(REFERENCE.resolve("control-flow"))) {
      List<Path> pages = files.sorted().toList();
      assertThat(pages).hasSizeGreaterThan(6);
      return pages;
    }
  }

  private String tested(Example example) throws IOException {
    List<String> names =
        write(example).stream().map(file -> String.valueOf(file.getFileName())).toList();
    Path test = Files.writeString(folder.resolve("example.test.yaml"), example.test(names));
    return executed(List.of("test", test.toString()));
  }

  private String simulated(Example example) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("simulate"));
    String scenario = example.scenario();
    if (scenario != null) {
      Path file = Files.writeString(folder.resolve("scenario.yaml"), scenario);
      arguments.addAll(List.of("--scenario", file.toString()));
    }
    write(example).forEach(file -> arguments.add(file.toString()));
    return executed(arguments);
  }

  private List<Path> write(Example example) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String definition : example.definitions()) {
      files.add(Files.writeString(folder.resolve(files.size() + ".yaml"), definition));
    }
    return files;
  }

  /** What a verb prints, without blanks at the ends of lines. */
  private static String executed(List<String> arguments) {
    StringWriter out = new StringWriter();
    Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments.toArray(String[]::new));
    return Arrays.stream(out.toString().split("\\R"))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

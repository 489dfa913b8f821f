package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.simulation.scenario.ScenarioAction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code reference/simulate.md} to what the verbs do. */
final class SimulateReferenceTest {
  private static final Path PAGE = Path.of("../definitions/reference/simulate.md");

  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @Test
  void shouldRunTheExampleOfATest() throws IOException {
    // given
    Files.writeString(folder.resolve("orders.yaml"), block("definition"));
    Path test = Files.writeString(folder.resolve("orders.test.yaml"), block("test"));

    // when, then
    assertThat(execute("test", test.toString())).as(out.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).isEqualTo(test + ": ok" + System.lineSeparator());
  }

  @Test
  void shouldFailTheExampleIfSomethingElseIsExpected() throws IOException {
    // given
    Files.writeString(folder.resolve("orders.yaml"), block("definition"));
    Path test =
        Files.writeString(
            folder.resolve("orders.test.yaml"),
            block("test").replace("status: FATALLY_FAILED", "status: SUCCEEDED"));

    // when, then
    assertThat(execute("test", test.toString())).isEqualTo(ExitStatus.NO);
    assertThat(out.toString())
        .contains("Expected step 'load' to be SUCCEEDED, but it is FATALLY_FAILED.");
  }

  @Test
  void shouldNameEveryActionAndOption() throws IOException {
    // given
    String page = Files.readString(PAGE);

    // then
    for (ScenarioAction.Kind kind : ScenarioAction.Kind.values()) {
      assertThat(page).contains("`" + kind.word() + "`");
    }
    Millrace.commandLine().getSubcommands().get("simulate").getCommandSpec().options().stream()
        .filter(option -> !option.inherited())
        .forEach(option -> assertThat(page).contains("`" + option.longestName()));
  }

  private static String block(String name) throws IOException {
    Matcher block =
        Pattern.compile("```yaml " + name + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as("a block named " + name).isTrue();
    return block.group(1);
  }

  private int execute(String... arguments) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }
}

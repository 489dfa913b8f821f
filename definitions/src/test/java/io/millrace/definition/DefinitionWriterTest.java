package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.label.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionWriterTest {
  private static final String SEED_PROPERTY = "writer.seed";
  private static final long DEFAULT_SEED = 1989;
  private static final int PUSHES = 500;
  private static final Path RESOURCES = Path.of("src/test/resources/definitions");

  @ParameterizedTest
  @MethodSource("files")
  void shouldWriteWhatIsReadAsTheSame(Path file) throws IOException {
    Push push = Told.valid(Files.readString(file));

    assertSame(push);
  }

  @Test
  void shouldWriteEveryField() throws IOException {
    String whole = Files.readString(RESOURCES.resolve("every-field.json"));

    String written = DefinitionWriter.write(Told.valid(whole));

    assertThat(written).isEqualTo(plain(whole));
  }

  @Test
  void shouldLeaveOutWhatIsAsIfUnsaid() {
    String written =
        DefinitionWriter.write(
            Told.valid(
                Told.steps(
                    """
                    {"step": {"id": "a", "type": "NoOp", "tags": [], "failure_mode": "fail_after_running",
                     "timeout": 864000, "transition": {"successors": {}, "predecessors": []},
                     "retry_policy": {"error_retry_limit": 2, "backoff": {"jitter": 0.0}},
                     "params": {}, "name": null}}
                    """)));

    assertThat(written)
        .isEqualTo(
            "{\"properties\":{\"owner\":\"me\"},\"workflow\":{\"id\":\"w\","
                + "\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}}]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": {\"type\": \"map\", \"mode\": \"constant\", \"value\": {\"b\": 1, \"c\": {}}}}",
        "{\"a\": [], \"b\": [1, 2.50], \"c\": 1e2, \"d\": {\"x\": \"y\"}, \"e\": {}}",
        "{\"a\": {\"type\": \"STRING\", \"value\": 1.0}, \"b\": {\"type\": \"LONG\", \"value\": \"7\"}}",
        "{\"a\": {\"type\": \"STRING\", \"value\": \"\", \"n\": 1e-999999999, \"m\": 0.01e-999999999}}"
      })
  void shouldKeepWhatPlainParamsBecame(String params) {
    assertSame(Told.valid(Told.step("\"type\": \"NoOp\", \"params\": " + params)));
  }

  @Test
  void shouldKeepWhatIsRandom() {
    long seed = Long.getLong(SEED_PROPERTY, DEFAULT_SEED);
    System.out.println("Writing definitions with -D" + SEED_PROPERTY + "=" + seed);
    RandomPushes pushes = new RandomPushes(new Random(seed));

    for (int i = 0; i < PUSHES; i++) {
      assertSame(pushes.next());
    }
  }

  @Test
  void shouldNotWriteANoteOverAField() {
    Push push = Told.valid(Told.step("\"type\": \"NoOp\""));
    Push noted =
        new Push(null, push.workflow(), true, null, new Notes(Map.of("workflow", "another")));

    assertThatThrownBy(() -> DefinitionWriter.write(noted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected every field to be written once, but 'workflow' is there already.");
  }

  /** What was written is read as the same, by all readers, and written as the same text. */
  private static void assertSame(Push push) {
    String written = DefinitionWriter.write(push);
    for (DefinitionReading reading :
        List.of(DefinitionReader.read(written), DefinitionReader.readStored(written))) {
      assertThat(reading.problems())
          .as(written)
          .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
      assertThat(reading.push()).as(written).contains(push);
      assertThat(DefinitionWriter.write(reading.push().orElseThrow())).isEqualTo(written);
    }
  }

  /** Without the white space between tokens. */
  private static String plain(String json) {
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted && c == '\\') {
        plain.append(c);
        c = json.charAt(++i);
      } else if (c == '"') {
        quoted = !quoted;
      }
      if (quoted || !Character.isWhitespace(c)) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static List<Path> files() throws IOException {
    return Examples.files();
  }
}

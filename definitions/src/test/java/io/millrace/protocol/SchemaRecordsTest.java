package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas and {@link ProtocolJson} take the same records. */
final class SchemaRecordsTest {

  @ParameterizedTest
  @MethodSource("io.millrace.protocol.ProtocolJsonTest#everyRecord")
  void shouldAcceptAllThatIsWritten(Object record) {
    JsonNode written = Schemas.tree(ProtocolJson.write(record));

    assertThat(Schemas.problems(nameOf(record), written)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldHaveExamplesThatAreRead(String name) {
    for (Path file : Schemas.exampleFiles(name)) {
      assertThat(read(name, Schemas.tree(file)).problem()).as("%s", file).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "action-request, action, watch",
    "action-request, policy, from_beginning",
    "report, kind, Succeeded",
    "report, failure, platform",
  })
  void shouldTakeWhatComesInInEitherCase(String name, String field, String written) {
    JsonNode record = Schemas.example(name).deepCopy();
    ((ObjectNode) record).put(field, written);

    assertThat(Schemas.problems(name, record)).isEmpty();
    assertThat(read(name, record).problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start-request  | workflow_id    | 7",
        "action-request | action         | true",
        "report         | kind           | []",
        "task           | attempt        | \"first\"",
        "cancel         | dispatch_id    | {}",
        "reply          | answer         | \"yes\"",
        "timeline-event | sequence       | 1.5",
        "dead-letter    | length         | \"2\"",
      })
  void shouldRefuseWhatTheReaderRefuses(String name, String required, String wrong) {
    JsonNode unknown = Schemas.example(name).deepCopy();
    ((ObjectNode) unknown).put(Slip.UNKNOWN_FIELD, 1);
    JsonNode missing = Schemas.example(name).deepCopy();
    ((ObjectNode) missing).remove(required);
    JsonNode mistyped = Schemas.example(name).deepCopy();
    ((ObjectNode) mistyped).set(required, Schemas.tree(wrong));

    for (JsonNode json : List.of(unknown, missing, mistyped)) {
      assertThat(Schemas.problems(name, json)).isNotEmpty();
      assertThat(read(name, json).problem()).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldAgreeWithTheReaderOnEverySlip(String name) {
    // The params of records that Millrace writes are always typed; reading takes more than that.
    List<Slip> slips = Slip.all(Schemas.example(name), "params"::equals);

    assertThat(slips).hasSizeGreaterThan(10);
    for (Slip slip : slips) {
      assertThat(Schemas.accepts(name, slip.json()))
          .as("%s: the schema says %s", slip, Schemas.problems(name, slip.json()))
          .isEqualTo(read(name, slip.json()).value().isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("io.millrace.protocol.ProtocolJsonTest#everyRecord")
  void shouldAgreeWithTheReaderOnEverySlipInWhatIsWritten(Object record) {
    String name = nameOf(record);
    JsonNode written = Schemas.tree(ProtocolJson.write(record));

    for (Slip slip : Slip.all(written, "params"::equals)) {
      assertThat(Schemas.accepts(name, slip.json()))
          .as("%s: the schema says %s", slip, Schemas.problems(name, slip.json()))
          .isEqualTo(read(name, slip.json()).value().isPresent());
    }
  }

  @Test
  void shouldBeExplainedInTheReadme() {
    String readme =
        new String(Schemas.bytes(Schemas.FOLDER.resolve("README.md")), StandardCharsets.UTF_8);

    assertThat(readme).contains(ReplyTo.PARTITION_HEADER, ReplyTo.CORRELATION_HEADER);
    assertThat(readme).contains(Topics.DEFAULT.inputs());
    assertThat(readme)
        .contains(
            Topics.DEFAULT.tasks("QUEUE").replace("queue", "QUEUE"),
            Topics.DEFAULT.cancels(),
            Topics.DEFAULT.timeline(),
            Topics.DEFAULT.replies(),
            Topics.DEFAULT.deadLetters(),
            Topics.DEFAULT.catalog());
    for (String name : Schemas.names()) {
      assertThat(readme).contains("(" + name + Schemas.SUFFIX + ")", "(examples/" + name + ")");
    }
  }

  static Stream<String> names() {
    return Schemas.RECORDS.keySet().stream();
  }

  private static Reading<?> read(String name, JsonNode json) {
    return ProtocolJson.read(Schemas.bytes(json), Schemas.RECORDS.get(name));
  }

  private static String nameOf(Object record) {
    return Schemas.RECORDS.entrySet().stream()
        .filter(entry -> entry.getValue() == record.getClass())
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}

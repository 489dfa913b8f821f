package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  void shouldHaveAnExampleThatIsValidAndRead(String name) {
    assertThat(Schemas.problems(name, Schemas.example(name))).isEmpty();
    assertThat(read(name, Schemas.example(name)).problem()).isEmpty();
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
  void shouldHaveOneExampleForEachSchema() throws IOException {
    Set<String> expected = new TreeSet<>(Schemas.RECORDS.keySet());
    expected.addAll(List.of("params", "push"));

    assertThat(filesOf(Schemas.FOLDER, Schemas.SUFFIX)).isEqualTo(expected);
    assertThat(filesOf(Schemas.FOLDER.resolve("examples"), ".json")).isEqualTo(expected);
  }

  @Test
  void shouldAllSayTheirDraftAndTitle() throws IOException {
    for (String name : filesOf(Schemas.FOLDER, Schemas.SUFFIX)) {
      JsonNode json = Schemas.source(name);
      assertThat(json.path("$schema").asText())
          .isEqualTo("https://json-schema.org/draft/2020-12/schema");
      assertThat(json.path("title").asText()).isNotBlank();
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
    Schemas.RECORDS.keySet().forEach(name -> assertThat(readme).contains(name + Schemas.SUFFIX));
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

  private static Set<String> filesOf(Path folder, String suffix) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(suffix))
          .forEach(file -> names.add(file.substring(0, file.length() - suffix.length())));
    }
    return names;
  }
}

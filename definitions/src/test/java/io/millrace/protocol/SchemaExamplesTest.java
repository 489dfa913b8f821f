package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas are schemas, and each comes with examples that it takes and ones that it refuses. */
final class SchemaExamplesTest {

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeValidSchemas(String name) {
    assertThat(Schemas.problemsOfSchema(Schemas.source(name))).isEmpty();
  }

  @Test
  void shouldTellWhatIsNoSchema() {
    JsonNode schema = Schemas.source(Schemas.PARAMS).deepCopy();
    ((ObjectNode) schema).put("type", "record");

    assertThat(Schemas.problemsOfSchema(schema)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldSayTheirDraftIdTitleAndPurpose(String name) {
    JsonNode schema = Schemas.source(name);

    assertThat(schema.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("$id").asText()).isEqualTo(Schemas.ID_PREFIX + name + Schemas.SUFFIX);
    assertThat(schema.path("title").asText()).isNotBlank();
    assertThat(schema.path("description").asText()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldTakeTheirExamples(String name) {
    assertThat(Schemas.exampleFiles(name)).isNotEmpty();
    for (Path file : Schemas.exampleFiles(name)) {
      assertThat(Schemas.problems(name, Schemas.tree(file))).as("%s", file).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldRefuseTheirCounterExamples(String name) {
    assertThat(Schemas.counterExampleFiles(name)).isNotEmpty();
    for (Path file : Schemas.counterExampleFiles(name)) {
      assertThat(Schemas.problems(name, Schemas.tree(file))).as("%s", file).isNotEmpty();
    }
  }

  @Test
  void shouldBeOneForEachRecordAndFormOfADefinition() {
    Set<String> expected = new TreeSet<>(Schemas.RECORDS.keySet());
    expected.addAll(List.of(Schemas.PARAMS, Schemas.DEFINITION, Schemas.DEFINITION_YAML));

    assertThat(Schemas.names()).isEqualTo(expected);
  }

  static Stream<String> names() {
    return Schemas.names().stream();
  }
}

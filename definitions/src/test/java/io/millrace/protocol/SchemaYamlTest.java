package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The YAML form says all that the JSON form says (deviations 13), and has keys of its own. */
final class SchemaYamlTest {
  /** What has another name in YAML: steps are jobs. */
  private static final Set<String> OTHERWISE_SAID = Set.of("steps");

  @Test
  void shouldHaveAllFieldsOfPropertiesAndWorkflow() {
    Set<String> fields = fields(Schemas.DEFINITION, "properties");
    fields.addAll(fields(Schemas.DEFINITION, "workflow"));
    fields.removeAll(OTHERWISE_SAID);

    assertThat(fields).contains("owner", "alerting", "time_triggers", "instance_step_concurrency");
    assertThat(fields(Schemas.DEFINITION_YAML, "workflow")).containsAll(fields);
  }

  @ParameterizedTest
  @CsvSource({"job, step", "subworkflow, subworkflow", "foreach, foreach", "while, while"})
  void shouldHaveAllFieldsOfEachKindOfStep(String job, String step) {
    Set<String> fields = fields(Schemas.DEFINITION, "step_common");
    fields.addAll(fields(Schemas.DEFINITION, step));
    fields.removeAll(OTHERWISE_SAID);

    assertThat(fields).contains("id", "failure_mode", "signal_outputs");
    assertThat(fields(Schemas.DEFINITION_YAML, job)).containsAll(fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "p                                   | 1",
        "p                                   | \"a\"",
        "p                                   | [1, 2.5]",
        "p                                   | {\"a\": {\"b\": [true]}}",
        "my.job-3                            | []",
        "!p                                  | \"1 + 1\"",
        "!p<long>                            | \"1 + 1\"",
        "!p<array<long>>(immutable)          | \"Util.intsBetween(0, 3, 1)\"",
        "p<string>                           | \"a\"",
        "p<LONG>                             | 1",
        "p<double>                           | 1.5",
        "p <array< long >> ( constant )      | [1]",
        "p(constant)                         | 1",
        "p<MAP>                              | {\"a\": 1}",
        "p<Map>                              | {}",
        "p<boolean>                          | true",
        "p<array<string>>                    | []",
        "p<array<boolean>>                   | [true]",
        "p<long_array>(Mutable_on_start)     | [1]",
        "p<map>                              | {\"a\": \"b\"}",
        "p<pmap>(constant)                   | {\"a\": \"b\", \"c<long>\": 1}",
      })
  void shouldTakeParams(String key, String value) {
    assertThat(Schemas.problems(Schemas.DEFINITION_YAML, workflowWith(key, value))).isEmpty();
    assertThat(Schemas.problems(Schemas.DEFINITION_YAML, jobWith(key, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "p                          | null",
        "p                          | [null]",
        "p                          | [[1]]",
        "p                          | {\"a\": null}",
        "1p                         | 1",
        "p__q                       | 1",
        "maestro_p                  | 1",
        "p q                        | 1",
        "!                          | \"1\"",
        "!p                         | [1]",
        "p<>                        | 1",
        "p<text>                    | \"a\"",
        "p<array>                   | [1]",
        "p<long>()                  | 1",
        "p<long>(sometimes)         | 1",
        "p<long>                    | 1.5",
        "p<long>                    | \"one\"",
        "p<array<long>>             | 1",
        "p<boolean>                 | \"yes\"",
        "p<long>                    | \"1\"",
        "p<string>                  | 1",
        "p<map>                     | {\"a\": {}}",
        "p<Map>                     | {\"a\": 1}",
        "p<pmap>                    | [1]",
        "params                     | 1",
        "!Util<string>              | \"1\"",
      })
  void shouldRefuseParams(String key, String value) {
    assertThat(Schemas.problems(Schemas.DEFINITION_YAML, workflowWith(key, value))).isNotEmpty();
    assertThat(Schemas.problems(Schemas.DEFINITION_YAML, jobWith(key, value))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "load                          | true",
        "job.3                         | true",
        "IF x > 0 THEN load            | true",
        "if x == 'then' then load      | true",
        "Otherwise load                | true",
        "IF x > 0                      | false",
        "IF x > 0 THEN                 | false",
        "IF x > 0 THEN load now        | false",
        "ELSE load                     | false",
        "OTHERWISE                     | true",
        "load unload                   | false",
      })
  void shouldTakeTransitionLines(String line, boolean taken) {
    JsonNode yaml = jobs("{\"id\": \"j\", \"type\": \"NoOp\", \"transition\": [\"" + line + "\"]}");

    assertThat(Schemas.accepts(Schemas.DEFINITION_YAML, yaml)).isEqualTo(taken);
  }

  private static JsonNode workflowWith(String key, String value) {
    JsonNode yaml = jobs("{\"id\": \"j\", \"type\": \"NoOp\"}");
    ((ObjectNode) yaml.path("workflow")).set(key, Schemas.tree(value));
    return yaml;
  }

  private static JsonNode jobWith(String key, String value) {
    JsonNode yaml = jobs("{\"id\": \"j\", \"type\": \"NoOp\"}");
    ((ObjectNode) yaml.at("/workflow/jobs/0/job")).set(key, Schemas.tree(value));
    return yaml;
  }

  private static JsonNode jobs(String job) {
    return Schemas.tree("{\"workflow\": {\"id\": \"w\", \"jobs\": [{\"job\": " + job + "}]}}");
  }

  private static Set<String> fields(String schema, String part) {
    Set<String> fields = new LinkedHashSet<>();
    JsonNode properties = Schemas.source(schema).at("/$defs/" + part + "/properties");
    properties.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}

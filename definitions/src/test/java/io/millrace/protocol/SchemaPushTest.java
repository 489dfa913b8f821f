package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Problem;
import io.millrace.definition.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema of a push and {@link DefinitionReader}: what the schema refuses the reader refuses;
 * the reader also refuses what no schema can see.
 */
final class SchemaPushTest {
  private static final Pattern KNOWN = Pattern.compile("to have no fields but (.*?), but ");

  @ParameterizedTest
  @MethodSource("definitions")
  void shouldTakeEveryDefinition(Path file) {
    assertThat(Schemas.problems(Schemas.DEFINITION, Schemas.tree(file))).isEmpty();
    // An example may use what this release can't run yet, but nothing that is wrong.
    assertThat(read(Schemas.tree(file)).problems())
        .allMatch(problem -> problem.code() == ProblemCode.NOT_SUPPORTED_YET);
  }

  @ParameterizedTest
  @MethodSource("counterExamples")
  void shouldHaveCounterExamplesThatTheReaderRefuses(Path file) {
    assertThat(read(Schemas.tree(file)).push()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("runnable")
  void shouldRefuseNoSlipThatTheReaderTakes(Path file) {
    JsonNode push = Schemas.tree(file);
    // The reader does not look into the note of where a definition is from.
    List<Slip> slips = Slip.all(push, field -> false);

    assertThat(slips).hasSizeGreaterThan(50);
    for (Slip slip : slips) {
      if (!Schemas.accepts(Schemas.DEFINITION, slip.json())) {
        assertThat(read(slip.json()).push())
            .as("%s: the schema says %s", slip, Schemas.problems(Schemas.DEFINITION, slip.json()))
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/properties                     | owner                | 7",
        "/properties                     | no_such_field        | 1",
        "/properties                     | owner                |",
        "/properties                     | owner                | ' '",
        "/properties                     | run_strategy         | 0",
        "/properties                     | run_strategy         | 1001",
        "/properties                     | run_strategy         | 'RANDOM'",
        "/properties                     | alerting             | {\"to\":\"x\"}",
        "/properties/run_strategy        | no_such_field        | 1",
        "/properties/run_strategy        | rule                 | 'SEQUENTIAL'",
        "``                              | workflow             |",
        "``                              | is_active            | 1",
        "``                              | git_info             | 'main'",
        "``                              | create_time          | 1",
        "/workflow                       | no_such_field        | 1",
        "/workflow                       | id                   |",
        "/workflow                       | id                   | 'a/b'",
        "/workflow                       | id                   | 7",
        "/workflow                       | steps                |",
        "/workflow                       | steps                | []",
        "/workflow                       | criticality          | 'SOME'",
        "/workflow                       | timeout              | true",
        "/workflow                       | timeout              | 10368001",
        "/workflow                       | time_triggers        | [1]",
        "/workflow                       | tags                 | ['a','a']",
        "/workflow/params                | year                 | null",
        "/workflow/params                | year                 | {\"value\":1}",
        "/workflow/params                | year                 | {\"type\":\"LONG\"}",
        "/workflow/params                | year                 | {\"type\":\"LONG\",\"value\":1.5}",
        "/workflow/params                | 1year                | 1",
        "/workflow/steps/0               | subworkflow          | {}",
        "/workflow/steps/0/step          | no_such_field        | 1",
        "/workflow/steps/0/step          | id                   |",
        "/workflow/steps/0/step          | type                 |",
        "/workflow/steps/0/step          | failure_mode         | 'NEVER'",
        "/workflow/steps/0/step          | sub_type             | 'x'",
        "/workflow/steps/0/step/retry_policy         | error_retry_limit    | 100",
        "/workflow/steps/0/step/retry_policy         | no_such_field        | 1",
        "/workflow/steps/0/step/retry_policy/backoff | type                 | 'FIXED_BACKOFF'",
        "/workflow/steps/0/step/retry_policy/backoff | error_retry_exponent | 0",
        "/workflow/steps/0/step/transition           | no_such_field        | 1",
        "/workflow/steps/0/step/transition/successors | nap                 | 1",
      })
  void shouldRefuseWhatTheReaderRefuses(String at, String field, String value) {
    JsonNode push = Schemas.example(Schemas.DEFINITION).deepCopy();
    ObjectNode object = (ObjectNode) push.at(at);
    if (value == null) {
      object.remove(field);
    } else {
      object.set(field, Schemas.tree(value.replace('\'', '"')));
    }

    assertThat(Schemas.problems(Schemas.DEFINITION, push)).isNotEmpty();
    assertThat(read(push).push()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties                                 | /$defs/properties",
        "/properties/run_strategy                    | /$defs/run_strategy",
        "/workflow                                   | /$defs/workflow",
        "/workflow/steps/0/step                      | /$defs/step /$defs/step_common",
        "/workflow/steps/0/step/retry_policy         | /$defs/retry_policy",
        "/workflow/steps/0/step/retry_policy/backoff | /$defs/backoff",
        "/workflow/steps/0/step/transition           | /$defs/transition",
      })
  void shouldHaveTheFieldsThatTheReaderKnows(String at, String parts) {
    JsonNode push = Schemas.example(Schemas.DEFINITION).deepCopy();
    ((ObjectNode) push.at(at)).put(Slip.UNKNOWN_FIELD, 1);

    List<Problem> problems = read(push).problems();

    assertThat(problems).hasSize(1);
    Matcher known = KNOWN.matcher(problems.get(0).message());
    assertThat(known.find()).as(problems.get(0).message()).isTrue();
    Set<String> fields = new TreeSet<>();
    for (String part : parts.split(" ", -1)) {
      JsonNode properties = Schemas.source(Schemas.DEFINITION).at(part + "/properties");
      properties.fieldNames().forEachRemaining(fields::add);
    }
    assertThat(fields).isEqualTo(new TreeSet<>(Arrays.asList(known.group(1).split(", "))));
  }

  @Test
  void shouldTakeRefusedFieldsThatSayNothing() {
    JsonNode push = Schemas.example(Schemas.DEFINITION).deepCopy();
    ((ObjectNode) push.path("properties")).putArray("tags");
    ((ObjectNode) push.path("properties")).putObject("access_control");

    assertThat(Schemas.problems(Schemas.DEFINITION, push)).isEmpty();
    assertThat(read(push).push()).isPresent();
  }

  static List<Path> definitions() {
    List<Path> files = new ArrayList<>(Schemas.exampleFiles(Schemas.DEFINITION));
    for (String folder : List.of("examples", "../savepoints/workflows")) {
      try (Stream<Path> others = Files.list(Path.of(folder))) {
        files.addAll(others.sorted().toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** Without those whose fields the reader does not look into yet. */
  static List<Path> runnable() {
    List<Path> files =
        definitions().stream().filter(file -> read(Schemas.tree(file)).push().isPresent()).toList();
    assertThat(files).hasSizeGreaterThan(5);
    return files;
  }

  static List<Path> counterExamples() {
    return Schemas.counterExampleFiles(Schemas.DEFINITION);
  }

  private static DefinitionReading read(JsonNode push) {
    return DefinitionReader.read(Schemas.bytes(push)).toRun();
  }
}

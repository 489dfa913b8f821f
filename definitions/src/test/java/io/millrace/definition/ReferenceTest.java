package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's reference says what the readers do. */
final class ReferenceTest {
  private static final Path REFERENCE = Path.of("reference");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^```(?:json|yaml) (\\w+)\n(.*?)^```$");
  private static final Pattern FENCE = Pattern.compile("(?m)^```");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| .*$");
  private static final Pattern KNOWN = Pattern.compile("to have no fields but (.*), but ");

  /** Every object that is not open, each with a field that it can't have. */
  private static final String STRANGERS =
      """
      {
        "properties": {"owner": "me", "run_strategy": {"?": 1},
          "alerting": {"slack": {"?": 1}, "bypass_digest_config": {"?": 1}, "pagerduty_config": {"?": 1},
            "tct": {"duration_minutes": 1, "?": 1}, "type_configs": {"RUN_SUCCESS": {"?": 1}}, "?": 1},
          "?": 1},
        "git_info": {"?": 1},
        "workflow": {"id": "w", "?": 1,
          "time_triggers": [
            {"type": "CRON", "cron": "0 * * * *", "?": 1},
            {"type": "PREDEFINED", "expression": "daily", "?": 1},
            {"type": "INTERVAL", "interval": "1 hour", "?": 1}],
          "signal_triggers": [{"?": 1, "definitions": {
            "s": {"?": 1, "match_params": {"p": {"value": 1, "operator": "=", "?": 1}}}}}],
          "steps": [
            {"step": {"id": "a", "type": "work", "?": 1, "transition": {"?": 1},
              "retry_policy": {"?": 1, "backoff": {"?": 1}},
              "signal_dependencies": [{"name": "s", "?": 1,
                "match_params": {"p": {"param": 1, "operator": "=", "?": 1}}}],
              "signal_outputs": [{"name": "s", "?": 1}]}},
            {"subworkflow": {"id": "b", "params": {"subworkflow_id": "x"}, "?": 1}},
            {"foreach": {"id": "c", "params": {"loop_params": {"i": [1]}}, "?": 1,
              "steps": [{"step": {"id": "d", "type": "NoOp"}}]}},
            {"while": {"id": "e", "condition": "i < 1", "params": {"loop_params": {"i": 1}}, "?": 1,
              "steps": [{"step": {"id": "f", "type": "NoOp"}}]}}]}
      }
      """;

  record Example(String kind, String text) {}

  static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(page("definition.md"));
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldShowValidExamples(Example example) {
    assertThat(DefinitionReader.readFirst(whole(example)).problems()).isEmpty();
  }

  @Test
  void shouldShowNothingButExamplesThatAreRead() {
    assertThat(FENCE.matcher(page("definition.md")).results().count())
        .isEqualTo(2L * examples().size())
        .isPositive();
  }

  @Test
  void shouldNameEveryFieldOfEveryObject() {
    List<Problem> problems = DefinitionReader.readFirst(STRANGERS).problems();
    assertThat(problems)
        .extracting(Problem::code)
        .containsOnly(ProblemCode.UNKNOWN_FIELD)
        .hasSize(STRANGERS.split("\"\\?\"", -1).length - 1);

    Set<String> fields = new LinkedHashSet<>();
    for (Problem problem : problems) {
      Matcher known = KNOWN.matcher(problem.message());
      assertThat(known.find()).isTrue();
      fields.addAll(Arrays.asList(known.group(1).split(", ")));
    }

    String page = page("definition.md");
    assertThat(fields).hasSizeGreaterThan(80).allMatch(field -> page.contains("`" + field + "`"));
  }

  @Test
  void shouldNameEveryLimitWithItsDefault() throws ReflectiveOperationException {
    String page = page("definition.md");
    for (RecordComponent limit : DefinitionLimits.class.getRecordComponents()) {
      Object value = limit.getAccessor().invoke(DefinitionLimits.DEFAULT);
      assertThat(page).contains("| `" + limit.getName() + "` | " + value + " |");
    }
  }

  @Test
  void shouldExplainEveryCodeOnce() {
    List<String> codes =
        ROW.matcher(page("problems.md")).results().map(row -> row.group(1)).toList();

    assertThat(codes)
        .containsExactlyElementsOf(Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
  }

  @Test
  void shouldSayHowSevereEachFaultIs() {
    String page = page("problems.md");
    for (Fault fault : Fault.all()) {
      String row = "| `" + fault.code() + "` | ";
      String severity = page.substring(page.indexOf(row) + row.length()).split(" \\| ", 2)[0];
      assertThat(severity)
          .as(fault.file())
          .contains(fault.severity().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String whole(Example example) {
    String text = example.text().strip();
    String inner = text.substring(1, text.length() - 1);
    return switch (example.kind()) {
      case "definition" -> text;
      case "properties" -> Told.step("\"type\": \"NoOp\"").replace("{\"owner\": \"me\"}", text);
      case "workflow" -> Told.workflowField(inner);
      case "params" -> Told.params(inner);
      case "step" -> Told.steps(text);
      default ->
          throw new IllegalArgumentException(
              "Expected a kind of example, but it is " + example.kind() + ".");
    };
  }

  private static String page(String name) {
    try {
      return Files.readAllLines(REFERENCE.resolve(name)).stream()
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault in a definition is told as one problem, at its place, and nothing else is told. */
final class FaultsTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;

  static List<Fault> faults() {
    return Fault.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldTellOneFaultOnce(Fault fault) throws IOException {
    String marked = fault.marked();

    DefinitionReading reading = DefinitionReader.readFirst(marked.replace("«", ""));

    Told.assertTold(reading, marked, fault.code() + " " + fault.path());
    Problem told = reading.problems().get(0);
    assertThat(told.severity()).isEqualTo(fault.severity());
    assertThat(told.message()).contains(fault.message());
  }

  @Test
  void shouldReadEveryFileOfTheIndexAndNoOther() throws IOException {
    assertThat(Fault.files())
        .containsExactlyInAnyOrderElementsOf(Fault.all().stream().map(Fault::fileName).toList());
  }

  @Test
  void shouldHaveAFaultForEveryCode() {
    Set<ProblemCode> told = EnumSet.noneOf(ProblemCode.class);
    Fault.all().forEach(fault -> told.add(fault.code()));
    told.addAll(codes(" ".repeat(LIMITS.maxTextBytes() + 1)));

    assertThat(told).containsExactlyInAnyOrder(ProblemCode.values());
  }

  /** What is too large to be a file that anybody reads, each with what its message must say. */
  static Stream<Arguments> beyondLimits() {
    return Stream.of(
        Arguments.of(
            "$.workflow.description",
            "16384 characters",
            Told.workflowField("\"description\": \"" + "d".repeat(16_385) + "\"")),
        Arguments.of(
            "$.workflow.name",
            "256 characters",
            Told.workflowField("\"name\": \"" + "n".repeat(257) + "\"")),
        Arguments.of(
            "$.workflow.steps",
            "300 steps",
            Told.steps(items(301, "{\"step\": {\"id\": \"s%d\", \"type\": \"NoOp\"}}"))),
        Arguments.of(
            "$.workflow.steps[0].step.params",
            "10000 params",
            Told.params(items(10_001, "\"p%d\": 1"))),
        Arguments.of(
            "$.workflow.steps[0].step.params",
            "750000 characters",
            Told.params("\"p\": \"" + "x".repeat(750_000) + "\"")),
        Arguments.of(
            "$.workflow.time_triggers",
            "100 time triggers",
            Told.workflowField(
                "\"time_triggers\": ["
                    + items(101, "{\"type\": \"CRON\", \"cron\": \"0 * * * *\"}")
                    + "]")),
        Arguments.of(
            "$.workflow.signal_triggers",
            "100 signal triggers",
            Told.workflowField(
                "\"signal_triggers\": [" + items(101, "{\"definitions\": {\"s%d\": {}}}") + "]")),
        Arguments.of(
            "$.workflow.signal_triggers[0].definitions",
            "8 signals in a trigger",
            Told.workflowField(
                "\"signal_triggers\": [{\"definitions\": {" + items(9, "\"s%d\": {}") + "}}]")),
        Arguments.of(
            "$.workflow.steps[0].step.signal_dependencies",
            "1000 signals",
            Told.step(
                "\"type\": \"work\", \"signal_dependencies\": ["
                    + items(1_001, "{\"name\": \"s%d\"}")
                    + "]")),
        Arguments.of(
            "$.workflow.steps[0].step.signal_outputs[0].params",
            "128 params of a signal",
            Told.step(
                "\"type\": \"work\", \"signal_outputs\": [{\"name\": \"s\", \"params\": {"
                    + items(129, "\"p%d\": 1")
                    + "}}]")),
        Arguments.of("$", "64 levels of nesting", Told.params("\"p\": " + "[".repeat(64))));
  }

  @ParameterizedTest
  @MethodSource("beyondLimits")
  void shouldTellOneLimitOnce(String path, String limit, String text) {
    List<Problem> problems = DefinitionReader.readFirst(text).problems();

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(ProblemCode.LIMIT);
    assertThat(problems.get(0).path()).isEqualTo(path);
    assertThat(problems.get(0).message()).contains(limit);
  }

  private static Set<ProblemCode> codes(String text) {
    return DefinitionReader.readFirst(text).problems().stream()
        .map(Problem::code)
        .collect(Collectors.toSet());
  }

  private static String items(int count, String each) {
    return IntStream.range(0, count)
        .mapToObj(i -> each.replace("%d", String.valueOf(i)))
        .collect(Collectors.joining(",\n"));
  }
}

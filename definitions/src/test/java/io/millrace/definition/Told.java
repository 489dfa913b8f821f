package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts with marks: a {@code «} stands in front of every place where a problem must be told, so
 * that tests need not count lines and columns.
 */
final class Told {
  private static final char MARK = '«';

  private Told() {}

  /** A push whose workflow has these fields beside its id. */
  static String workflow(String fields) {
    return "{\"properties\": {\"owner\": \"me\"},\n \"workflow\": {\"id\": \"w\",\n"
        + fields
        + "}}";
  }

  /** A push with one workflow field before its only step. */
  static String workflowField(String field) {
    return workflow(field + ",\n\"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]");
  }

  /** A push with these items of {@code steps}. */
  static String steps(String items) {
    return workflow("\"steps\": [\n" + items + "\n]");
  }

  /** A push whose only step has these fields beside its id. */
  static String step(String fields) {
    return steps("{\"step\": {\"id\": \"a\", " + fields + "}}");
  }

  /** A push whose only step has a type that is done by workers, and these params. */
  static String params(String params) {
    return step("\"type\": \"work\", \"params\": {" + params + "}");
  }

  static DefinitionReading read(String marked) {
    return DefinitionReader.read(marked.replace(String.valueOf(MARK), ""));
  }

  /** The push of a text that can be run. */
  static Push accepted(String text) {
    DefinitionReading reading = DefinitionReader.read(text).toRun();
    assertThat(reading.problems()).isEmpty();
    return reading.push().orElseThrow();
  }

  static TypedStep acceptedStep(String fields) {
    return (TypedStep) accepted(step(fields)).workflow().steps().get(0);
  }

  /** The push of a text that is valid, whether it can be run yet or not. */
  static Push valid(String text) {
    DefinitionReading reading = read(text);
    assertThat(reading.problems()).isEmpty();
    return reading.push().orElseThrow();
  }

  static StepDefinition validStep(String fields) {
    return valid(step(fields)).workflow().steps().get(0);
  }

  /** Asserts that a text is valid, and that exactly the marked places can't be run yet. */
  static void assertNotYet(String marked, String... paths) {
    DefinitionReading reading = read(marked);
    assertThat(reading.problems()).isEmpty();
    assertThat(told(reading.unsupported()))
        .as(() -> reading.unsupported().toString())
        .containsExactlyElementsOf(
            expected(
                marked, Arrays.stream(paths).map(path -> "NOT_SUPPORTED_YET " + path).toList()));
    assertThat(reading.toRun().push()).isEmpty();
    assertSound(reading.toRun());
  }

  /** Asserts that exactly the marked places are told, each as {@code CODE path}. */
  static void assertTold(String marked, String... codesAndPaths) {
    assertTold(read(marked), marked, codesAndPaths);
  }

  static void assertTold(DefinitionReading reading, String marked, String... codesAndPaths) {
    assertThat(told(reading.problems()))
        .as(() -> reading.problems().toString())
        .containsExactlyElementsOf(expected(marked, List.of(codesAndPaths)));
    assertSound(reading);
  }

  private static List<String> told(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                problem.code()
                    + " "
                    + problem.path()
                    + " at "
                    + problem.line()
                    + ":"
                    + problem.column())
        .toList();
  }

  private static List<String> expected(String marked, List<String> codesAndPaths) {
    List<String> places = places(marked);
    List<String> expected = new ArrayList<>();
    assertThat(places).as("marks in the text").hasSameSizeAs(codesAndPaths);
    for (int i = 0; i < places.size(); i++) {
      expected.add(codesAndPaths.get(i) + " at " + places.get(i));
    }
    return expected;
  }

  /** What holds for every reading, whatever the text. */
  static void assertSound(DefinitionReading reading) {
    assertThat(reading.push().isPresent())
        .isEqualTo(
            reading.problems().stream()
                .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR));
    for (Problem problem : reading.problems()) {
      assertThat(problem.message()).matches("(?s)Expected .+, but .+\\.");
      assertThat(problem.path()).startsWith("$");
      assertThat(problem.line()).isPositive();
      assertThat(problem.column()).isPositive();
    }
  }

  /** Asserts that all problems are at places in the text, or right behind the end of a line. */
  static void assertWithin(List<Problem> problems, String text) {
    if (problems.isEmpty()) {
      return;
    }
    String[] lines = text.split("\r\n|[\r\n]", -1);
    for (Problem problem : problems) {
      assertThat(problem.line()).as(problem::toString).isBetween(1, lines.length);
      assertThat(problem.column())
          .as(problem::toString)
          .isBetween(1, lines[problem.line() - 1].length() + 1);
    }
  }

  private static List<String> places(String marked) {
    List<String> places = new ArrayList<>();
    int line = 1;
    int column = 1;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == MARK) {
        places.add(line + ":" + column);
      } else if (c == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return places;
  }
}

package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads a part of a definition with its own reader, from the object that owns the part's field. */
final class Part<T> {
  private final BiFunction<Fields, Problems, T> reader;

  private Part(BiFunction<Fields, Problems, T> reader) {
    this.reader = reader;
  }

  /** A part that {@code reader} reads out of the owner's fields. */
  static <T> Part<T> readBy(BiFunction<Fields, Problems, T> reader) {
    return new Part<>(reader);
  }

  /** What is read out of an owner with these fields, with nothing wrong. */
  T accepted(String fields) {
    Problems problems = new Problems(DefinitionLimits.DEFAULT.maxProblems());
    T read = read("{" + fields + "}", problems);
    assertThat(problems.inOrder()).isEmpty();
    return read;
  }

  /** Asserts that exactly the marked places are told as wrong, each as {@code CODE path}. */
  void assertTold(String marked, String... codesAndPaths) {
    String owner = "{" + marked + "}";
    Told.assertTold(reading(problems(marked.replace("«", ""))), owner, codesAndPaths);
  }

  /** The messages about an owner with these fields. */
  List<String> messages(String fields) {
    return problems(fields).inOrder().stream().map(Problem::message).toList();
  }

  /** The severities of what is told of an owner with these fields. */
  List<Problem.Severity> severities(String fields) {
    return problems(fields).inOrder().stream().map(Problem::severity).toList();
  }

  /** The paths of what is told as valid but not supported yet. */
  List<String> notYet(String fields) {
    return problems(fields).unsupportedInOrder().stream().map(Problem::path).toList();
  }

  private Problems problems(String fields) {
    Problems problems = new Problems(DefinitionLimits.DEFAULT.maxProblems());
    read("{" + fields + "}", problems);
    return problems;
  }

  private T read(String owner, Problems problems) {
    SourceNode node =
        new SourceParser(DefinitionLimits.DEFAULT, problems).parse(owner).orElseThrow();
    return reader.apply(Fields.of(node, problems).orElseThrow(), problems);
  }

  private static DefinitionReading reading(Problems problems) {
    Optional<Push> any =
        DefinitionReader.read(Told.steps("{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}")).push();
    return new DefinitionReading(
        problems.hasErrors() ? Optional.empty() : any, problems.inOrder(), List.of());
  }
}

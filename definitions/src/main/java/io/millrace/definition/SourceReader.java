package io.millrace.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a text that is written as definitions are, JSON or YAML, but is none, such as the scenario
 * of a simulation: with the same limits, and problems of the same form.
 */
public final class SourceReader {
  private SourceReader() {}

  /**
   * What came of reading.
   *
   * @param value present exactly when there are no problems
   * @param problems in the order of their places in the text
   */
  public record SourceReading<T>(Optional<T> value, List<Problem> problems) {
    public SourceReading {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads one object.
   *
   * @param what the text is, as a message calls it: {@code the scenario}
   * @param reader makes a value of the object's fields; what it makes counts if no problem is told
   */
  public static <T> SourceReading<T> read(
      byte[] utf8, String what, Function<SourceFields, Optional<T>> reader) {
    DefinitionLimits limits = DefinitionLimits.DEFAULT;
    Problems problems = new Problems(limits.maxProblems());
    Optional<T> value =
        text(utf8, what, limits, problems)
            .flatMap(text -> tree(text, what, limits, problems))
            .flatMap(root -> Fields.of(root, problems))
            .map(fields -> new SourceFields(fields, problems))
            .flatMap(reader);
    return new SourceReading<>(problems.hasErrors() ? Optional.empty() : value, problems.inOrder());
  }

  private static Optional<String> text(
      byte[] utf8, String what, DefinitionLimits limits, Problems problems) {
    if (utf8.length > limits.maxTextBytes()) {
      problems.error(
          ProblemCode.TOO_LARGE,
          Place.root(1, 1),
          what + " to have at most " + limits.maxTextBytes() + " bytes",
          "it has " + utf8.length);
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      problems.error(ProblemCode.SYNTAX, Place.root(1, 1), what + " to be UTF-8", "it is not");
      return Optional.empty();
    }
  }

  private static Optional<SourceNode> tree(
      String text, String what, DefinitionLimits limits, Problems problems) {
    Optional<SourceNode> root =
        text.stripLeading().startsWith("{")
            ? new SourceParser(limits, problems).parse(text)
            : new YamlParser(limits, YamlLimits.DEFAULT, problems).parse(text);
    return root.map(node -> named(node, what));
  }

  /** The root under a name of its own, for messages. */
  private static SourceNode named(SourceNode node, String what) {
    Place root = node.place();
    Place place = Place.root(what, root.line(), root.column());
    return node.accept(
        new SourceNode.Cases<>() {
          @Override
          public SourceNode object(SourceNode.Obj object) {
            return new SourceNode.Obj(place, object.members(), object.chars());
          }

          @Override
          public SourceNode array(SourceNode.Arr array) {
            return new SourceNode.Arr(place, array.items());
          }

          @Override
          public SourceNode scalar(SourceNode.Scalar scalar) {
            return new SourceNode.Scalar(place, scalar.kind(), scalar.text());
          }
        });
  }
}

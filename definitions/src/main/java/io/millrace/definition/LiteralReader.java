package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Reads the literal of a param, of a declared type or of the type it looks like. Numbers and
 * booleans may be written as text where the type is declared; decimals are kept exactly.
 */
final class LiteralReader {
  private final DefinitionLimits limits;
  private final Problems problems;

  private final BiConsumer<Place, String> interpolated;

  /** A reader that tells {@code interpolated} of each text with an interpolation in it. */
  LiteralReader(
      DefinitionLimits limits, Problems problems, BiConsumer<Place, String> interpolated) {
    this.limits = limits;
    this.problems = problems;
    this.interpolated = interpolated;
  }

  /** A literal of any type but MAP, whose entries are params of their own. */
  Optional<ParamValue> typed(ParamType type, SourceNode node) {
    return switch (type) {
      case STRING -> text(node).map(ParamValue.Text::new);
      case LONG -> whole(node).map(ParamValue.Int::new);
      case DOUBLE -> decimal(node).map(ParamValue.Decimal::new);
      case BOOLEAN -> bool(node).map(ParamValue.Bool::new);
      case STRING_ARRAY -> items(node, this::text).map(ParamValue.StringArray::new);
      case LONG_ARRAY -> items(node, this::whole).map(ParamValue.LongArray::new);
      case DOUBLE_ARRAY -> items(node, this::decimal).map(ParamValue.DoubleArray::new);
      case BOOLEAN_ARRAY -> items(node, this::bool).map(ParamValue.BooleanArray::new);
      case STRING_MAP -> stringMap(node).map(ParamValue.StringMap::new);
      case MAP -> throw new IllegalArgumentException("Expected a type other than MAP.");
    };
  }

  /** A scalar or an array without a declared type. */
  Optional<ParamValue> inferred(SourceNode node) {
    if (node instanceof SourceNode.Scalar scalar) {
      return scalarType(scalar).flatMap(type -> typed(type, node));
    }
    if (node instanceof SourceNode.Arr array) {
      return arrayType(array).flatMap(type -> typed(type, node));
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "a scalar or an array");
    return Optional.empty();
  }

  private Optional<ParamType> scalarType(SourceNode.Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT -> Optional.of(ParamType.STRING);
      case INTEGER -> Optional.of(ParamType.LONG);
      case DECIMAL -> Optional.of(ParamType.DOUBLE);
      case BOOLEAN -> Optional.of(ParamType.BOOLEAN);
      case NULL -> {
        problems.unexpected(ProblemCode.WRONG_TYPE, scalar, "a value");
        yield Optional.empty();
      }
    };
  }

  /** The first item decides; a decimal anywhere makes numbers decimals. */
  private Optional<ParamType> arrayType(SourceNode.Arr array) {
    if (array.items().isEmpty()) {
      return Optional.of(ParamType.STRING_ARRAY);
    }
    if (!(array.items().get(0) instanceof SourceNode.Scalar first)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, array.items().get(0), "a scalar");
      return Optional.empty();
    }
    boolean anyDecimal =
        array.items().stream()
            .anyMatch(
                item ->
                    item instanceof SourceNode.Scalar scalar
                        && scalar.kind() == SourceNode.Kind.DECIMAL);
    return scalarType(first)
        .map(
            type ->
                switch (type) {
                  case LONG -> anyDecimal ? ParamType.DOUBLE_ARRAY : ParamType.LONG_ARRAY;
                  case DOUBLE -> ParamType.DOUBLE_ARRAY;
                  case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
                  case STRING,
                      STRING_MAP,
                      STRING_ARRAY,
                      LONG_ARRAY,
                      DOUBLE_ARRAY,
                      BOOLEAN_ARRAY,
                      MAP ->
                      ParamType.STRING_ARRAY;
                });
  }

  private Optional<String> text(SourceNode node) {
    if (!(node instanceof SourceNode.Scalar scalar) || node.isNull()) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "text");
      return Optional.empty();
    }
    if (scalar.kind() == SourceNode.Kind.TEXT && Template.isIn(scalar.text())) {
      interpolated.accept(node.place(), scalar.text());
    }
    return Optional.of(scalar.text());
  }

  private Optional<Long> whole(SourceNode node) {
    Optional<String> digits = number(node, "a whole number of 64 bits");
    Optional<Long> value = digits.flatMap(Scalars::parse);
    if (digits.isPresent() && value.isEmpty()) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, "a whole number of 64 bits");
    }
    return value;
  }

  private Optional<BigDecimal> decimal(SourceNode node) {
    Optional<String> digits = number(node, "a number");
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    if (digits.get().length() > limits.maxNumberChars()) {
      problems.error(
          ProblemCode.LIMIT,
          node.place(),
          node.place().label() + " to have at most " + limits.maxNumberChars() + " characters",
          "it has " + digits.get().length());
      return Optional.empty();
    }
    Optional<BigDecimal> found = Scalars.decimal(digits.get());
    if (found.isEmpty()) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, "a number");
      return found;
    }
    BigDecimal value = found.get();
    // A short text with a large exponent would become megabytes wherever it is written out.
    // And what is read must be readable again after it was written: ".5" comes back as "0.5".
    if (Math.abs((long) value.scale()) > limits.maxNumberChars()
        || value.toString().length() > limits.maxNumberChars()) {
      problems.error(
          ProblemCode.LIMIT,
          node.place(),
          node.place().label() + " to have at most " + limits.maxNumberChars() + " decimal places",
          "it is " + node.found());
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<String> number(SourceNode node, String toBe) {
    if (node instanceof SourceNode.Scalar scalar
        && scalar.kind() != SourceNode.Kind.BOOLEAN
        && scalar.kind() != SourceNode.Kind.NULL) {
      return Optional.of(scalar.text());
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, toBe);
    return Optional.empty();
  }

  private Optional<Boolean> bool(SourceNode node) {
    return new Scalars(problems).bool(node);
  }

  private <T> Optional<List<T>> items(SourceNode node, Function<SourceNode, Optional<T>> item) {
    if (!(node instanceof SourceNode.Arr array)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "an array");
      return Optional.empty();
    }
    List<T> values = new ArrayList<>(array.items().size());
    for (SourceNode each : array.items()) {
      item.apply(each).ifPresent(values::add);
    }
    return Optional.of(values);
  }

  private Optional<Map<String, String>> stringMap(SourceNode node) {
    if (!(node instanceof SourceNode.Obj object)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "an object");
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (key, member) -> {
              if (Template.isIn(key)) {
                interpolated.accept(member.name(), key);
              }
              text(member.value()).ifPresent(value -> values.put(key, value));
            });
    return Optional.of(values);
  }
}

package io.millrace.definition;

import io.millrace.param.ParamType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the params of the YAML form into those of the JSON form (Maestro semantics 1.7). A plain
 * scalar or array without type and mode stays as it is, since the JSON form infers alike; a map is
 * always written with its type, as it is data here and never a definition.
 */
final class YamlParams {
  private final Problems problems;

  YamlParams(Problems problems) {
    this.problems = problems;
  }

  /** Adds the param that {@code key} and its value make, unless a problem is told. */
  void add(ShapedObject params, String key, SourceNode.Member member) {
    YamlParamKey.read(key, member.name(), problems)
        .ifPresent(
            read -> params.add(read.name(), member.name(), definition(read, member.value())));
  }

  /**
   * A map of params, as {@code loop_params} and every {@code pmap} is; its keys have the syntax.
   */
  SourceNode map(SourceNode node) {
    if (!(node instanceof SourceNode.Obj object)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "an object of params");
      return node;
    }
    ShapedObject params = new ShapedObject(problems, node.place());
    object.members().forEach((key, member) -> add(params, key, member));
    return params.shape();
  }

  /** A param of type MAP around {@code entries}. */
  SourceNode ofMap(SourceNode entries) {
    return new ShapedObject(problems, entries.place())
        .add("value", entries)
        .add("type", ShapedObject.text(entries.place(), ParamType.MAP.name()))
        .shape();
  }

  private SourceNode definition(YamlParamKey key, SourceNode value) {
    if (key.isExpression()) {
      ParamType type = key.type() == null ? ParamType.STRING : key.type();
      return shaped("expression", expression(value), key, type);
    }
    Optional<ParamType> inferred = inferred(value);
    if (inferred.isEmpty()) {
      return value;
    }
    ParamType type = key.type() == null ? inferred.get() : key.type();
    if (!fits(type, inferred.get(), value)) {
      problems.error(
          ProblemCode.WRONG_TYPE,
          value.place(),
          value.place().label() + " to hold a value of type " + type,
          "its value is of type " + inferred.get());
      return value;
    }
    if (type == ParamType.MAP) {
      return shaped("value", map(value), key, type);
    }
    boolean plain = key.type() == null && key.mode() == null && type != ParamType.STRING_MAP;
    return plain ? value : shaped("value", value, key, type);
  }

  private SourceNode shaped(String field, SourceNode value, YamlParamKey key, ParamType type) {
    ShapedObject definition =
        new ShapedObject(problems, value.place())
            .add(field, value)
            .add("type", ShapedObject.text(value.place(), type.name()));
    if (key.mode() != null) {
      definition.add("mode", ShapedObject.text(value.place(), key.mode().name()));
    }
    return definition.shape();
  }

  /** The text of an expression; {@code '!n': 5} is one, too. */
  private SourceNode expression(SourceNode value) {
    if (value instanceof SourceNode.Scalar scalar && !value.isNull()) {
      return ShapedObject.text(value.place(), scalar.text());
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, value, "the text of an expression");
    return ShapedObject.text(value.place(), "null");
  }

  /** As Maestro does, but nothing can be wrong with the type of what is empty. */
  private static boolean fits(ParamType type, ParamType inferred, SourceNode value) {
    if (type == inferred || (type == ParamType.MAP && inferred == ParamType.STRING_MAP)) {
      return true;
    }
    if (value instanceof SourceNode.Obj object) {
      return object.members().isEmpty() && type == ParamType.STRING_MAP;
    }
    return value instanceof SourceNode.Arr array
        && array.items().isEmpty()
        && type.name().endsWith("_ARRAY");
  }

  /** Empty for what no param can hold, which is left to the reader of params to tell. */
  private static Optional<ParamType> inferred(SourceNode value) {
    return value.accept(
        new SourceNode.Cases<>() {
          @Override
          public Optional<ParamType> object(SourceNode.Obj node) {
            return Optional.of(isStringMap(node.members()) ? ParamType.STRING_MAP : ParamType.MAP);
          }

          @Override
          public Optional<ParamType> array(SourceNode.Arr node) {
            if (node.items().isEmpty()) {
              return Optional.of(ParamType.STRING_ARRAY);
            }
            return node.items().get(0) instanceof SourceNode.Scalar first
                ? Optional.ofNullable(arrayOf(first.kind()))
                : Optional.empty();
          }

          @Override
          public Optional<ParamType> scalar(SourceNode.Scalar node) {
            return switch (node.kind()) {
              case TEXT -> Optional.of(ParamType.STRING);
              case INTEGER -> Optional.of(ParamType.LONG);
              case DECIMAL -> Optional.of(ParamType.DOUBLE);
              case BOOLEAN -> Optional.of(ParamType.BOOLEAN);
              case NULL -> Optional.empty();
            };
          }
        });
  }

  private static @Nullable ParamType arrayOf(SourceNode.Kind kind) {
    return switch (kind) {
      case TEXT -> ParamType.STRING_ARRAY;
      case INTEGER -> ParamType.LONG_ARRAY;
      case DECIMAL -> ParamType.DOUBLE_ARRAY;
      case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
      case NULL -> null;
    };
  }

  private static boolean isStringMap(Map<String, SourceNode.Member> members) {
    return !members.isEmpty()
        && members.values().stream()
            .allMatch(
                member ->
                    member.value() instanceof SourceNode.Scalar scalar
                        && scalar.kind() == SourceNode.Kind.TEXT);
  }
}

package io.millrace.definition;

import io.millrace.evaluation.ReservedNames;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads params (Maestro semantics 4.1). A param is an object with {@code value} and {@code type},
 * or a plain literal whose type is inferred.
 *
 * <p>Such an object is open: what it has beyond the fields of a param is the author's own note and
 * is kept as it is.
 */
final class ParamReader {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final TextUses uses;
  private final TextUse.Purpose purpose;
  private final Names names;

  /** A reader of params whose texts are put into {@code uses} as being for {@code purpose}. */
  ParamReader(DefinitionLimits limits, Problems problems, TextUses uses, TextUse.Purpose purpose) {
    this.limits = limits;
    this.problems = problems;
    this.uses = uses;
    this.purpose = purpose;
    this.names = new Names(limits, problems);
  }

  /**
   * The params of the field {@code params}.
   *
   * @param builtIn names that the engine gives itself and nobody may set
   */
  Map<String, ParamDefinition> read(Fields owner, Set<String> builtIn) {
    return read(owner, "params", builtIn);
  }

  /** As {@link #read(Fields, Set)}, of another field. */
  Map<String, ParamDefinition> read(Fields owner, String field, Set<String> builtIn) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    Optional<SourceNode> node = owner.find(field);
    if (node.isEmpty()) {
      return params;
    }
    if (!(node.get() instanceof SourceNode.Obj object)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node.get(), "an object");
      return params;
    }
    if (!isWithinLimits(object)) {
      return params;
    }
    object
        .members()
        .forEach(
            (name, member) -> {
              if (builtIn.contains(name) || ReservedNames.contains(name)) {
                problems.error(
                    ProblemCode.BAD_NAME,
                    member.name(),
                    "a param's name that is free",
                    Quoted.text(name) + " is given by the engine");
              } else {
                names.checkParam(name, member.name());
              }
              one(name, member.value())
                  .ifPresentOrElse(param -> params.put(name, param), () -> uses.unread(name));
            });
    return params;
  }

  /** A single param, under a name that has been checked. */
  Optional<ParamDefinition> one(String name, SourceNode node) {
    return new One(name).definition(node, ParamMode.MUTABLE);
  }

  private boolean isWithinLimits(SourceNode.Obj object) {
    if (object.members().size() > limits.maxParams()) {
      problems.error(
          ProblemCode.LIMIT,
          object.place(),
          "at most " + limits.maxParams() + " params",
          "there are " + object.members().size());
      return false;
    }
    if (object.chars() > limits.maxParamsChars()) {
      problems.error(
          ProblemCode.LIMIT,
          object.place(),
          object.place().label() + " to have at most " + limits.maxParamsChars() + " characters",
          "it has " + object.chars());
      return false;
    }
    return true;
  }

  /** Whether an object is a param with fields, and not a plain map. */
  static boolean isTyped(SourceNode.Obj object) {
    if (object.members().containsKey("value") || object.members().containsKey("expression")) {
      return true;
    }
    SourceNode.Member type = object.members().get("type");
    return type != null
        && type.value() instanceof SourceNode.Scalar scalar
        && Scalars.named(ParamType.class, scalar.text()).isPresent();
  }

  /** Reads one param, with all that is nested in it. */
  private final class One {
    private final String param;
    private final LiteralReader literals;

    One(String param) {
      this.param = param;
      this.literals =
          new LiteralReader(
              limits,
              problems,
              (place, text) ->
                  uses.add(
                      new TextUse(
                          place,
                          text,
                          TextUse.Form.INTERPOLATED,
                          purpose,
                          ParamType.STRING,
                          param)));
    }

    /**
     * A definition.
     *
     * @param outer the mode of the MAP around it; the stricter one holds (Maestro semantics 4.4)
     */
    Optional<ParamDefinition> definition(SourceNode node, ParamMode outer) {
      if (node instanceof SourceNode.Obj object) {
        return isTyped(object)
            ? Fields.of(object, problems).flatMap(fields -> typed(fields, outer))
            : plainMap(object, outer).map(value -> param(value, outer));
      }
      return literals.inferred(node).map(value -> param(value, outer));
    }

    private static ParamDefinition param(ParamValue value, ParamMode mode) {
      return new ParamDefinition(value.type(), new ParamContent.Literal(value), mode);
    }

    private Optional<ParamDefinition> typed(Fields fields, ParamMode outer) {
      Optional<SourceNode> expression = fields.find("expression");
      Optional<SourceNode> value = fields.find("value");
      if (expression.isPresent() && value.isPresent()) {
        problems.error(
            ProblemCode.BAD_VALUE,
            nameOf(fields, "value"),
            fields.place().label() + " to have either a value or an expression",
            "it has both");
      }
      if (expression.isEmpty() && value.isEmpty()) {
        problems.missing(fields.place(), "value");
      }
      fields.reserved("internal_mode");
      @Nullable String validator = fields.text("validator", limits.maxTextChars()).orElse(null);
      List<Tag> tags = new TagReader(limits, problems).read(fields);
      ParamMode own = fields.oneOf("mode", ParamMode.class).orElse(ParamMode.MUTABLE);
      ParamMode mode = own.compareTo(outer) < 0 ? outer : own;
      Optional<ParamType> type =
          fields
              .require("type")
              .flatMap(node -> new Scalars(problems).oneOf(node, ParamType.class));
      if (type.isEmpty()) {
        return Optional.empty();
      }
      Optional<ParamContent> content =
          expression.isPresent()
              ? expression(expression.get(), type.get())
              : value.flatMap(node -> literal(node, type.get(), mode));
      return content.map(
          found -> new ParamDefinition(type.get(), found, mode, validator, tags, fields.others()));
    }

    private Optional<ParamContent> expression(SourceNode node, ParamType type) {
      if (!(node instanceof SourceNode.Scalar scalar)) {
        problems.unexpected(ProblemCode.WRONG_TYPE, node, "the text of an expression");
        return Optional.empty();
      }
      uses.add(
          new TextUse(node.place(), scalar.text(), TextUse.Form.EXPRESSION, purpose, type, param));
      return Optional.of(new ParamContent.Computed(scalar.text()));
    }

    private Optional<ParamContent> literal(SourceNode node, ParamType type, ParamMode mode) {
      Optional<ParamValue> literal =
          type == ParamType.MAP ? map(node, mode) : literals.typed(type, node);
      return literal.map(ParamContent.Literal::new);
    }

    private static Place nameOf(Fields fields, String field) {
      SourceNode.Member member = fields.members().get(field);
      return member == null ? fields.place() : member.name();
    }

    private Optional<ParamValue> map(SourceNode node, ParamMode mode) {
      if (node instanceof SourceNode.Obj object) {
        return Optional.of(nested(object, mode));
      }
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "an object of params");
      return Optional.empty();
    }

    /** A map of nothing but text is a STRING_MAP, any other a MAP (Maestro semantics 1.7). */
    private Optional<ParamValue> plainMap(SourceNode.Obj object, ParamMode mode) {
      boolean allText =
          object.members().values().stream()
              .allMatch(
                  member ->
                      member.value() instanceof SourceNode.Scalar scalar
                          && scalar.kind() == SourceNode.Kind.TEXT);
      return allText && !object.members().isEmpty()
          ? literals.typed(ParamType.STRING_MAP, object)
          : Optional.of(nested(object, mode));
    }

    private ParamValue nested(SourceNode.Obj object, ParamMode mode) {
      Map<String, ParamDefinition> params = new LinkedHashMap<>();
      if (object.members().size() > limits.maxParams()) {
        isWithinLimits(object);
        return new ParamValue.MapOfParams(params);
      }
      object
          .members()
          .forEach(
              (name, member) ->
                  definition(member.value(), mode).ifPresent(param -> params.put(name, param)));
      return new ParamValue.MapOfParams(params);
    }
  }
}

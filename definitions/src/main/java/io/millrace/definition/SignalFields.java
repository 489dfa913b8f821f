package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads what triggers, dependencies and outputs say about signals alike. */
final class SignalFields {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final Scalars scalars;

  SignalFields(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** The objects in an array of a step's signals; others are told. */
  List<Fields> items(Fields step, String field) {
    Optional<SourceNode.Arr> array = step.array(field);
    if (array.isEmpty()
        || !isWithin(
            limits.maxStepSignals(), array.get().items().size(), array.get().place(), "signals")) {
      return List.of();
    }
    List<Fields> items = new ArrayList<>();
    array.get().items().forEach(item -> Fields.of(item, problems).ifPresent(items::add));
    return items;
  }

  /** The name of a step's signal, which may hold interpolations. */
  Optional<String> name(Fields signal, TextUses uses, TextUse.Purpose purpose) {
    Optional<SourceNode> node = signal.require("name");
    Optional<String> name = node.flatMap(new Names(limits, problems)::tag);
    if (node.isPresent() && name.isPresent()) {
      uses.text(node.get().place(), name.get(), purpose);
    }
    return name;
  }

  /**
   * The field {@code match_params}, in which each param has an operator.
   *
   * @param match reads what is beside the operator of the named param
   */
  <M> Map<String, M> matchParams(
      Fields signal, BiFunction<Param, SignalOperator, Optional<M>> match) {
    Map<String, M> matches = new LinkedHashMap<>();
    boolean hasRange = false;
    for (Map.Entry<String, SourceNode.Member> entry : members(signal, "match_params").entrySet()) {
      Optional<Fields> fields = Fields.of(entry.getValue().value(), problems);
      if (fields.isEmpty()) {
        continue;
      }
      Optional<SourceNode> node = fields.get().require("operator");
      Optional<SignalOperator> operator = node.flatMap(this::operator);
      if (node.isPresent() && operator.isPresent() && operator.get().isRange()) {
        if (hasRange) {
          problems.unexpected(
              ProblemCode.BAD_VALUE, node.get(), "'=', as another param of the signal is a range");
        }
        hasRange = true;
      }
      match
          .apply(new Param(entry.getKey(), fields.get()), operator.orElse(SignalOperator.EQUAL))
          .ifPresent(read -> matches.put(entry.getKey(), read));
      fields.get().refuseOthers();
    }
    return matches;
  }

  /** The fields of one param of a signal. */
  record Param(String name, Fields fields) {}

  /** A field with params by name, each read by {@code reader}. */
  Map<String, ParamDefinition> params(Fields signal, String field, ParamReader reader) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    members(signal, field)
        .forEach(
            (name, member) ->
                reader.one(name, member.value()).ifPresent(param -> params.put(name, param)));
    return params;
  }

  /** Whether a param can be one of a signal; told if not. */
  boolean isIndexed(ParamDefinition param, SourceNode node) {
    if (param.type() == ParamType.STRING || param.type() == ParamType.LONG) {
      return true;
    }
    problems.error(
        ProblemCode.BAD_VALUE,
        typePlace(node),
        node.place().label() + " to be a STRING or a LONG",
        "it is a " + param.type());
    return false;
  }

  private static Place typePlace(SourceNode node) {
    if (node instanceof SourceNode.Obj object) {
      SourceNode.Member type = object.members().get("type");
      // An object without a type of params is itself the value, of type MAP.
      boolean typed =
          object.members().containsKey("value") || object.members().containsKey("expression");
      return type != null && typed ? type.value().place() : node.place();
    }
    return node.place();
  }

  /** Any text can be the name of a signal's param: who announces the signal chose it. */
  boolean isParamName(String name, Place place) {
    if (name.isBlank()) {
      problems.error(
          ProblemCode.BAD_NAME, place, place.label() + " to be a param's name", "it is blank");
      return false;
    }
    if (name.length() > limits.maxNameChars()) {
      problems.error(
          ProblemCode.LIMIT,
          place,
          place.label() + " to be at most " + limits.maxNameChars() + " characters long",
          "it has " + name.length());
      return false;
    }
    return true;
  }

  boolean isWithin(int limit, int count, Place place, String what) {
    if (count <= limit) {
      return true;
    }
    problems.error(ProblemCode.LIMIT, place, "at most " + limit + " " + what, "there are " + count);
    return false;
  }

  /** The members whose names are right, if there are not too many. */
  private Map<String, SourceNode.Member> members(Fields signal, String field) {
    Map<String, SourceNode.Member> members = new LinkedHashMap<>();
    Optional<Fields> found = signal.find(field).flatMap(node -> Fields.of(node, problems));
    if (found.isEmpty()
        || !isWithin(
            limits.maxSignalParams(),
            found.get().members().size(),
            found.get().place(),
            "params of a signal")) {
      return members;
    }
    found
        .get()
        .members()
        .forEach(
            (name, member) -> {
              if (isParamName(name, member.name())) {
                members.put(name, member);
              }
            });
    return members;
  }

  private Optional<SignalOperator> operator(SourceNode node) {
    Optional<String> sign = scalars.text(node);
    Optional<SignalOperator> operator = sign.flatMap(SignalOperator::of);
    if (sign.isPresent() && operator.isEmpty()) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, "one of =, <, <=, >, >=");
    }
    return operator;
  }
}

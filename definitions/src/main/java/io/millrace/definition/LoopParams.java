package io.millrace.definition;

import io.millrace.evaluation.BuiltInParams;
import io.millrace.expression.value.Type;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks the param {@code loop_params} of a loop (Maestro semantics 2.8, 2.9; deviations 17). */
final class LoopParams {
  static final String NAME = BuiltInParams.LOOP_PARAMS;

  private static final Set<ParamType> ARRAYS =
      EnumSet.of(
          ParamType.STRING_ARRAY,
          ParamType.LONG_ARRAY,
          ParamType.DOUBLE_ARRAY,
          ParamType.BOOLEAN_ARRAY);
  private static final Set<ParamType> SCALARS =
      EnumSet.of(ParamType.STRING, ParamType.LONG, ParamType.DOUBLE, ParamType.BOOLEAN);

  private final DefinitionLimits limits;
  private final Problems problems;

  LoopParams(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** Of a foreach: each loop param is an array that gives the values of the iterations. */
  StepOutline.Loop foreach(
      Map<String, ParamDefinition> params, Fields step, StepsReader.Level inside) {
    return check(params, step, inside, ARRAYS, "an array");
  }

  /** Of a while: each loop param is a scalar, the value of the first iteration. */
  StepOutline.Loop whileLoop(
      Map<String, ParamDefinition> params, Fields step, StepsReader.Level inside) {
    return check(params, step, inside, SCALARS, "a STRING, LONG, DOUBLE or BOOLEAN");
  }

  private StepOutline.Loop check(
      Map<String, ParamDefinition> params,
      Fields step,
      StepsReader.Level inside,
      Set<ParamType> allowed,
      String toBe) {
    Map<String, Place> places = new LinkedHashMap<>();
    if (!(step.find("params").orElse(null) instanceof SourceNode.Obj written)
        || !written.members().containsKey(NAME)) {
      Place owner = step.find("params").map(SourceNode::place).orElse(step.place());
      problems.missing(owner, NAME);
      return new StepOutline.Loop(null, true, inside.outlines());
    }
    ParamDefinition param = params.get(NAME);
    if (param == null) {
      return new StepOutline.Loop(null, true, inside.outlines());
    }
    Place place = written.members().get(NAME).value().place();
    if (param.type() != ParamType.MAP && param.type() != ParamType.STRING_MAP) {
      wrongType(place, "a MAP", param);
      return new StepOutline.Loop(null, true, inside.outlines());
    }
    if (!(param.content() instanceof ParamContent.Literal literal)) {
      return new StepOutline.Loop(null, false, inside.outlines());
    }
    if (!(literal.value() instanceof ParamValue.MapOfParams map)) {
      wrongType(place, "a MAP", param);
      return new StepOutline.Loop(null, true, inside.outlines());
    }
    if (map.value().isEmpty()) {
      problems.error(
          ProblemCode.BAD_VALUE, place, place.label() + " to name loop params", "it is empty");
    }
    Map<String, SourceNode.Member> entries = entries(written.members().get(NAME).value());
    entries.forEach(
        (name, member) -> {
          places.put(name, member.name());
          new Names(limits, problems).checkParam(name, member.name());
          ParamDefinition entry = map.value().get(name);
          if (entry != null && !allowed.contains(entry.type())) {
            wrongType(member.value().place(), toBe, entry);
          }
        });
    return new StepOutline.Loop(places, false, inside.outlines());
  }

  /** The names that a loop gives to what is inside it, besides its params. */
  static Map<String, Type> types(StepOutline step) {
    Map<String, Type> types = new LinkedHashMap<>();
    ParamDefinition param = step.params().get(NAME);
    if (param != null
        && param.content() instanceof ParamContent.Literal literal
        && literal.value() instanceof ParamValue.MapOfParams map) {
      map.value().forEach((name, entry) -> types.put(name, ResultTypes.ofLoopParam(entry.type())));
    }
    if (step.loop() != null && step.loop().params() != null) {
      step.loop().params().keySet().forEach(name -> types.putIfAbsent(name, Type.ANY));
    }
    types.putAll(BuiltInNames.ofIteration(step.kind()));
    return types;
  }

  private void wrongType(Place place, String toBe, ParamDefinition param) {
    problems.error(
        ProblemCode.BAD_VALUE, place, place.label() + " to be " + toBe, "it is a " + param.type());
  }

  /** The entries as written: of a typed param, or of a plain object. */
  private static Map<String, SourceNode.Member> entries(SourceNode node) {
    if (!(node instanceof SourceNode.Obj object)) {
      return Map.of();
    }
    SourceNode.Member value = object.members().get("value");
    return value != null && ParamReader.isTyped(object)
        ? (value.value() instanceof SourceNode.Obj inner ? inner.members() : Map.of())
        : object.members();
  }
}

package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what only a leaf step has: its type, and the params the engine itself reads. */
final class TypedStepReader {
  /** Types of Maestro that are kinds of step, or its own inner gate, and not work to be done. */
  private static final Set<String> NO_LEAF_TYPES =
      Set.of("subworkflow", "foreach", "while", "template", "join");

  private static final String SLEEP_SECONDS = "sleep_seconds";

  /** Three centuries: a step may sleep "for ever", but milliseconds must not overflow. */
  private static final long MAX_SLEEP_SECONDS = 10_000_000_000L;

  private final DefinitionLimits limits;
  private final Problems problems;

  TypedStepReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  String type(Fields fields) {
    Optional<SourceNode> node = fields.require("type");
    Optional<String> type = node.flatMap(new Names(limits, problems)::stepType);
    if (node.isEmpty() || type.isEmpty()) {
      return "";
    }
    String lower = type.get().toLowerCase(Locale.ROOT);
    if (NO_LEAF_TYPES.contains(lower)) {
      problems.unexpected(ProblemCode.BAD_VALUE, node.get(), "the type of a leaf step");
    } else if (lower.equals("http")) {
      problems.notYet(node.get().place(), "type " + Quoted.text(type.get()));
    }
    return type.get();
  }

  /** Job templates don't exist, and a step that names one must not run without it (decisions). */
  void refuseTemplates(Fields fields) {
    for (String name : new String[] {"sub_type", "sub_type_version"}) {
      fields
          .find(name)
          .ifPresent(
              node ->
                  problems.error(
                      ProblemCode.NOT_SUPPORTED_YET,
                      node.place(),
                      "a step that can run without a job template",
                      node.place().label() + " names one, and there are none"));
    }
  }

  /** The params, with those that the engine reads brought into the form it reads. */
  Map<String, ParamDefinition> checked(
      Map<String, ParamDefinition> params, Fields fields, String type) {
    if (!(fields.find("params").orElse(null) instanceof SourceNode.Obj written)) {
      return params;
    }
    boolean isSleep = type.equalsIgnoreCase("Sleep");
    if (WorkerTimeout.isOf(type)) {
      for (WorkerTimeout timeout : WorkerTimeout.values()) {
        checkTimeout(timeout, params, written);
      }
    }
    ParamDefinition sleep = params.get(SLEEP_SECONDS);
    SourceNode.Member at = written.members().get(SLEEP_SECONDS);
    if (!isSleep || sleep == null || at == null) {
      return params;
    }
    Map<String, ParamDefinition> checked = new LinkedHashMap<>(params);
    checked.put(SLEEP_SECONDS, sleepSeconds(sleep, at.value()));
    return checked;
  }

  /** What only a run can tell is left to it. */
  private void checkTimeout(
      WorkerTimeout timeout, Map<String, ParamDefinition> params, SourceNode.Obj written) {
    ParamDefinition param = params.get(timeout.param());
    SourceNode.Member at = written.members().get(timeout.param());
    if (param == null
        || at == null
        || !(param.content() instanceof ParamContent.Literal literal)
        || (literal.value() instanceof ParamValue.Text text && Template.isIn(text.value()))
        || WorkerTimeout.read(literal.value()).isPresent()) {
      return;
    }
    problems.error(
        ProblemCode.BAD_VALUE,
        at.value().place(),
        "'" + timeout.param() + "' to be " + WorkerTimeout.RANGE,
        WorkerTimeout.finding(literal.value()));
  }

  /** A Sleep step knows its param as LONG; another type is converted if it can be. */
  private ParamDefinition sleepSeconds(ParamDefinition written, SourceNode node) {
    if (!(written.content() instanceof ParamContent.Literal literal)
        || (literal.value() instanceof ParamValue.Text text && Template.isIn(text.value()))) {
      return written;
    }
    Optional<Long> seconds =
        literal.value() instanceof ParamValue.Text text
            ? Scalars.parse(text.value())
            : literal.value() instanceof ParamValue.Int number
                ? Optional.of(number.value())
                : Optional.empty();
    if (seconds.isEmpty() || seconds.get() < 0 || seconds.get() > MAX_SLEEP_SECONDS) {
      problems.error(
          ProblemCode.BAD_VALUE,
          node.place(),
          "'" + SLEEP_SECONDS + "' to be a LONG from 0 to " + MAX_SLEEP_SECONDS,
          seconds.isEmpty() ? "it is a " + written.type() : "it is " + seconds.get());
      return written;
    }
    return written.with(
        ParamType.LONG, new ParamContent.Literal(new ParamValue.Int(seconds.get())));
  }
}

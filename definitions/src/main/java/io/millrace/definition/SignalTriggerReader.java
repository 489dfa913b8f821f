package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the signal triggers of a workflow (Maestro semantics 7.5). */
final class SignalTriggerReader {
  static final int MAX_SIGNALS = 8;

  private final DefinitionLimits limits;
  private final Problems problems;
  private final SignalFields signals;

  SignalTriggerReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.signals = new SignalFields(limits, problems);
  }

  /** The triggers of the field {@code signal_triggers}. */
  List<SignalTriggerReading> read(Fields workflow) {
    workflow.notYet("signal_triggers");
    Optional<SourceNode.Arr> array = workflow.array("signal_triggers");
    if (array.isEmpty()
        || !signals.isWithin(
            limits.maxTriggers(),
            array.get().items().size(),
            array.get().place(),
            "signal triggers")) {
      return List.of();
    }
    List<SignalTriggerReading> triggers = new ArrayList<>();
    for (SourceNode item : array.get().items()) {
      Fields.of(item, problems).map(this::trigger).ifPresent(triggers::add);
    }
    return triggers;
  }

  private SignalTriggerReading trigger(Fields fields) {
    TextUses uses = new TextUses();
    Map<String, SignalTrigger.Definition> definitions =
        fields
            .require("definitions")
            .flatMap(node -> Fields.of(node, problems))
            .map(this::definitions)
            .orElse(Map.of());
    Map<String, ParamDefinition> params =
        new ParamReader(limits, problems, uses, TextUse.Purpose.TRIGGER).read(fields, Set.of());
    @Nullable String condition =
        fields
            .find("condition")
            .flatMap(node -> expression(node, ParamType.BOOLEAN, uses))
            .orElse(null);
    @Nullable String dedupExpr =
        fields
            .find("dedup_expr")
            .flatMap(node -> expression(node, ParamType.STRING, uses))
            .orElse(null);
    fields.refuseOthers();
    return new SignalTriggerReading(
        new SignalTrigger(definitions, params, condition, dedupExpr), uses, fields.place());
  }

  /** Empty also if the text is blank, which says nothing. */
  private Optional<String> expression(SourceNode node, ParamType result, TextUses uses) {
    if (!(node instanceof SourceNode.Scalar scalar)
        || (scalar.kind() != SourceNode.Kind.TEXT && scalar.kind() != SourceNode.Kind.BOOLEAN)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "the text of an expression");
      return Optional.empty();
    }
    if (scalar.text().isBlank()) {
      return Optional.empty();
    }
    uses.expression(node.place(), scalar.text(), TextUse.Purpose.TRIGGER, result);
    return Optional.of(scalar.text());
  }

  private Map<String, SignalTrigger.Definition> definitions(Fields fields) {
    Map<String, SignalTrigger.Definition> definitions = new LinkedHashMap<>();
    int count = fields.members().size();
    if (count == 0) {
      problems.error(
          ProblemCode.BAD_VALUE,
          fields.place(),
          fields.place().label() + " to name a signal",
          "it names none");
    }
    if (!signals.isWithin(MAX_SIGNALS, count, fields.place(), "signals in a trigger")) {
      return definitions;
    }
    Names names = new Names(limits, problems);
    @Nullable Integer joinKeys = null;
    for (Map.Entry<String, SourceNode.Member> entry : fields.members().entrySet()) {
      SourceNode.Member member = entry.getValue();
      names.tag(new SourceNode.Scalar(member.name(), SourceNode.Kind.TEXT, entry.getKey()));
      Optional<Fields> signal = Fields.of(member.value(), problems);
      if (signal.isPresent()) {
        SignalTrigger.Definition definition = definition(signal.get());
        definitions.put(entry.getKey(), definition);
        int own = definition.joinKeys().size();
        if (joinKeys != null && own != joinKeys) {
          problems.error(
              ProblemCode.BAD_VALUE,
              signal.get().find("join_keys").map(SourceNode::place).orElse(member.name()),
              member.name().label() + " to have as many join keys as the first signal, " + joinKeys,
              "it has " + own);
        }
        joinKeys = joinKeys == null ? Integer.valueOf(own) : joinKeys;
      }
    }
    return definitions;
  }

  private SignalTrigger.Definition definition(Fields signal) {
    Map<String, SignalTrigger.Match> matchParams = signals.matchParams(signal, this::match);
    List<String> joinKeys = new ArrayList<>();
    Optional<SourceNode.Arr> array = signal.array("join_keys");
    if (array.isPresent()
        && signals.isWithin(
            limits.maxSignalParams(),
            array.get().items().size(),
            array.get().place(),
            "join keys")) {
      for (SourceNode item : array.get().items()) {
        String key = new Scalars(problems).text(item).orElse(null);
        if (key != null && signals.isParamName(key, item.place()) && matchParams.containsKey(key)) {
          problems.error(
              ProblemCode.BAD_VALUE,
              item.place(),
              item.place().label() + " to be a param that is not matched",
              Quoted.text(key) + " is in 'match_params'");
        }
        joinKeys.add(key == null ? "" : key);
      }
    }
    signal.refuseOthers();
    return new SignalTrigger.Definition(matchParams, joinKeys);
  }

  private Optional<SignalTrigger.Match> match(SignalFields.Param param, SignalOperator operator) {
    return param
        .fields()
        .require("value")
        .flatMap(this::value)
        .map(value -> new SignalTrigger.Match(value, operator));
  }

  private Optional<ParamValue> value(SourceNode node) {
    if (node instanceof SourceNode.Scalar scalar && scalar.kind() == SourceNode.Kind.TEXT) {
      if (Template.isIn(scalar.text())) {
        problems.warning(
            ProblemCode.BAD_VALUE,
            node.place(),
            node.place().label() + " to be text that is never evaluated",
            "it holds an interpolation, which will be matched as it is written");
      }
      return Optional.of(new ParamValue.Text(scalar.text()));
    }
    if (node instanceof SourceNode.Scalar scalar && scalar.kind() == SourceNode.Kind.INTEGER) {
      Optional<Long> value = Scalars.parse(scalar.text());
      if (value.isEmpty()) {
        problems.unexpected(ProblemCode.BAD_VALUE, node, "a whole number of 64 bits");
      }
      return value.map(ParamValue.Int::new);
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "text or a whole number");
    return Optional.empty();
  }
}

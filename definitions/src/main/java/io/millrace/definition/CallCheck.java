package io.millrace.definition;

import io.millrace.expression.Analysis.ParamsCall;
import io.millrace.expression.value.Type;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks calls on {@code params} as far as their arguments are known (Maestro semantics 4.6). */
final class CallCheck {
  private static final Set<String> INSTANCE_FACTS =
      Set.of(
          "INITIATOR_TIMEZONE",
          "INITIATOR_TYPE",
          "INITIATOR_RUNNER_NAME",
          "RUN_POLICY",
          "owner",
          "FIRST_TIME_TRIGGER_TIMEZONE",
          "workflow_id",
          "workflow_instance_id",
          "workflow_run_id");
  private static final Set<String> STEP_FACTS =
      Set.of(
          "step_id",
          "step_instance_id",
          "step_instance_uuid",
          "step_attempt_id",
          "step_type_info",
          "MAESTRO_STEP_ERROR_RETRIES");
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  private final NameScope scope;
  private final Told told;

  CallCheck(NameScope scope, Told told) {
    this.scope = scope;
    this.told = told;
  }

  /** Takes what is found about the call being checked. */
  interface Told {
    void error(ProblemCode code, String expected, String finding);

    void warning(ProblemCode code, String expected, String finding);
  }

  void check(ParamsCall call) {
    switch (call.function()) {
      case "get" -> get(call.arguments().get(0));
      case "getFromInstance" ->
          oneOf(call.arguments().get(0), INSTANCE_FACTS, "a fact of an instance");
      case "getFromStep" -> getFromStep(call);
      case "getFromForeach" -> getFromForeach(call);
      case "getFromSubworkflow" -> getFromSubworkflow(call);
      case "getFromSignal" -> getFromSignal(call);
      case "getFromSignalDependency" -> getFromDependency(call.arguments().get(0));
      default -> {}
    }
  }

  private void get(@Nullable String name) {
    if (name != null && scope.typeOf(name).isEmpty()) {
      told.warning(
          ProblemCode.UNRESOLVED,
          Quoted.text(name) + " to be a param in scope",
          "it is none, and null is read");
    }
    doubt(name);
  }

  private void getFromStep(ParamsCall call) {
    if (scope.step() == null) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "params.getFromStep to be called within a step",
          "this is a text of the workflow");
      return;
    }
    String first = call.arguments().get(0);
    if (call.arguments().size() == 1) {
      oneOf(first, STEP_FACTS, "a fact of a step");
      return;
    }
    stepParam(first, call.arguments().get(1));
  }

  private void stepParam(@Nullable String id, @Nullable String param) {
    if (id == null || param == null) {
      told.warning(
          ProblemCode.UNRESOLVED,
          "the names of the step and the param to be known now",
          "only a run knows them; the step fails if they name nothing");
      return;
    }
    String name = id + "__" + param;
    if (scope.paramOf(id, param, name).isEmpty()) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "a param of a step in scope",
          scope.reason(name).orElse("there is none"));
    }
    doubt(name);
  }

  private void doubt(@Nullable String name) {
    if (name != null) {
      scope
          .doubt(name)
          .ifPresent(doubt -> told.warning(doubt.code(), doubt.expected(), doubt.finding()));
    }
  }

  /** What is read from iterations is handed over when they end, so it must be known (decisions). */
  private void getFromForeach(ParamsCall call) {
    Optional<StepOutline> loop = source(call, StepOutline.Kind.FOREACH);
    String stepId = call.arguments().get(1);
    String param = call.arguments().get(2);
    if (loop.isEmpty() || stepId == null || param == null || loop.get().loop() == null) {
      return;
    }
    Optional<StepOutline> inner =
        loop.get().loop().steps().stream().filter(step -> step.id().equals(stepId)).findFirst();
    if (inner.isEmpty()) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "a step of the loop " + Quoted.text(loop.get().id()),
          "there is no step " + Quoted.text(stepId) + " in it");
      return;
    }
    if (inner.get().unread().contains(param)) {
      return;
    }
    var known = inner.get().params().get(param);
    Type type =
        known == null ? BuiltInNames.ofStep(inner.get()).get(param) : ResultTypes.of(known.type());
    if (type == null) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "a param of step " + Quoted.text(stepId),
          "it has no param " + Quoted.text(param));
    } else if (type == Type.MAP || type.isArray()) {
      told.error(
          ProblemCode.EXPRESSION_TYPE,
          "a param that is a STRING, LONG, DOUBLE or BOOLEAN",
          Quoted.text(param) + " is a " + type);
    }
  }

  private void getFromSubworkflow(ParamsCall call) {
    source(call, StepOutline.Kind.SUBWORKFLOW);
  }

  /** The step whose children are read; empty with the problem told. */
  private Optional<StepOutline> source(ParamsCall call, StepOutline.Kind kind) {
    if (scope.step() == null) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "params." + call.function() + " to be called within a step",
          "this is a text of the workflow");
      return Optional.empty();
    }
    String id = call.arguments().get(0);
    if (!call.isLiteral() || id == null) {
      told.error(
          ProblemCode.COMPUTED_NAME,
          "the arguments of params." + call.function() + " to be texts",
          "one is computed, and children hand over only what is known when pushed");
      return Optional.empty();
    }
    StepOutline step = scope.level().steps().get(id);
    if (step == null || step.kind() != kind) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "a step of kind " + kind.name().toLowerCase(Locale.ROOT),
          step == null
              ? "there is no step " + Quoted.text(id) + " here"
              : Quoted.text(id) + " is of another kind");
      return Optional.empty();
    }
    String name = id + "__step_id";
    scope.paramOf(id, "step_id", name);
    doubt(name);
    return Optional.of(step);
  }

  private void getFromSignal(ParamsCall call) {
    String first = call.arguments().get(0);
    if (first == null) {
      return;
    }
    if (call.arguments().size() == 1) {
      Set<String> params =
          scope.level().triggers().stream()
              .flatMap(
                  trigger ->
                      Stream.concat(trigger.params().keySet().stream(), trigger.unread().stream()))
              .collect(Collectors.toSet());
      if (!params.contains(first)) {
        told.error(
            ProblemCode.UNKNOWN_NAME,
            "a param of a signal trigger",
            "no trigger has a param " + Quoted.text(first));
      }
    } else if (!scope.level().hasSignal(first)) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "the name of a signal that a trigger waits for",
          "no trigger waits for " + Quoted.text(first));
    }
  }

  private void getFromDependency(@Nullable String index) {
    StepOutline step = scope.step();
    int count = step == null ? 0 : step.signals();
    if (index == null) {
      return;
    }
    if (!INDEX.matcher(index).matches() || Integer.parseInt(index) >= count) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          "the number of a signal dependency of this step, from 0",
          count == 0
              ? "it has no signal dependencies"
              : Quoted.text(index) + " is none of its " + count);
    }
  }

  private void oneOf(@Nullable String name, Set<String> known, String what) {
    if (name != null && !known.contains(name)) {
      told.error(
          ProblemCode.UNKNOWN_NAME,
          what + ": " + Stream.of(known.toArray(String[]::new)).sorted().toList(),
          "it is " + Quoted.text(name));
    }
  }
}

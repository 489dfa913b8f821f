package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.expression.Analysis;
import io.millrace.expression.Expression;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.param.ParamType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks every text of a definition that is evaluated in a run: its syntax and types, and whether
 * the names it reads can be there (deviations 9, 10).
 */
final class ReferenceCheck {
  private final SourceText source;
  private final Problems problems;

  ReferenceCheck(SourceText source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  void check(WorkflowOutline workflow) {
    Level top = Level.top(workflow);
    ParamCycles cycles = new ParamCycles(problems);
    for (TextUse use : workflow.uses()) {
      check(use, new NameScope(top, null, Set.of(), use.purpose()), cycles);
    }
    cycles.tell(workflow.params().keySet());
    for (WorkflowOutline.Trigger trigger : workflow.triggers()) {
      trigger(trigger);
    }
    level(top);
  }

  /** A trigger knows its own params and signals; there is no workflow param before a run. */
  private void trigger(WorkflowOutline.Trigger trigger) {
    Level alone = Level.ofTrigger(trigger);
    ParamCycles cycles = new ParamCycles(problems);
    for (TextUse use : trigger.uses()) {
      check(use, new NameScope(alone, null, Set.of(), use.purpose()), cycles);
    }
    cycles.tell(trigger.params().keySet());
  }

  /** Recursion is as deep as loops are nested, which is limited. */
  private void level(Level level) {
    Map<String, Set<String>> upstream = level.upstream();
    for (StepOutline step : level.steps().values()) {
      Set<String> before = upstream.getOrDefault(step.id(), Set.of());
      ParamCycles cycles = new ParamCycles(problems);
      List<String> conditions = new ArrayList<>();
      int faults = 0;
      for (TextUse use : step.uses()) {
        if (faults > 0 && isOtherwise(use, conditions)) {
          continue; // its faults are those of the conditions before it, and told there
        }
        int told = problems.count();
        check(use, new NameScope(level, step, before, use.purpose()), cycles);
        if (use.purpose() == TextUse.Purpose.SUCCESSOR) {
          conditions.add(use.text());
          faults += problems.count() - told;
        }
      }
      // What the level provides is read there, so that a param may build on one of its own name.
      Set<String> own = new LinkedHashSet<>(step.params().keySet());
      own.removeAll(level.visible().keySet());
      cycles.tell(own);
      if (step.loop() != null) {
        level(level.inside(step, step.loop()));
      }
    }
  }

  private static boolean isOtherwise(TextUse use, List<String> conditions) {
    return use.purpose() == TextUse.Purpose.SUCCESSOR
        && use.text().equals(YamlTransition.negated(conditions));
  }

  private void check(TextUse use, NameScope scope, ParamCycles cycles) {
    switch (use.form()) {
      case EXPRESSION -> expression(use, scope, cycles);
      case INTERPOLATED -> interpolated(use, scope, cycles);
    }
  }

  private void interpolated(TextUse use, NameScope scope, ParamCycles cycles) {
    for (Template.Reference name : Template.parse(use.text()).occurrences()) {
      Supplier<Place> place = () -> place(use, name.at());
      cycles.reads(use, name.name(), place);
      if (scope.typeOf(name.name()).isEmpty()) {
        unknown(use, scope, name.name(), place.get());
      }
      doubt(scope, name.name(), place);
    }
  }

  private void unknown(TextUse use, NameScope scope, String name, Place place) {
    String expected = Quoted.text(name) + " to be a param in scope";
    String reason = scope.reason(name).orElse("nothing provides it");
    switch (use.purpose()) {
      case RETRY ->
          problems.warning(
              ProblemCode.UNRESOLVED,
              place,
              expected,
              reason + ", and the default retry policy will be used");
      case ALERT ->
          problems.warning(
              ProblemCode.UNRESOLVED, place, expected, reason + ", and the text stays as it is");
      case PARAM, SUCCESSOR, LOOP, SETTING, DEPENDENCY, OUTPUT, TRIGGER ->
          problems.error(ProblemCode.UNKNOWN_NAME, place, expected, reason);
    }
  }

  /** Places are found only for what is told: most texts of most definitions are right. */
  private void doubt(NameScope scope, String name, Supplier<Place> place) {
    scope
        .doubt(name)
        .ifPresent(
            doubt ->
                problems.warning(doubt.code(), place.get(), doubt.expected(), doubt.finding()));
  }

  private void expression(TextUse use, NameScope scope, ParamCycles cycles) {
    Analysis analysis = Expression.check(use.text(), scope);
    analysis
        .inputs()
        .forEach(
            (name, at) -> {
              // A name that is given a value first needs nothing of the scope.
              if (!analysis.assigned().contains(name)) {
                Supplier<Place> place = () -> place(use, at);
                cycles.reads(use, name, place);
                doubt(scope, name, place);
              }
            });
    for (Failure failure : analysis.failures()) {
      failure(use, scope, failure, inputAt(analysis, failure.at()));
    }
    for (Analysis.ParamsCall call : analysis.calls()) {
      Supplier<Place> place = () -> place(use, call.at());
      @Nullable String first = call.arguments().isEmpty() ? null : call.arguments().get(0);
      if (call.function().equals("get") && first != null) {
        cycles.reads(use, first, place);
      }
      new CallCheck(scope, at(place)).check(call);
    }
    if (analysis.failures().isEmpty()) {
      result(use, analysis.result());
    }
  }

  private static @Nullable String inputAt(Analysis analysis, Position at) {
    return analysis.inputs().entrySet().stream()
        .filter(input -> input.getValue().equals(at))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Place place(TextUse use, Position at) {
    return source.locate(use.place(), use.text(), at);
  }

  private CallCheck.Told at(Supplier<Place> place) {
    return new CallCheck.Told() {
      @Override
      public void error(ProblemCode code, String expected, String finding) {
        problems.error(code, place.get(), expected, finding);
      }

      @Override
      public void warning(ProblemCode code, String expected, String finding) {
        problems.warning(code, place.get(), expected, finding);
      }
    };
  }

  private void failure(TextUse use, NameScope scope, Failure failure, @Nullable String name) {
    Place place = place(use, failure.at());
    if (failure.code() == FailureCode.UNKNOWN_NAME && name != null) {
      unknown(use, scope, name, place);
      return;
    }
    problems.told(Problem.Severity.ERROR, code(failure.code()), place, failure.message());
  }

  private static ProblemCode code(FailureCode code) {
    return switch (code) {
      case SYNTAX -> ProblemCode.EXPRESSION_SYNTAX;
      case UNKNOWN_NAME -> ProblemCode.UNKNOWN_NAME;
      case UNKNOWN_CLASS, UNKNOWN_METHOD -> ProblemCode.UNKNOWN_METHOD;
      case DEPTH_LIMIT, SIZE_LIMIT, FUEL, LOOP_LIMIT -> ProblemCode.LIMIT;
      // Of these a check knows the first two; the others depend on values, and it finds none.
      case TYPE, NO_RESULT, VALUE, DIVISION_BY_ZERO, INDEX, THROWN, FUNCTION, INTERNAL ->
          ProblemCode.EXPRESSION_TYPE;
    };
  }

  private void result(TextUse use, Type result) {
    // A condition must be a BOOLEAN; a param is converted if that can be done.
    boolean condition = use.param() == null && use.result() == ParamType.BOOLEAN;
    boolean fits =
        condition
            ? result == Type.ANY || result == Type.BOOLEAN
            : ResultTypes.canBecome(result, use.result());
    if (!fits) {
      problems.error(
          ProblemCode.EXPRESSION_TYPE,
          use.place(),
          use.place().label() + " to give a " + use.result(),
          "it gives a " + result);
    }
  }
}

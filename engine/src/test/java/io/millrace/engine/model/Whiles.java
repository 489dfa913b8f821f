package io.millrace.engine.model;

import io.millrace.definition.WhileStep;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.PassedDown;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** While steps (Maestro semantics 2.9). */
final class Whiles {
  /** A loop fails when it would begin one more (decisions). */
  static final int MAX_PASSES = 25_000;

  private final Model model;
  private final int maxPasses;

  Whiles(Model model, int maxPasses) {
    this.model = model;
    this.maxPasses = maxPasses;
  }

  /** From incomplete it goes on with the last iteration there was. */
  void start(StepRun step) {
    StepRun before = step.before;
    if (step.below == Action.Policy.FROM_INCOMPLETE
        && before != null
        && !before.iterations.isEmpty()) {
      step.iterations.putAll(before.iterations);
      step.loopValues.addAll(before.loopValues);
      long last = step.iterations.size() - 1L;
      Run run = step.iterations.get(last);
      if (run.status == RunStatus.SUCCEEDED) {
        model.doubt("a while that goes on after an iteration that succeeded");
        next(step, last + 1, carried(step, run));
      } else {
        launch(step, last, step.loopValues.get((int) last), run);
      }
      return;
    }
    Map<String, ParamValue> first = new LinkedHashMap<>();
    ParamValue.MapOfParams loopParams =
        (ParamValue.MapOfParams) step.params.get(BuiltInParams.LOOP_PARAMS).value();
    loopParams.value().forEach((name, param) -> first.put(name, param.literal()));
    next(step, 0, first);
  }

  /** The condition is evaluated before each iteration, also the first. */
  private void next(StepRun step, long index, Map<String, ParamValue> values) {
    String condition = ((WhileStep) step.definition).condition();
    Optional<Boolean> holds = model.params.condition(step, condition, values);
    if (holds.isEmpty()) {
      model.steps.failInternally(step);
    } else if (!holds.get()) {
      model.steps.complete(step, StepStatus.SUCCEEDED);
    } else if (index == maxPasses) {
      if (maxPasses < MAX_PASSES) {
        model.doubt("a while that was cut short");
      }
      model.steps.fail(step);
    } else {
      step.loopValues.add(values);
      launch(step, index, values, model.restarts.previous(step, index));
    }
  }

  private void launch(
      StepRun step, long index, Map<String, ParamValue> values, @Nullable Run previous) {
    Run run =
        new Run(
            step.run.version,
            ((WhileStep) step.definition).steps(),
            step.run.instance,
            step,
            index,
            true,
            previous == null ? Action.Policy.FRESH : step.below,
            previous,
            model.agenda.now());
    run.inputs =
        Inputs.ofIteration(
            new PassedDown(step.run.params, step.params, step.definition.params().keySet())
                .toWhileIteration(values, index));
    step.iterations.put(index, run);
    model.restarts.prepare(run);
    model.agenda.soon(() -> model.runs.begin(run));
  }

  void ended(StepRun step, Run iteration) {
    long index = step.iterations.size() - 1L;
    if (step.iterations.get(index) != iteration) {
      return;
    }
    if (iteration.status == RunStatus.SUCCEEDED) {
      next(step, index + 1, carried(step, iteration));
    } else {
      model.steps.end(step, iteration);
    }
  }

  /** The step created last that has a param of the name gives its value; else it stays. */
  private Map<String, ParamValue> carried(StepRun step, Run iteration) {
    if (iteration.previous != null) {
      model.doubt("loop params carried by steps of several runs of an iteration");
    }
    Map<String, ParamValue> values =
        new LinkedHashMap<>(step.loopValues.get(step.loopValues.size() - 1));
    for (StepRun inner : iteration.latest.values()) {
      for (String name : List.copyOf(values.keySet())) {
        if (inner.params.containsKey(name)) {
          values.put(name, inner.params.get(name).value());
        }
      }
    }
    return values;
  }
}

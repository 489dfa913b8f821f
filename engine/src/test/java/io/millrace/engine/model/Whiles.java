package io.millrace.engine.model;

import io.millrace.definition.WhileStep;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.PassedDown;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
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

  /**
   * From incomplete it goes on with the last iteration there was; a restart of one iteration begins
   * there, and later ones count no more.
   */
  void start(StepRun step) {
    StepRun before = step.before;
    if (step.below == Action.Policy.FROM_INCOMPLETE
        && before != null
        && !before.iterations.isEmpty()) {
      Optional<Run.Inner> only = model.restarts.inner(step);
      long last = only.map(Run.Inner::iteration).orElse(before.iterations.size() - 1L);
      for (long index = 0; index <= last; index++) {
        step.iterations.put(index, before.iterations.get(index));
        step.loopValues.add(before.loopValues.get((int) index));
      }
      Run run = step.iterations.get(last);
      Map<String, ParamValue> values = step.loopValues.get((int) last);
      if (only.isPresent()) {
        Run again = launch(step, last, values, run, Restarts.policy(only.get()));
        model.restarts.prepare(again, only.get());
      } else if (run.told() == RunStatus.SUCCEEDED) {
        model.doubt("a while that goes on after an iteration that succeeded");
        next(step, last + 1, carried(step, run));
      } else {
        model.restarts.prepare(launch(step, last, values, run, step.below));
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
      // Those after one that was restarted were discarded, and begin anew.
      boolean isAnew = model.restarts.inner(step).isPresent();
      Run previous = isAnew ? null : model.restarts.previous(step, index);
      Action.Policy policy = previous == null ? Action.Policy.FRESH : step.below;
      model.restarts.prepare(launch(step, index, values, previous, policy));
    }
  }

  private Run launch(
      StepRun step,
      long index,
      Map<String, ParamValue> values,
      @Nullable Run previous,
      Action.Policy policy) {
    Run run =
        new Run(
            step.run.version,
            ((WhileStep) step.definition).steps(),
            step.run.instance,
            step,
            index,
            true,
            policy,
            previous,
            model.agenda.now());
    run.inputs =
        Inputs.ofIteration(
            new PassedDown(step.run.params, step.params, step.definition.params().keySet())
                .toWhileIteration(values, index));
    step.iterations.put(index, run);
    model.agenda.soon(() -> model.runs.begin(run));
    return run;
  }

  void ended(StepRun step, Run iteration) {
    long index = step.iterations.size() - 1L;
    if (step.iterations.get(index) != iteration) {
      return;
    }
    if (iteration.told() == RunStatus.SUCCEEDED) {
      next(step, index + 1, carried(step, iteration));
    } else {
      model.steps.end(step, iteration);
    }
  }

  /**
   * The step created last that has a param of the name gives its value, be it one that a restart
   * kept; else it stays.
   */
  private Map<String, ParamValue> carried(StepRun step, Run iteration) {
    Map<String, ParamValue> values =
        new LinkedHashMap<>(step.loopValues.get(step.loopValues.size() - 1));
    List<StepRun> inOrder = new ArrayList<>(iteration.latest.values());
    inOrder.removeIf(inner -> iteration.dag.contains(inner.definition.id()));
    inOrder.addAll(iteration.steps.values());
    for (StepRun inner : inOrder) {
      for (String name : List.copyOf(values.keySet())) {
        if (inner.params.containsKey(name)) {
          values.put(name, inner.params.get(name).value());
        }
      }
    }
    return values;
  }
}

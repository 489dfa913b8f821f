package io.millrace.engine.model;

import io.millrace.definition.FailureMode;
import io.millrace.definition.ForeachStep;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.PassedDown;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.param.PlainValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Foreach steps (Maestro semantics 2.8; decisions, the tree 3 to 7). */
final class Foreaches {
  private final Model model;

  Foreaches(Model model) {
    this.model = model;
  }

  /** From incomplete, the loop params are those of before and what SUCCEEDED is kept. */
  void start(StepRun step) {
    StepRun before = step.before;
    boolean keeps = step.below == Action.Policy.FROM_INCOMPLETE && before != null;
    if (keeps && before.params.containsKey(BuiltInParams.LOOP_PARAMS)) {
      Map<String, EvaluatedParam> params = new LinkedHashMap<>(step.params);
      params.put(BuiltInParams.LOOP_PARAMS, before.params.get(BuiltInParams.LOOP_PARAMS));
      step.params = params;
    }
    if (keeps) {
      step.iterations.putAll(before.iterations);
    }
    long count = 1;
    for (List<ParamValue> values : values(step).values()) {
      count = Math.multiplyExact(count, (long) values.size());
    }
    for (long index = 0; index < count; index++) {
      Run kept = step.iterations.get(index);
      if (kept == null || kept.status != RunStatus.SUCCEEDED) {
        step.toLaunch.add(index);
      } else if (((ForeachStep) step.definition).strictOrdering()) {
        // The engine's window spans the numbers of iterations, kept ones included.
        model.doubt("strict ordering among iterations that were kept");
      }
    }
    goOn(step);
  }

  /** Launches what there is room for; ends when nothing is open and nothing is to be launched. */
  private void goOn(StepRun step) {
    while (!step.launchesNoMore && !step.toLaunch.isEmpty() && hasRoom(step)) {
      launch(step, step.toLaunch.remove());
    }
    if (!step.openBelow().isEmpty()) {
      return;
    }
    if (step.anyIteration(RunStatus.FAILED)) {
      model.steps.fail(step);
    } else if (step.anyIteration(RunStatus.TIMED_OUT)) {
      model.steps.close(step, StepStatus.TIMED_OUT);
      model.runs.endIfDone(step.run);
    } else if (step.anyIteration(RunStatus.STOPPED)) {
      model.steps.stop(step);
    } else {
      model.steps.complete(step, StepStatus.SUCCEEDED);
    }
  }

  /** With strict ordering the window slides: launched minus lowest open is what counts. */
  private static boolean hasRoom(StepRun step) {
    ForeachStep foreach = (ForeachStep) step.definition;
    if (!foreach.strictOrdering()) {
      return step.openBelow().size() < foreach.concurrency();
    }
    int lowest = 0;
    while (lowest < step.launched.size()
        && step.iterations.get(step.launched.get(lowest)).status.isTerminal()) {
      lowest++;
    }
    return step.launched.size() - lowest < foreach.concurrency();
  }

  private void launch(StepRun step, long index) {
    step.launched.add(index);
    step.iterations.put(index, iteration(step, index, model.restarts.previous(step, index)));
  }

  /** Another run of an iteration that is over, whatever the window says. */
  void relaunch(StepRun step, long index, Action.Policy policy) {
    Run previous = step.iterations.get(index);
    if (step.launchesNoMore) {
      model.doubt("an iteration that is restarted after launching stopped");
    }
    step.below = policy;
    step.iterations.put(index, iteration(step, index, previous));
  }

  private Run iteration(StepRun step, long index, Run previous) {
    Run run =
        new Run(
            step.run.version,
            ((ForeachStep) step.definition).steps(),
            step.run.instance,
            step,
            index,
            true,
            previous == null ? Action.Policy.FRESH : step.below,
            previous,
            model.agenda.now());
    Map<String, ParamValue> loopParams = new LinkedHashMap<>();
    long rest = index;
    for (Map.Entry<String, List<ParamValue>> entry : values(step).entrySet()) {
      // The first name varies fastest.
      int size = entry.getValue().size();
      loopParams.put(entry.getKey(), entry.getValue().get((int) (rest % size)));
      rest /= size;
    }
    run.inputs =
        Inputs.ofIteration(
            new PassedDown(step.run.params, step.params, step.definition.params().keySet())
                .toForeachIteration(loopParams, index));
    model.restarts.prepare(run);
    model.agenda.soon(() -> model.runs.begin(run));
    return run;
  }

  /** The first FAILED iteration stops launching, unless IGNORE_FAILURE. */
  void ended(StepRun step, Run iteration) {
    if (step.iterations.get(iteration.iteration) != iteration) {
      return;
    }
    FailureMode mode = step.definition.failureMode();
    if (iteration.status == RunStatus.FAILED && mode != FailureMode.IGNORE_FAILURE) {
      step.launchesNoMore = true;
      if (mode == FailureMode.FAIL_IMMEDIATELY) {
        step.openBelow().forEach(open -> model.runs.close(open, StepStatus.STOPPED));
      }
    }
    goOn(step);
  }

  private static Map<String, List<ParamValue>> values(StepRun step) {
    ParamValue.MapOfParams loopParams =
        (ParamValue.MapOfParams) step.params.get(BuiltInParams.LOOP_PARAMS).value();
    Map<String, List<ParamValue>> values = new LinkedHashMap<>();
    for (Map.Entry<String, ParamDefinition> entry : loopParams.value().entrySet()) {
      List<?> items = (List<?>) PlainValue.of(entry.getValue().literal());
      values.put(entry.getKey(), items.stream().map(Foreaches::scalar).toList());
    }
    return values;
  }

  private static ParamValue scalar(Object item) {
    return item instanceof BigDecimal decimal
        ? new ParamValue.Decimal(decimal)
        : Params.value(item);
  }
}

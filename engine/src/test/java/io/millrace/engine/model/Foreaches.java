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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Foreach steps (Maestro semantics 2.8; decisions, the tree 3 to 7). */
final class Foreaches {
  private final Model model;

  Foreaches(Model model) {
    this.model = model;
  }

  /**
   * From incomplete, the loop params are those of before and what SUCCEEDED is kept; a restart of
   * one iteration keeps all others that are over.
   */
  void start(StepRun step) {
    StepRun before = step.before;
    Optional<Run.Inner> only = model.restarts.inner(step);
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
      if (isKept(step, index, only)) {
        if (((ForeachStep) step.definition).strictOrdering()) {
          // The engine's window spans the numbers of iterations, kept ones included.
          model.doubt("strict ordering among iterations that were kept");
        }
      } else {
        step.toLaunch.add(index);
      }
    }
    if (only.isPresent() && step.toLaunch.size() > 1 && keepsFailed(step, only.get())) {
      launch(step, only.get().iteration());
      step.launchesNoMore = true;
    }
    goOn(step);
  }

  private static boolean isKept(StepRun step, long index, Optional<Run.Inner> only) {
    Run known = step.iterations.get(index);
    if (only.isEmpty()) {
      return known != null && known.told() == RunStatus.SUCCEEDED;
    }
    return known != null && only.get().iteration() != index;
  }

  /** Whether one FAILED beside the one that is restarted: none that never began begins then. */
  private static boolean keepsFailed(StepRun step, Run.Inner only) {
    return step.definition.failureMode() != FailureMode.IGNORE_FAILURE
        && step.iterations.entrySet().stream()
            .filter(kept -> kept.getKey() != only.iteration())
            .anyMatch(kept -> kept.getValue().told() == RunStatus.FAILED);
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
    Run previous = model.restarts.previous(step, index);
    Optional<Run.Inner> only =
        model.restarts.inner(step).filter(inner -> inner.iteration() == index);
    if (only.isPresent() && previous != null) {
      again(step, previous, only.get());
      return;
    }
    Action.Policy policy = previous == null ? Action.Policy.FRESH : step.below;
    model.restarts.prepare(iteration(step, index, previous, policy));
  }

  /** Another run of an iteration that is over, whatever the window says. */
  void relaunch(StepRun step, Run.Inner inner) {
    if (((ForeachStep) step.definition).strictOrdering()) {
      // Whether it holds back those behind it, as it is the lowest open one, or takes a place only.
      model.doubt("an iteration that is restarted in a loop with strict ordering");
    }
    if (step.launchesNoMore) {
      model.doubt("an iteration that is restarted after launching stopped");
    }
    if (step.definition.failureMode() == FailureMode.FAIL_IMMEDIATELY) {
      model.doubt("an iteration that is restarted of a loop that fails immediately");
    }
    again(step, step.iterations.get(inner.iteration()), inner);
  }

  private void again(StepRun step, Run previous, Run.Inner inner) {
    Run run = iteration(step, inner.iteration(), previous, Restarts.policy(inner));
    model.restarts.prepare(run, inner);
  }

  private Run iteration(StepRun step, long index, @Nullable Run previous, Action.Policy policy) {
    Run run =
        new Run(
            step.run.version,
            ((ForeachStep) step.definition).steps(),
            step.run.instance,
            step,
            index,
            true,
            policy,
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
    step.iterations.put(index, run);
    model.agenda.soon(() -> model.runs.begin(run));
    return run;
  }

  /** The first FAILED iteration stops launching, unless IGNORE_FAILURE. */
  void ended(StepRun step, Run iteration) {
    if (step.iterations.get(iteration.iteration) != iteration) {
      return;
    }
    FailureMode mode = step.definition.failureMode();
    if (mode != FailureMode.IGNORE_FAILURE) {
      doubtTies(step, iteration.told() == RunStatus.FAILED);
    }
    if (iteration.told() == RunStatus.FAILED && mode != FailureMode.IGNORE_FAILURE) {
      step.launchesNoMore = true;
      if (mode == FailureMode.FAIL_IMMEDIATELY) {
        if (othersEndNow(step, iteration)) {
          model.doubt("an iteration that fails at once as another ends with what is below it");
        }
        step.openBelow().forEach(open -> model.runs.close(open, StepStatus.STOPPED));
      }
    }
    goOn(step);
  }

  /**
   * What is below an iteration ends before it does, message by message: the stop of a loop that
   * fails immediately may come first.
   */
  private boolean othersEndNow(StepRun step, Run failed) {
    return step.iterations.values().stream()
        .filter(other -> other != failed)
        .filter(other -> other.endedMs != null && other.endedMs == model.agenda.now())
        .anyMatch(other -> other.steps.values().stream().anyMatch(inner -> !inner.isLeaf()));
  }

  /** Whether another is launched depends on which of two that end at one instant is heard first. */
  private void doubtTies(StepRun step, boolean failed) {
    long now = model.agenda.now();
    if (failed ? step.lastEndedMs == now : step.lastFailedMs == now) {
      model.doubt("an iteration that fails at the instant at which another ends");
    }
    step.lastEndedMs = now;
    step.lastFailedMs = failed ? now : step.lastFailedMs;
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

package io.millrace.engine.model;

import io.millrace.definition.FailureMode;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Map;

/** How runs begin, go on from step to step, and end. */
final class Runs {
  private final Model model;

  Runs(Model model) {
    this.model = model;
  }

  /**
   * Leaves the queue: the timeout counts from here (decisions, the tree 14). Params are evaluated
   * once; all steps without predecessors are created before any of them goes on.
   */
  void begin(Run run) {
    if (run.status.isTerminal()) {
      return;
    }
    run.status = RunStatus.IN_PROGRESS;
    if (run.iteration == null) {
      long timeout =
          model
              .known(run.version.definition().timeout(), WorkflowDefinition.DEFAULT_TIMEOUT)
              .toMillis();
      run.timeout =
          model.agenda.after(timeout, Agenda.Kind.TIMEOUT, () -> close(run, StepStatus.TIMED_OUT));
    }
    var params = model.params.ofRun(run);
    if (params.isEmpty()) {
      model.doubt("a run whose params fail");
      end(run, RunStatus.FAILED);
      return;
    }
    run.params = params.get();
    for (StepDefinition step : run.level) {
      if (run.dag.contains(step.id()) && run.predecessors(step.id()).isEmpty()) {
        create(run, step, true);
      }
    }
    endIfDone(run);
  }

  /** A step is satisfied if it has no predecessors or any leads to it (Maestro semantics 2.11). */
  private void create(Run run, StepDefinition definition, boolean satisfied) {
    StepRun step = new StepRun(run, definition);
    step.before = run.latest.get(definition.id());
    step.below = model.restarts.below(run, definition.id());
    run.steps.put(definition.id(), step);
    run.latest.put(definition.id(), step);
    model.agenda.soon(() -> model.steps.enter(step, satisfied));
  }

  /**
   * What follows a complete step: its conditions are evaluated, then all steps are created of which
   * every predecessor is complete. One that isn't satisfied leads nowhere, without evaluation; a
   * condition that fails makes the step INTERNALLY_FAILED (2.11).
   */
  void goOn(StepRun step) {
    Run run = step.run;
    for (var successor : step.definition.successors().entrySet()) {
      if (step.status == StepStatus.UNSATISFIED) {
        step.conditions.put(successor.getKey(), false);
        continue;
      }
      var holds = model.params.condition(step, successor.getValue(), Map.of());
      if (holds.isEmpty()) {
        step.status = StepStatus.INTERNALLY_FAILED;
        endIfDone(run);
        return;
      }
      step.conditions.put(successor.getKey(), holds.get());
    }
    for (String id : step.definition.successors().keySet()) {
      if (run.dag.contains(id) && !run.steps.containsKey(id)) {
        createIfAllComplete(run, id);
      }
    }
    endIfDone(run);
  }

  private void createIfAllComplete(Run run, String id) {
    List<String> before = run.predecessors(id);
    boolean complete =
        before.stream()
            .allMatch(
                other -> run.steps.containsKey(other) && run.steps.get(other).status.isComplete());
    if (complete) {
      boolean satisfied =
          before.stream().anyMatch(other -> run.steps.get(other).conditions.get(id));
      boolean joinsEarlier =
          run.level.stream()
              .anyMatch(
                  other -> other.successors().containsKey(id) && !before.contains(other.id()));
      if (joinsEarlier && !satisfied) {
        model.doubt("a join with a step of an earlier run that may have led here");
      }
      if (!satisfied && id.equals(run.specific)) {
        // Of an iteration that runs as a whole: the engine lets no condition turn it down.
        model.doubt("a step that a restart names and that no step before it leads to");
      }
      create(run, run.definition(id), satisfied);
    }
  }

  /**
   * Done when every created step is terminal; no other can be created then. FAILED counts before
   * TIMED_OUT before STOPPED (3.3).
   */
  void endIfDone(Run run) {
    if (run.status.isTerminal() || !run.open().isEmpty()) {
      return;
    }
    end(run, bySteps(run));
  }

  private static RunStatus bySteps(Run run) {
    if (run.has(StepStatus.FATALLY_FAILED)
        || run.has(StepStatus.INTERNALLY_FAILED)
        || run.steps.isEmpty()) {
      return RunStatus.FAILED;
    } else if (run.has(StepStatus.TIMED_OUT)) {
      return RunStatus.TIMED_OUT;
    }
    return run.has(StepStatus.STOPPED) ? RunStatus.STOPPED : RunStatus.SUCCEEDED;
  }

  /** Also a run that never began has params: they are evaluated when it is created (4.5). */
  void end(Run run, RunStatus status) {
    if (run.status == RunStatus.CREATED) {
      run.params = model.params.ofRun(run).orElse(Map.of());
    }
    run.status = status;
    run.endedMs = model.agenda.now();
    if (run.timeout != null) {
      run.timeout.callOff();
    }
    if (run.iteration == null) {
      model.queues.ended(run);
    }
    StepRun parent = run.parent;
    if (parent != null && run.sync) {
      model.agenda.soon(() -> model.steps.ended(parent, run));
    }
  }

  /**
   * Everything open in a run, and below, comes to an end: STOPPED by a stop (3.3 says what the run
   * is then), or TIMED_OUT, and then so is the run (2.14; decisions, the tree 14).
   */
  void close(Run run, StepStatus to) {
    if (run.status.isTerminal()) {
      return;
    }
    boolean timedOut = to == StepStatus.TIMED_OUT;
    if (run.status == RunStatus.CREATED) {
      if (timedOut) {
        model.doubt("a queued run below a step that timed out");
      }
      end(run, timedOut ? RunStatus.TIMED_OUT : RunStatus.STOPPED);
      return;
    }
    boolean failedBefore =
        run.has(StepStatus.FATALLY_FAILED) || run.has(StepStatus.INTERNALLY_FAILED);
    if (failedBefore || (!timedOut && run.has(StepStatus.TIMED_OUT))) {
      model.doubt("a run with a failed step that is stopped or times out");
    }
    for (StepRun step : run.open()) {
      model.steps.close(step, to);
    }
    if (!run.status.isTerminal()) {
      end(run, timedOut ? RunStatus.TIMED_OUT : bySteps(run));
    }
  }

  /** What a failure mode does once a step is FATALLY_FAILED (2.12). */
  void failed(StepRun step) {
    if (step.definition.failureMode() == FailureMode.FAIL_IMMEDIATELY) {
      for (StepRun other : step.run.open()) {
        model.steps.close(other, StepStatus.STOPPED);
      }
    }
    endIfDone(step.run);
  }
}

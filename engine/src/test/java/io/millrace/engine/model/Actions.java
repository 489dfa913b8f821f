package io.millrace.engine.model;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;

/** What users do (Maestro semantics 9.2 to 9.6); what is not legal changes nothing. */
final class Actions {
  private final Model model;

  Actions(Model model) {
    this.model = model;
  }

  /** Aimed at the latest run of the latest instance of the started workflow (decisions). */
  void take(Action action, Flow flow) {
    if (flow.instances.isEmpty()) {
      return;
    }
    Run run = flow.instances.get(flow.instances.size() - 1);
    if (action.step() == null) {
      onRun(action, run);
    } else if (run.defines(action.step())) {
      onTopStep(action, run);
    } else {
      onInnerSteps(action, run);
    }
  }

  private void onRun(Action action, Run run) {
    switch (action.kind()) {
      case STOP -> model.runs.close(run, StepStatus.STOPPED);
      case KILL -> kill(run);
      case SKIP -> model.doubt("a skip without a step");
      case RESTART -> {
        if (action.policy() == null) {
          model.doubt("a restart without a policy");
        }
        model.restarts.restart(
            run, action.policy() == null ? Action.Policy.FROM_INCOMPLETE : action.policy());
      }
    }
  }

  /** Each incomplete step is killed; failure modes do not apply (9.4, 2.12). */
  private void kill(Run run) {
    if (run.status == RunStatus.CREATED) {
      model.runs.end(run, RunStatus.FAILED);
    } else if (!run.status.isTerminal()) {
      run.open().forEach(step -> model.steps.close(step, StepStatus.FATALLY_FAILED));
      model.runs.endIfDone(run);
    }
  }

  private void onTopStep(Action action, Run run) {
    StepRun step = run.steps.get(action.step());
    if (action.iteration() != null) {
      if (step != null && step.iterations.containsKey(action.iteration())) {
        onIteration(action, step, step.iterations.get(action.iteration()));
      }
    } else if (run.status.isTerminal()) {
      boolean again = action.kind() == Action.Kind.RESTART || action.kind() == Action.Kind.SKIP;
      if (again) {
        boolean skip = action.kind() == Action.Kind.SKIP;
        model.restarts.restartFrom(run, action.step(), action.policy(), skip);
      }
    } else if (step != null) {
      onStep(action, step);
    }
  }

  /** The parent owns its iterations (decisions, the tree 1). */
  private void onIteration(Action action, StepRun loop, Run iteration) {
    switch (action.kind()) {
      case STOP -> model.runs.close(iteration, StepStatus.STOPPED);
      case KILL -> kill(iteration);
      case SKIP -> model.doubt("a skip of an iteration");
      case RESTART -> {
        boolean running = loop.status == StepStatus.RUNNING;
        if (!running || loop.kind().equals("while") || action.policy() == null) {
          model.doubt("a restart of an iteration of a loop that is over, or of a while");
        } else if (iteration.status.isTerminal()) {
          model.foreaches.relaunch(loop, action.iteration(), action.policy());
        }
      }
    }
  }

  /** A step in a loop without an iteration means all running ones (decisions). */
  private void onInnerSteps(Action action, Run run) {
    List<StepRun> found = new ArrayList<>();
    collect(action.step(), run, found);
    for (StepRun step : found) {
      boolean wanted =
          action.iteration() == null
              ? !step.status.isTerminal()
              : action.iteration().equals(step.run.iteration);
      if (wanted && step.run.status.isTerminal()) {
        model.doubt("an action on a step of an iteration that is over");
      } else if (wanted) {
        onStep(action, step);
      }
    }
  }

  private static void collect(String stepId, Run run, List<StepRun> into) {
    for (StepRun step : run.steps.values()) {
      if (step.id().equals(stepId)) {
        into.add(step);
      }
      step.iterations.values().forEach(iteration -> collect(stepId, iteration, into));
    }
  }

  /** A kill aimed at a step is a failure of it, to which its failure mode applies (9.4). */
  private void onStep(Action action, StepRun step) {
    boolean open = !step.status.isTerminal();
    switch (action.kind()) {
      case STOP -> {
        if (open) {
          model.steps.stop(step);
        }
      }
      case KILL -> {
        if (open) {
          model.steps.fail(step);
        }
      }
      case SKIP -> {
        if (open) {
          model.steps.complete(step, StepStatus.SKIPPED);
        } else {
          model.doubt("a skip of a terminal step of a run that goes on");
        }
      }
      case RESTART -> model.restarts.again(step, action.policy());
    }
  }
}

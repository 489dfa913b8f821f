package io.millrace.engine.model;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users do (Maestro semantics 9.2 to 9.6); what is not legal changes nothing. */
final class Actions {
  private final Model model;

  Actions(Model model) {
    this.model = model;
  }

  /** Aimed at the latest run of the latest instance, unless another is named (decisions). */
  void take(Action action, Flow flow) {
    int number = action.instance() == null ? flow.instances.size() : action.instance().intValue();
    if (number < 1 || number > flow.instances.size()) {
      return;
    }
    Run run = flow.instances.get(number - 1);
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
      if (step == null || step.isLeaf()) {
        model.doubt("an action on an iteration of what has none");
      } else if (run.status.isTerminal()) {
        againFrom(action, run, action.step(), null);
      } else if (step != null && step.iterations.containsKey(action.iteration())) {
        onIteration(action, step, step.iterations.get(action.iteration()));
      }
    } else if (run.status.isTerminal()) {
      boolean again = action.kind() == Action.Kind.RESTART || action.kind() == Action.Kind.SKIP;
      if (again) {
        boolean skip = action.kind() == Action.Kind.SKIP;
        model.restarts.restartFrom(run, action.step(), action.policy(), skip);
      }
    } else {
      onStep(action, run, step);
    }
  }

  private void onStep(Action action, Run run, @Nullable StepRun step) {
    if (step != null) {
      onStep(action, step);
    } else if (action.kind() == Action.Kind.RESTART && run.placeholders.contains(action.step())) {
      model.restarts.take(run, action.step(), action.policy());
    }
  }

  /** The parent owns its iterations (decisions, the tree 1). */
  private void onIteration(Action action, StepRun loop, Run iteration) {
    switch (action.kind()) {
      case STOP -> model.runs.close(iteration, StepStatus.STOPPED);
      case KILL -> kill(iteration);
      case SKIP -> model.doubt("a skip of an iteration");
      case RESTART -> againWithin(loop, iteration, inner(action, null));
    }
  }

  private static Run.Inner inner(Action action, @Nullable String step) {
    return new Run.Inner(
        action.iteration(), step, action.policy(), action.kind() == Action.Kind.SKIP);
  }

  /** An iteration that is over, of a loop that goes on: the loop restarts it (9.2, 2.8). */
  private void againWithin(StepRun loop, Run iteration, Run.Inner inner) {
    if (loop.status != StepStatus.RUNNING || loop.kind().equals("while")) {
      model.doubt("a restart of an iteration of a loop that is over, or of a while");
    } else if (iteration.status.isTerminal()) {
      model.foreaches.relaunch(loop, inner);
    }
  }

  /** An iteration, or a step in it, of a run that is over. */
  private void againFrom(Action action, Run run, String loop, @Nullable String step) {
    switch (action.kind()) {
      case STOP, KILL -> {}
      case SKIP, RESTART -> {
        if (action.kind() == Action.Kind.SKIP && step == null) {
          model.doubt("a skip of an iteration");
        }
        model.restarts.restartFrom(run, loop, inner(action, step));
      }
    }
  }

  /** A step in a loop without an iteration means those of all running ones (decisions). */
  private void onInnerSteps(Action action, Run run) {
    List<Run> found = new ArrayList<>();
    collect(action.step(), run, found);
    if (action.iteration() == null) {
      found.removeIf(iteration -> iteration.status.isTerminal());
    } else {
      found.removeIf(iteration -> !action.iteration().equals(iteration.iteration));
    }
    if (found.isEmpty() && action.iteration() != null && run.previous != null) {
      model.doubt("an action on an iteration of an earlier run");
    }
    if (found.size() > 1 && found.stream().anyMatch(iteration -> iteration.status.isTerminal())) {
      model.doubt("an action on iterations of one number in several loops");
      return;
    }
    for (Run iteration : found) {
      StepRun step = iteration.steps.get(action.step());
      if (!iteration.status.isTerminal()) {
        onStep(action, iteration, step);
      } else if (action.kind() == Action.Kind.RESTART || action.kind() == Action.Kind.SKIP) {
        onStepThatIsOver(action, run, iteration);
      }
    }
  }

  private void onStepThatIsOver(Action action, Run root, Run iteration) {
    StepRun loop = iteration.parent;
    if (loop == null || loop.run.iteration != null) {
      model.doubt("an action on a step deep in a loop that is over");
    } else if (root.status.isTerminal()) {
      againFrom(action, root, loop.id(), action.step());
    } else {
      againWithin(loop, iteration, inner(action, action.step()));
    }
  }

  /** Iterations of loops that have the step, each in its latest run. */
  private static void collect(String stepId, Run run, List<Run> into) {
    if (run.defines(stepId) && run.iteration != null) {
      into.add(run);
    }
    for (StepRun step : run.latest.values()) {
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

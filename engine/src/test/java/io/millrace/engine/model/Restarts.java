package io.millrace.engine.model;

import io.millrace.definition.FailureMode;
import io.millrace.definition.StepDefinition;
import io.millrace.evaluation.GivenParams;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done again (Maestro semantics 9.2, 9.3; decisions, the tree 7). */
final class Restarts {
  private final Model model;

  Restarts(Model model) {
    this.model = model;
  }

  /** A run of its own, if the one before is over. */
  void restart(Run latest, Action.Policy policy) {
    if (latest.status.isTerminal()) {
      arrive(model.subworkflows.again(latest, null, false, policy, GivenParams.NONE));
    }
  }

  /**
   * From a specific step of a run that is over; a skipped one is SKIPPED at once, unless it never
   * ran (9.5, 9.6).
   */
  void restartFrom(Run latest, String stepId, Action.@Nullable Policy below, boolean skip) {
    StepRun before = latest.latest.get(stepId);
    if (skip && (before == null || before.status == StepStatus.UNSATISFIED)) {
      return;
    }
    if (!latest.latest.containsKey(stepId)) {
      model.doubt("a restart from a step that was never created");
    }
    Run run = specific(latest);
    run.about(stepId, below, skip);
    prepare(run);
    arrive(run);
  }

  /** From one iteration of a loop, or a step in it, of a run that is over (9.2, 2.8, 2.9). */
  void restartFrom(Run latest, String loopId, Run.Inner inner) {
    StepRun loop = latest.latest.get(loopId);
    if (loop == null || !loop.iterations.containsKey(inner.iteration())) {
      return; // it never began (2.8)
    }
    Run run = specific(latest);
    run.about(loopId, Action.Policy.FROM_INCOMPLETE, false);
    run.inner = inner;
    prepare(run);
    arrive(run);
  }

  private Run specific(Run latest) {
    return model.subworkflows.again(
        latest, null, false, Action.Policy.FROM_SPECIFIC, GivenParams.NONE);
  }

  /** The iteration that the restart of the run is about, if it is one of this loop. */
  Optional<Run.Inner> inner(StepRun loop) {
    boolean isIt = loop.id().equals(loop.run.specific) && loop.attempts == 1;
    return isIt ? Optional.ofNullable(loop.run.inner) : Optional.empty();
  }

  /** How an iteration is to run that is restarted for itself. */
  static Action.Policy policy(Run.Inner inner) {
    if (inner.step() != null) {
      return Action.Policy.FROM_SPECIFIC;
    }
    return inner.policy() == null ? Action.Policy.FROM_INCOMPLETE : inner.policy();
  }

  /** What of its DAG an iteration is to do that is restarted for itself. */
  void prepare(Run iteration, Run.Inner inner) {
    if (inner.step() != null) {
      if (!iteration.isAnew && !iteration.latest.containsKey(inner.step())) {
        model.doubt("a restart from a step that was never created");
      }
      iteration.about(inner.step(), inner.policy(), inner.skip());
    }
    prepare(iteration);
  }

  private void arrive(Run run) {
    model.roots.add(run);
    model.queues.arrive(run);
  }

  /** What of its DAG a run is to do (9.2). */
  void prepare(Run run) {
    if (run.isAnew) {
      return;
    }
    switch (run.policy) {
      case FRESH, FROM_BEGINNING -> {}
      case FROM_INCOMPLETE -> {
        Set<String> incomplete = incomplete(run);
        if (incomplete.isEmpty()) {
          model.doubt("a restart from what is incomplete where nothing is");
        }
        run.dag.retainAll(reachable(run, incomplete));
      }
      case FROM_SPECIFIC -> {
        if (run.specific == null) {
          return;
        }
        Set<String> wanted = reachable(run, Set.of(run.specific));
        Set<String> others = reachable(run, incomplete(run));
        others.removeAll(wanted);
        run.dag.retainAll(wanted);
        run.placeholders.addAll(others);
        for (String id : wanted) {
          if (run.predecessors(id).stream().anyMatch(others::contains)) {
            model.doubt("a step behind an incomplete one that a restart leaves alone");
          }
        }
      }
    }
  }

  /** Steps that were never created, or ended without being complete, in whichever run. */
  private static Set<String> incomplete(Run run) {
    Set<String> incomplete = new HashSet<>();
    for (StepDefinition step : run.level) {
      StepRun latest = run.latest.get(step.id());
      if (latest == null || !latest.status.isComplete()) {
        incomplete.add(step.id());
      }
    }
    return incomplete;
  }

  private static Set<String> reachable(Run run, Set<String> roots) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String id = open.remove();
      if (found.add(id)) {
        open.addAll(run.definition(id).successors().keySet());
      }
    }
    return found;
  }

  /** What a restart of a run means for what is below one of its steps. */
  Action.Policy below(Run run, String stepId) {
    return switch (run.policy) {
      case FRESH, FROM_BEGINNING, FROM_INCOMPLETE -> run.policy;
      case FROM_SPECIFIC -> {
        if (stepId.equals(run.specific)) {
          yield run.belowSpecific;
        }
        StepRun before = run.latest.get(stepId);
        if (before != null && !before.isLeaf()) {
          model.doubt("a loop or subworkflow after the step a restart is about");
        }
        yield Action.Policy.FROM_BEGINNING;
      }
    };
  }

  /** The run of an iteration before a restart; null if there is none, or none that counts. */
  @Nullable Run previous(StepRun step, long index) {
    return step.below == Action.Policy.FRESH || step.before == null
        ? null
        : step.before.iterations.get(index);
  }

  boolean skips(StepRun step) {
    return step.run.skipsSpecific && step.id().equals(step.run.specific) && step.attempts == 1;
  }

  /** A step that a run from a specific step left alone, by hand, while that run goes on (9.2). */
  void take(Run run, String stepId, Action.@Nullable Policy below) {
    StepRun before = run.latest.get(stepId);
    StepDefinition definition = run.definition(stepId);
    boolean isRoot =
        run.level.stream()
            .filter(step -> step.successors().containsKey(stepId))
            .map(step -> run.latest.get(step.id()))
            .allMatch(step -> step != null && step.status.isComplete());
    Set<String> wanted = reachable(run, Set.of(stepId));
    if (!isRoot
        || wanted.stream().anyMatch(run.steps::containsKey)
        || run.status != RunStatus.IN_PROGRESS
        || definition.failureMode() != FailureMode.FAIL_AFTER_RUNNING) {
      return;
    }
    StepRun step = new StepRun(run, definition);
    doubtBelow(step, below);
    run.placeholders.removeAll(wanted);
    run.dag.addAll(wanted);
    step.before = before;
    step.below = below == null ? Action.Policy.FROM_INCOMPLETE : below;
    step.restartedByHand = true;
    run.steps.put(stepId, step);
    run.latest.put(stepId, step);
    model.agenda.soon(() -> model.steps.attempt(step));
  }

  private void doubtBelow(StepRun step, Action.@Nullable Policy below) {
    if (below == null && !step.isLeaf()) {
      model.doubt("a step restarted without a policy for what is below");
    }
  }

  /** A new attempt of a step, by hand, in a run that goes on (9.3). */
  void again(StepRun step, Action.@Nullable Policy below) {
    boolean restartable = step.status.isTerminal() && !step.status.isComplete();
    if (!restartable
        || step.run.status != RunStatus.IN_PROGRESS
        || step.definition.failureMode() != FailureMode.FAIL_AFTER_RUNNING) {
      return;
    }
    doubtBelow(step, below);
    StepRun before = new StepRun(step.run, step.definition);
    before.params = step.params;
    before.iterations.putAll(step.iterations);
    before.loopValues.addAll(step.loopValues);
    before.child = step.child;
    step.before = before;
    step.below = below == null ? Action.Policy.FROM_INCOMPLETE : below;
    step.iterations.clear();
    step.loopValues.clear();
    step.toLaunch.clear();
    step.launched.clear();
    step.launchesNoMore = false;
    step.child = null;
    step.restartedByHand = true;
    step.status = StepStatus.CREATED;
    model.agenda.soon(() -> model.steps.attempt(step));
  }
}

package io.millrace.engine.model;

import io.millrace.definition.StepDefinition;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run of an instance, or of an iteration of a loop: a node of the tree. */
final class Run {
  final Flow.Version version;
  final List<StepDefinition> level;
  final long instance;
  final long number;
  final long createdMs;
  final @Nullable StepRun parent;
  final @Nullable Long iteration;
  final boolean sync;
  final Action.Policy policy;

  /** The run before it, of the same instance or iteration. */
  final @Nullable Run previous;

  /**
   * Whether it has nothing to go on from: an iteration that succeeded keeps nothing (decisions, the
   * tree 13), so that all of it runs again, whatever was restarted of it.
   */
  final boolean isAnew;

  /** What is left of it to do: the ids of its DAG. */
  final Set<String> dag = new HashSet<>();

  /** Steps nobody waits for, which a restart from a specific step leaves alone. */
  final Set<String> placeholders = new HashSet<>();

  /** Steps of all runs of this instance or iteration, each in its latest state. */
  final Map<String, StepRun> latest = new LinkedHashMap<>();

  /** Steps of this run, in the order they were created. */
  final Map<String, StepRun> steps = new LinkedHashMap<>();

  /** The step that a restart from a specific step is about; null for other runs. */
  @Nullable String specific;

  /** The iteration of that step which the restart is about; null: it is about the whole step. */
  @Nullable Inner inner;

  Action.Policy belowSpecific = Action.Policy.FRESH;
  boolean skipsSpecific;
  Inputs inputs = Inputs.NONE;
  Map<String, EvaluatedParam> params = Map.of();
  RunStatus status = RunStatus.CREATED;
  @Nullable Long endedMs;
  Agenda.@Nullable Event timeout;

  /**
   * Of an instance (iteration null) or of an iteration of a loop.
   *
   * @param parent null for a root
   */
  Run(
      Flow.Version version,
      List<StepDefinition> level,
      long instance,
      @Nullable StepRun parent,
      @Nullable Long iteration,
      boolean sync,
      Action.Policy policy,
      @Nullable Run previous,
      long now) {
    this.version = version;
    this.level = level;
    this.instance = instance;
    this.parent = parent;
    this.iteration = iteration;
    this.sync = sync;
    this.policy = policy;
    this.previous = previous;
    this.number = previous == null ? 1 : previous.number + 1;
    this.createdMs = now;
    this.isAnew = previous == null || (iteration != null && previous.told() == RunStatus.SUCCEEDED);
    if (previous != null && !isAnew) {
      latest.putAll(previous.latest);
    }
    level.forEach(step -> dag.add(step.id()));
  }

  StepDefinition definition(String stepId) {
    return level.stream().filter(step -> step.id().equals(stepId)).findFirst().orElseThrow();
  }

  boolean defines(String stepId) {
    return level.stream().anyMatch(step -> step.id().equals(stepId));
  }

  /**
   * What is restarted of a loop.
   *
   * @param step of the iteration; null: the iteration as a whole
   * @param policy of the iteration, or of what is below the step; null: nobody said
   */
  record Inner(
      long iteration, @Nullable String step, Action.@Nullable Policy policy, boolean skip) {}

  /** From now on it is about one of its steps (Maestro semantics 9.2). */
  void about(String stepId, Action.@Nullable Policy below, boolean skip) {
    specific = stepId;
    belowSpecific = below == null ? Action.Policy.FROM_BEGINNING : below;
    skipsSpecific = skip;
  }

  /** What a step above makes of it: of an instance all runs count once it is over (3.4). */
  RunStatus told() {
    return status.isTerminal() ? Aggregates.of(this) : status;
  }

  /** The predecessors that this run waits for. */
  List<String> predecessors(String stepId) {
    List<String> found = new ArrayList<>();
    for (StepDefinition step : level) {
      boolean here = dag.contains(step.id()) || placeholders.contains(step.id());
      if (here && step.successors().containsKey(stepId)) {
        found.add(step.id());
      }
    }
    return found;
  }

  List<StepRun> open() {
    return steps.values().stream().filter(step -> !step.status.isTerminal()).toList();
  }

  boolean has(StepStatus wanted) {
    return steps.values().stream().anyMatch(step -> step.status == wanted);
  }

  Map<String, ParamValue> values() {
    return Params.values(params);
  }

  /** Whether {@code other} is this run or one above it that waits for it. */
  boolean isAtOrBelow(Flow other) {
    for (Run run = this;
        run != null;
        run = run.sync && run.parent != null ? run.parent.run : null) {
      if (run.version.flow() == other) {
        return true;
      }
    }
    return false;
  }
}

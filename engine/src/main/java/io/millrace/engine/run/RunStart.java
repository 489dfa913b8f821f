package io.millrace.engine.run;

import io.millrace.engine.Document.RunParams;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Envelope;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.Turn;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run begins: which params it has, and which steps it is about (Maestro semantics 4.7, 9.2).
 */
final class RunStart {
  private final Turn turn;
  private final Language language;
  private final Dag dag;
  private final Message.Launch launch;
  private final boolean isIteration;
  private final @Nullable RunRecord previous;

  /**
   * @param previous the instance's run before; null if there was none
   */
  RunStart(
      Turn turn,
      Language language,
      Dag dag,
      Message.Launch launch,
      boolean isIteration,
      @Nullable RunRecord previous) {
    this.turn = turn;
    this.language = language;
    this.dag = dag;
    this.launch = launch;
    this.isIteration = isIteration;
    this.previous = isIteration && previous != null && keptNothing(previous) ? null : previous;
  }

  /**
   * Whether a run left nothing to go on from: one of an iteration that succeeded is forgotten with
   * its end (decisions, the tree 13). A simulation keeps it to show it, and goes on as if it had
   * not.
   */
  static boolean keptNothing(RunRecord run) {
    return run.status() == RunStatus.SUCCEEDED && run.aggregated() == null;
  }

  /**
   * What a run begins with.
   *
   * @param first the steps that are ready
   * @param problem why it fails at once; null: it does not
   */
  record Begun(RunRecord record, List<String> first, @Nullable String problem) {}

  Begun begin() {
    RunScope.Made made = params();
    if (!made.definitions().isEmpty()) {
      turn.put(InstanceMachine.paramsKey(launch.run()), new RunParams(made.definitions()));
    }
    Parent parent = launch.parent();
    Optional<RestartPlan> plan = plan();
    Optional<Set<String>> scope = plan.flatMap(this::scope);
    List<String> first =
        scope
            .map(
                steps ->
                    dag.stepIds().stream()
                        .filter(steps::contains)
                        .filter(id -> dag.predecessors(id).stream().noneMatch(steps::contains))
                        .toList())
            .orElse(dag.roots());
    RunRecord record =
        new RunRecord(
            launch.run(),
            launch.runUuid(),
            launch.requestId(),
            launch.version(),
            launch.definitionSha256(),
            RunStatus.IN_PROGRESS,
            null,
            launch.user(),
            launch.createdAt(),
            turn.at(),
            null,
            made.values(),
            0,
            Map.of(),
            List.of(),
            null,
            launch.followers(),
            List.of(),
            List.of(),
            launch.owner(),
            parent,
            runTs(),
            Map.of(),
            scope.map(List::copyOf).orElse(List.of()),
            plan.isPresent() ? earlier() : Map.of(),
            plan.orElse(null),
            null,
            List.of());
    return new Begun(record, first, made.problem());
  }

  /** With nothing to go on from all runs, but what is said of a single step still holds. */
  private Optional<RestartPlan> plan() {
    RestartPlan asked = launch.restart();
    if (previous != null || asked == null) {
      return Optional.ofNullable(asked);
    }
    return asked.path().isEmpty() ? Optional.empty() : Optional.of(asked.whole());
  }

  // ---- params

  private @Nullable Long runTs() {
    Parent parent = launch.parent();
    if (parent != null && parent.runTs() != null) {
      return parent.runTs();
    }
    return previous == null || isIteration ? null : Long.valueOf(RunScope.created(previous));
  }

  private RunScope.Made params() {
    long created = launch.createdAt();
    InstanceFunctions functions =
        new InstanceFunctions(
            InstanceFunctions.Facts.of(launch, plan().orElse(null), dag, isIteration),
            created,
            launch.runUuid());
    Surroundings surroundings = Language.surroundings(created, launch.runUuid(), functions);
    RunScope scope = new RunScope(language, dag);
    Long runTs = runTs();
    long datesOf = runTs == null ? created : runTs;
    RestartPlan plan = launch.restart();
    Map<String, ParamDefinition> given =
        plan == null || !plan.path().isEmpty() ? Map.of() : plan.runParams();
    if (isIteration) {
      return scope.ofIteration(launch, given, datesOf, surroundings);
    }
    if (previous == null || plan == null) {
      return scope.fresh(launch, surroundings);
    }
    RunParams made =
        turn.find(InstanceMachine.paramsKey(previous.run()), RunParams.class)
            .orElse(new RunParams(Map.of()));
    return scope.restarted(launch, RunScope.kept(previous, made), given, datesOf, surroundings);
  }

  // ---- steps

  /** The steps a restart is about; empty: all. */
  private Optional<Set<String>> scope(RestartPlan plan) {
    return switch (plan.policy()) {
      case FROM_BEGINNING -> Optional.empty();
      case FROM_INCOMPLETE -> Optional.of(dag.reachable(incomplete(dag, this::latest)));
      case FROM_SPECIFIC ->
          Optional.of(
              dag.reachable(plan.path().stream().limit(1).map(RestartPlan.Node::stepId).toList()));
    };
  }

  /** Steps that are not complete, or were never created. */
  static List<String> incomplete(Dag dag, StatusOf latest) {
    return dag.stepIds().stream().filter(id -> !latest.of(id).isComplete()).toList();
  }

  /** The status of a step by its id. */
  interface StatusOf {
    StepStatus of(String stepId);
  }

  private StepStatus latest(String stepId) {
    Long run = earlier().get(stepId);
    return run == null
        ? StepStatus.NOT_CREATED
        : turn.get(OpenRun.stepKey(run, stepId), StepRun.class).status();
  }

  private Map<String, Long> earlier() {
    return previous == null ? Map.of() : earlier(previous);
  }

  /** The run in which each step was last, this run included. */
  static Map<String, Long> earlier(RunRecord run) {
    Map<String, Long> earlier = new LinkedHashMap<>(run.earlier());
    run.steps().forEach(stepId -> earlier.put(stepId, run.run()));
    return earlier;
  }

  /** Brings the instance into being, or its next run. */
  void create(String workflowId) {
    if (!turn.exists()) {
      turn.create(workflowId, launch.run(), launch.runUuid());
    }
    turn.changeEnvelope(
        now -> now.withRun(launch.run(), launch.runUuid(), Envelope.Above.of(launch.parent())));
  }
}

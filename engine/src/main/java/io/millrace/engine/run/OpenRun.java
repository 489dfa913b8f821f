package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.definition.StepDefinition;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Document.Watcher;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.Turn;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run while a turn works on it: its record, opened up, and the steps the turn has touched. {@link
 * #save} writes all of it back and publishes one event for each touched step.
 *
 * <p>Holds data and bookkeeping only; what happens next is decided by {@link StepFlow} and {@link
 * RunEnd}.
 */
final class OpenRun {
  private final Turn turn;
  private final EngineLimits limits;
  private final Dag dag;
  private final Map<String, StepDraft> touched = new LinkedHashMap<>();
  private final ArrayDeque<String> work;
  private final Map<StepStatus, Integer> ended = new EnumMap<>(StepStatus.class);
  private final List<ReplyTo> followers;
  private final List<Watcher> watchers;
  private final LinkedHashSet<String> steps;
  private final Leaves leaves;
  private final Map<String, LoopDraft> loops = new LinkedHashMap<>();
  private final Language language;
  private final @Nullable RunRecord stored;
  private List<String> inScope;
  private @Nullable Map<String, ParamValue> visible;
  private RunRecord record;
  private int open;
  private @Nullable RunStatus stopping;
  private @Nullable RunStatus aggregated;

  OpenRun(Turn turn, EngineLimits limits, Language language, Dag dag, RunRecord record) {
    this.turn = turn;
    this.stored = turn.find(key(record.run()), RunRecord.class).orElse(null);
    this.language = language;
    this.limits = limits;
    this.dag = dag;
    this.record = record;
    this.work = new ArrayDeque<>(record.work());
    this.ended.putAll(record.ended());
    this.open = record.open();
    this.stopping = record.stopping();
    this.followers = new ArrayList<>(record.followers());
    this.watchers = new ArrayList<>(record.watchers());
    this.steps = new LinkedHashSet<>(record.steps());
    this.inScope = record.scope();
    this.leaves = new Leaves(this, record);
  }

  static String key(long run) {
    return "run:" + run;
  }

  static String stepKey(long run, String stepId) {
    return "step:" + run + ":" + stepId;
  }

  Turn turn() {
    return turn;
  }

  EngineLimits limits() {
    return limits;
  }

  Dag dag() {
    return dag;
  }

  /** The record as the turn found it, or as {@link #end} left it. */
  RunRecord record() {
    return record;
  }

  /** The params that were given or written, without untouched built-in ones. */
  Map<String, ParamValue> params() {
    return record.params();
  }

  /** All params that texts of the run's steps see. */
  Map<String, ParamValue> visible() {
    if (visible == null) {
      visible = new RunScope(language, dag).values(record);
    }
    return visible;
  }

  StepScope scope() {
    return new StepScope(language, this);
  }

  Language language() {
    return language;
  }

  InstanceAddress instance() {
    return InstanceAddress.parse(turn.address().key())
        .orElseThrow(
            () -> new IllegalStateException("Expected an instance's address: " + turn.address()));
  }

  RunAddress address() {
    return RunAddress.of(instance(), record.run());
  }

  /** Steps created and not terminal. */
  int open() {
    return open;
  }

  ArrayDeque<String> work() {
    return work;
  }

  List<ReplyTo> followers() {
    return followers;
  }

  List<Watcher> watchers() {
    return watchers;
  }

  Optional<RunStatus> stopping() {
    return Optional.ofNullable(stopping);
  }

  /** From now on no step starts, and the run ends with this status. */
  void stop(RunStatus status) {
    stopping = status;
    work.clear();
  }

  /** How many steps have ended with this status. */
  int ended(StepStatus status) {
    return ended.getOrDefault(status, 0);
  }

  // ---- steps

  StepDefinition definition(String stepId) {
    return dag.step(stepId);
  }

  /** The status of a step, {@link StepStatus#NOT_CREATED} if it is not there yet. */
  StepStatus status(String stepId) {
    StepDraft draft = touched.get(stepId);
    return draft != null
        ? draft.status()
        : peek(stepId).map(StepRun::status).orElse(StepStatus.NOT_CREATED);
  }

  /** A step as it stands in this turn, without touching it. */
  Optional<StepRun> peek(String stepId) {
    StepDraft draft = touched.get(stepId);
    if (draft != null) {
      return Optional.of(draft.step());
    }
    return steps.contains(stepId)
        ? turn.find(stepKey(record.run(), stepId), StepRun.class)
        : Optional.empty();
  }

  /** A step that is complete, of this run or else of an earlier one. */
  Optional<StepRun> finished(String stepId) {
    return latest(stepId).filter(step -> step.status().isComplete());
  }

  /** A step as it was last, in this run or else in an earlier one. */
  Optional<StepRun> latest(String stepId) {
    Optional<StepRun> own = peek(stepId);
    return own.isPresent() ? own : before(stepId);
  }

  /** A step as an earlier run left it. */
  Optional<StepRun> before(String stepId) {
    Long earlier = record.earlier().get(stepId);
    return earlier == null ? Optional.empty() : turn.find(stepKey(earlier, stepId), StepRun.class);
  }

  /** The position of a step among those created in this run, from 1. */
  long ordinal(String stepId) {
    return List.copyOf(steps).indexOf(stepId) + 1L;
  }

  /** Whether a step is one of those this run is about. */
  boolean isInScope(String stepId) {
    return inScope.isEmpty() || inScope.contains(stepId);
  }

  // ---- loops

  /** The loop of a step, if it has begun in any run. */
  Optional<LoopDraft> loop(String stepId) {
    LoopDraft known = loops.get(stepId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<LoopDraft> found = LoopDraft.find(turn, stepId);
    found.ifPresent(loop -> loops.put(stepId, loop));
    return found;
  }

  /** A loop that begins or goes on in this turn; written when the turn ends. */
  void put(String stepId, LoopDraft loop) {
    loops.put(stepId, loop);
  }

  /** What was read from the children of its steps. */
  Collected collected() {
    return new Collected(this);
  }

  /** The leaf steps of this run and below it. */
  Leaves leaves() {
    return leaves;
  }

  // ---- changes of steps

  /** A step that exists, to be changed. */
  StepDraft touch(String stepId) {
    StepDraft draft = touched.get(stepId);
    if (draft == null) {
      draft = StepDraft.of(turn.get(stepKey(record.run(), stepId), StepRun.class));
      touched.put(stepId, draft);
    }
    return draft;
  }

  StepDraft create(String stepId) {
    StepDraft draft = StepDraft.create(stepId, turn.at());
    touched.put(stepId, draft);
    steps.add(stepId);
    open++;
    return draft;
  }

  /**
   * A step that this run is not about, as a user restarts it in the run. From now on the run is
   * about it and all that comes after it.
   */
  StepDraft take(String stepId, RestartPlan plan) {
    Optional<StepRun> before = before(stepId);
    Set<String> more = new LinkedHashSet<>(inScope);
    more.addAll(dag.reachable(List.of(stepId)));
    inScope = List.copyOf(more);
    StepDraft draft = create(stepId);
    draft.restarts(before.map(StepRun::child).orElse(null), plan);
    return draft;
  }

  /** Counts a step that has just become terminal. */
  void count(StepStatus status) {
    open--;
    ended.merge(status, 1, Integer::sum);
  }

  /** Takes a step back that had ended with this status and goes on. */
  void uncount(StepStatus status) {
    open++;
    ended.merge(status, -1, (count, less) -> count + less == 0 ? null : count + less);
  }

  /** Ids of the steps created so far, in that order. */
  List<String> steps() {
    return List.copyOf(steps);
  }

  /** Ids of the open steps, in the order they were created. */
  List<String> openSteps() {
    return steps.stream().filter(stepId -> !status(stepId).isTerminal()).toList();
  }

  // ---- the record

  /**
   * The run has ended.
   *
   * @param over all runs of the instance; null: as this one
   */
  void end(RunStatus status, @Nullable RunStatus over) {
    aggregated = over;
    record = written(status, record.reason(), turn.at());
  }

  /** The status of the instance before this run; null if it had none. */
  @Nullable RunStatus before() {
    RunRecord before = turn.find(key(record.run() - 1), RunRecord.class).orElse(null);
    if (before == null) {
      return null;
    }
    RunStatus over = before.aggregated();
    return over == null ? before.status() : over;
  }

  void reason(String reason) {
    record = written(record.status(), reason, record.endedAt());
  }

  private RunRecord written(RunStatus status, @Nullable String reason, @Nullable Long endedAt) {
    return new RunRecord(
        record.run(),
        record.runUuid(),
        record.requestId(),
        record.version(),
        record.definitionSha256(),
        status,
        reason,
        record.user(),
        record.createdAt(),
        record.startedAt(),
        endedAt,
        record.params(),
        open,
        ended,
        List.copyOf(work),
        stopping,
        status.isTerminal() ? List.of() : followers,
        status.isTerminal() ? List.of() : watchers,
        steps(),
        record.owner(),
        record.parent(),
        record.runTs(),
        leaves.own(),
        inScope,
        record.earlier(),
        record.plan(),
        aggregated,
        leaves.failing());
  }

  /** Publishes the touched steps' events; the run's end comes after them on the timeline. */
  void publishSteps() {
    for (StepDraft draft : touched.values()) {
      StepRun step = draft.step();
      if (!draft.passed().isEmpty()) {
        turn.publish(
            new TimelineEvent.StepStatusChanged(
                turn.envelope().workflowId(),
                address().toString(),
                record.runUuid(),
                step.stepId(),
                step.attempt(),
                draft.passed(),
                step.dispatchId(),
                step.worker(),
                step.message()));
      }
    }
  }

  /** Writes the loops as the turn has left them. */
  void saveLoops() {
    loops.values().forEach(LoopDraft::save);
  }

  /** Writes all that the turn has changed. */
  void save() {
    for (StepDraft draft : touched.values()) {
      if (draft.isChanged()) {
        turn.put(stepKey(record.run(), draft.stepId()), draft.step());
      }
    }
    saveLoops();
    leaves.save();
    record = written(record.status(), record.reason(), record.endedAt());
    // a parent of a million hears of each: what has not changed is not written
    if (!record.equals(stored)) {
      turn.put(key(record.run()), record);
    }
  }
}

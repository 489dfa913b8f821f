package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Effect;
import io.millrace.engine.Message;
import io.millrace.engine.run.StepScope.Evaluated;
import io.millrace.engine.step.StepTypes;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How steps follow each other within a run: joins, conditions, attempts, and the ends of them.
 *
 * <p>A step is created when all its predecessors are complete, and is satisfied if the condition of
 * any of them towards it was true (Maestro semantics 2.11). Steps that became ready wait in the
 * run's work list, which is worked off within the turn up to a bound; the rest follows on a nudge,
 * or before the next command.
 */
final class StepFlow {
  private final OpenRun run;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;
  private final StepScope scope;
  private final Works works = new Works();
  private int left;

  StepFlow(OpenRun run, StepTypes types, Predicate<String> declaredQueues) {
    this.run = run;
    this.types = types;
    this.declaredQueues = declaredQueues;
    this.scope = run.scope();
    this.left = run.limits().followUpsPerTurn();
  }

  OpenRun run() {
    return run;
  }

  StepScope scope() {
    return scope;
  }

  // ---- the work list

  /** Works the work list off, as far as one turn may. */
  void advance() {
    while (!run.work().isEmpty() && left > 0) {
      left--;
      begin(run.work().remove());
    }
    if (!run.work().isEmpty()) {
      run.turn().send(run.turn().address(), new Message.Nudge());
    }
  }

  /** Takes one of the follow-ups that are left in this turn; false if there is none. */
  boolean mayGoOn() {
    return left-- > 0;
  }

  /** There is more to do for a RUNNING step than this turn may. */
  void later(StepDraft draft) {
    if (!run.work().contains(draft.stepId())) {
      run.work().add(draft.stepId());
    }
  }

  private void begin(String stepId) {
    if (run.status(stepId) != StepStatus.NOT_CREATED) {
      StepDraft draft = run.touch(stepId);
      if (draft.status() == StepStatus.RUNNING) {
        work(stepId).goOn(draft);
      }
      return;
    }
    StepDraft draft = run.create(stepId);
    if (!satisfied(stepId)) {
      draft.untaken(List.copyOf(run.definition(stepId).successors().keySet()));
      end(draft, StepStatus.UNSATISFIED);
    } else if (RestartScope.skips(run.record(), stepId)) {
      skip(draft, "Skipped by a user.");
    } else {
      attempt(draft);
    }
  }

  private boolean satisfied(String stepId) {
    List<String> predecessors = run.dag().predecessors(stepId);
    return predecessors.isEmpty()
        || RestartScope.names(run.record(), stepId)
        || beganBefore(stepId, predecessors)
        || predecessors.stream()
            .flatMap(predecessor -> run.latest(predecessor).stream())
            .anyMatch(
                predecessor ->
                    predecessor.status().isComplete()
                        && predecessor.status() != StepStatus.UNSATISFIED
                        && !predecessor.untaken().contains(stepId));
  }

  /** A restart begins with a step that an earlier run had begun: it was satisfied then. */
  private boolean beganBefore(String stepId, List<String> predecessors) {
    return predecessors.stream().noneMatch(run::isInScope)
        && run.before(stepId)
            .filter(before -> before.status() != StepStatus.UNSATISFIED)
            .isPresent();
  }

  // ---- an attempt

  /** Takes a CREATED attempt to where its work takes over. */
  void attempt(StepDraft draft) {
    if (Deadlines.isPast(run)) {
      return; // it stays CREATED until its end comes from above
    }
    StepDefinition definition = run.definition(draft.stepId());
    draft.to(StepStatus.INITIALIZED);
    Evaluated<Duration> timeout = new StepSettings(run).timeout(definition);
    if (timeout instanceof Evaluated.Fault<Duration> fault) {
      internally(draft, fault.reason());
      return;
    }
    draft.to(StepStatus.WAITING_FOR_SIGNALS);
    draft.to(StepStatus.EVALUATING_PARAMS);
    if (!evaluate(draft, RestartScope.stepParams(run.record(), draft.step()))) {
      return;
    }
    Optional<String> unwatchable = WorkerWatch.fault(definition, draft);
    if (unwatchable.isPresent()) {
      internally(draft, unwatchable.get());
      return;
    }
    draft.to(StepStatus.WAITING_FOR_PERMITS);
    draft.started(run.turn().at());
    run.turn().note(Effect.Note.Kind.STEP_STARTED);
    long end = run.turn().at() + ((Evaluated.Value<Duration>) timeout).value().toMillis();
    boolean hasChildren = !(definition instanceof TypedStep);
    if (hasChildren) {
      run.turn().setTimer(timer(Timer.TIMEOUT, draft), end); // the first of them are told of it
    }
    work(draft.stepId()).begin(draft);
    if (!hasChildren && draft.status() == StepStatus.RUNNING) {
      run.turn().setTimer(timer(Timer.TIMEOUT, draft), end);
    }
  }

  /** Evaluates the params of an attempt; false if that ended it. */
  private boolean evaluate(StepDraft draft, Map<String, ParamDefinition> restart) {
    StepDefinition definition = run.definition(draft.stepId());
    Evaluated<Map<String, ParamValue>> params = scope.params(definition, draft.step(), restart);
    if (params instanceof Evaluated.Fault<Map<String, ParamValue>> fault) {
      internally(draft, fault.reason());
      return false;
    }
    draft.params(((Evaluated.Value<Map<String, ParamValue>>) params).value());
    return true;
  }

  /** A timer of an attempt is due; one of an attempt that is over changes nothing. */
  void due(Timer timer, String stepId, long attempt) {
    StepRun step = run.peek(stepId).orElse(null);
    if (step == null || step.attempt() != attempt || step.status().isTerminal()) {
      return;
    }
    StepDraft draft = run.touch(stepId);
    switch (timer) {
      case RETRY -> {
        if (step.status().isRetrying()) {
          draft.nextAttempt(run.turn().at());
          run.turn().note(Effect.Note.Kind.STEP_RETRIED);
          attempt(draft);
        }
      }
      case WAKE -> {
        if (step.status() == StepStatus.RUNNING) {
          work(stepId).due(draft);
        }
      }
      case WORKER_TIMEOUT -> {
        if (step.status() == StepStatus.RUNNING
            && run.definition(stepId) instanceof TypedStep leaf) {
          new WorkerWatch(this).due(draft, leaf);
        }
      }
      case TIMEOUT -> {
        if (step.status() == StepStatus.RUNNING && draft.ending() == null) {
          new StepFailures(this).timedOut(draft);
        }
      }
    }
  }

  /** A worker's report for the open task of an attempt. */
  void reported(String stepId, Report report) {
    StepDraft draft = run.touch(stepId);
    work(stepId).reported(draft, report);
  }

  // ---- ends

  /** The work is done: conditions are looked at, and successors follow. */
  void succeed(StepDraft draft) {
    draft.to(StepStatus.FINISHING);
    complete(draft, StepStatus.SUCCEEDED);
  }

  /** Makes a step that never ran, or no longer does, count as done. */
  void skip(StepDraft draft, String reason) {
    if (draft.params().isEmpty() && !evaluate(draft, Map.of())) {
      return;
    }
    draft.message(Kept.start(reason, Report.MAX_MESSAGE_CHARS));
    complete(draft, StepStatus.SKIPPED);
  }

  /** A failure of what the definition says: no retry, no failure mode (decisions). */
  void internally(StepDraft draft, String reason) {
    draft.message(Kept.start(reason, Report.MAX_MESSAGE_CHARS));
    end(draft, StepStatus.INTERNALLY_FAILED);
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }

  /** Ends an attempt with a status that is complete, unless one of its conditions fails. */
  void complete(StepDraft draft, StepStatus status) {
    Optional<String> fault = conditions(draft, draft.step().withStatus(status, run.turn().at()));
    if (fault.isPresent()) {
      internally(draft, fault.get());
      return;
    }
    if (status == StepStatus.COMPLETED_WITH_ERROR) {
      draft.to(StepStatus.FATALLY_FAILED);
    }
    end(draft, status);
  }

  /**
   * @param complete the step as it is once its conditions are known, which may read how and when it
   *     ended
   */
  private Optional<String> conditions(StepDraft draft, StepRun complete) {
    StepDefinition definition = run.definition(draft.stepId());
    List<String> untaken = new ArrayList<>();
    for (Map.Entry<String, String> successor : definition.successors().entrySet()) {
      Evaluated<Boolean> holds = scope.holds(successor.getValue(), definition, complete, Map.of());
      if (holds instanceof Evaluated.Fault<Boolean> fault) {
        return Optional.of(fault.reason());
      }
      if (!((Evaluated.Value<Boolean>) holds).value()) {
        untaken.add(successor.getKey());
      }
    }
    draft.untaken(untaken);
    return Optional.empty();
  }

  /** Ends every open step, or lets it end when its children have; none follows. */
  void endAll(StepStatus status, String reason) {
    run.work().clear();
    for (String stepId : run.openSteps()) {
      endOne(run.touch(stepId), status, reason);
    }
  }

  /**
   * Ends an open attempt from outside; at once, or when its children have ended.
   *
   * @return whether it is over
   */
  boolean endOne(StepDraft draft, StepStatus status, String reason) {
    boolean over = leave(draft, status, reason);
    if (over) {
      end(draft, status);
    }
    return over;
  }

  /**
   * Takes the work of an open attempt back. What is open below it ends first, and then the attempt
   * ends with {@code status}.
   *
   * @return whether nothing is open below it, so that the caller ends it
   */
  boolean leave(StepDraft draft, StepStatus status, String reason) {
    draft.message(Kept.start(reason, Report.MAX_MESSAGE_CHARS));
    boolean over =
        draft.status() != StepStatus.RUNNING || work(draft.stepId()).abandon(draft, status, reason);
    if (!over) {
      draft.ending(status);
      clearTimers(draft);
    }
    return over;
  }

  /** The one place where a step becomes terminal. */
  void end(StepDraft draft, StepStatus status) {
    clearTimers(draft);
    draft.ended(status, run.turn().at());
    run.count(status);
    run.leaves().count(draft);
    if (status.isComplete()) {
      if (status == StepStatus.SUCCEEDED) {
        run.turn().note(Effect.Note.Kind.STEP_SUCCEEDED);
      }
      follow(draft.stepId());
    }
  }

  private void follow(String stepId) {
    if (run.stopping().isPresent()) {
      return;
    }
    for (String successor : run.definition(stepId).successors().keySet()) {
      if (run.status(successor) == StepStatus.NOT_CREATED
          && run.isInScope(successor)
          && !run.work().contains(successor)
          && run.dag().predecessors(successor).stream().allMatch(this::isComplete)) {
        run.work().add(successor);
      }
    }
  }

  /** A step that this run is about counts only when it is complete in this run. */
  private boolean isComplete(String predecessor) {
    return run.isInScope(predecessor)
        ? run.status(predecessor).isComplete()
        : run.finished(predecessor).isPresent();
  }

  /** Ends the run's steps as its own end does. */
  static StepStatus stepStatus(RunStatus how) {
    return switch (how) {
      case TIMED_OUT -> StepStatus.TIMED_OUT;
      case FAILED -> StepStatus.FATALLY_FAILED;
      case STOPPED, SUCCEEDED, CREATED, IN_PROGRESS, PAUSED -> StepStatus.STOPPED;
    };
  }

  // ---- timers

  /** What a named timer of an attempt is for. */
  enum Timer {
    RETRY,
    TIMEOUT,
    WAKE,
    WORKER_TIMEOUT
  }

  static String timer(Timer timer, StepDraft draft) {
    return timer.name() + ":" + draft.stepId() + "@" + draft.attempt();
  }

  void clearTimers(StepDraft draft) {
    for (Timer timer : Timer.values()) {
      run.turn().clearTimer(timer(timer, draft));
    }
    new WorkerWatch(this).over(draft);
  }

  // ---- kinds of steps

  /** How the step does its work. */
  StepWork work(String stepId) {
    return run.definition(stepId).accept(works);
  }

  private final class Works implements StepDefinition.Cases<StepWork> {
    @Override
    public StepWork typed(TypedStep step) {
      return new LeafWork(StepFlow.this, step, types.of(step.type()), declaredQueues);
    }

    @Override
    public StepWork subworkflow(SubworkflowStep step) {
      return new SubworkflowWork(StepFlow.this, step);
    }

    @Override
    public StepWork foreach(ForeachStep step) {
      return new ForeachWork(StepFlow.this, step);
    }

    @Override
    public StepWork whileLoop(WhileStep step) {
      return new WhileWork(StepFlow.this, step);
    }
  }
}

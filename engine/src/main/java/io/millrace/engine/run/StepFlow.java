package io.millrace.engine.run;

import io.millrace.definition.FailureMode;
import io.millrace.definition.RetryPolicy;
import io.millrace.definition.TypedStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Effect;
import io.millrace.engine.Message;
import io.millrace.engine.param.ParamMerge;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.Report;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How steps follow each other within a run: joins, attempts, retries, failure modes.
 *
 * <p>A step is created when all its predecessors are complete, and is satisfied if any of them was
 * (Maestro semantics 2.11). Steps that became ready wait in the run's work list, which is worked
 * off within the turn up to a bound; the rest follows on a nudge, or before the next command.
 */
final class StepFlow {
  private final OpenRun run;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;

  StepFlow(OpenRun run, StepTypes types, Predicate<String> declaredQueues) {
    this.run = run;
    this.types = types;
    this.declaredQueues = declaredQueues;
  }

  /** Works the work list off, as far as one turn may. */
  void advance() {
    int left = run.limits().followUpsPerTurn();
    while (!run.work().isEmpty() && left-- > 0) {
      begin(run.work().remove());
    }
    if (!run.work().isEmpty()) {
      run.turn().send(run.turn().address(), new Message.Nudge());
    }
  }

  private void begin(String stepId) {
    StepDraft draft = run.create(stepId);
    if (!satisfied(stepId)) {
      end(draft, StepStatus.UNSATISFIED);
      return;
    }
    attempt(draft);
  }

  /** Takes a CREATED attempt to where its behaviour takes over. */
  private void attempt(StepDraft draft) {
    TypedStep definition = run.definition(draft.stepId());
    draft.to(StepStatus.INITIALIZED);
    draft.to(StepStatus.WAITING_FOR_SIGNALS);
    draft.to(StepStatus.EVALUATING_PARAMS);
    draft.params(ParamMerge.literals(definition.params()));
    draft.to(StepStatus.WAITING_FOR_PERMITS);
    draft.started(run.turn().at());
    run.turn().note(Effect.Note.Kind.STEP_STARTED);
    types.of(definition.type()).begin(context(draft));
    if (draft.status() == StepStatus.RUNNING) {
      long timeout = definition.timeout().require().toMillis();
      run.turn().setTimer(timer(Timer.TIMEOUT, draft), run.turn().at() + timeout);
    }
  }

  private boolean satisfied(String stepId) {
    boolean root = true;
    for (String predecessor : run.dag().predecessors(stepId)) {
      root = false;
      if (run.status(predecessor) != StepStatus.UNSATISFIED) {
        return true;
      }
    }
    return root;
  }

  // ---- what happens to an attempt

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
          types.of(run.definition(stepId).type()).due(context(draft));
        }
      }
      case TIMEOUT -> {
        if (step.status() == StepStatus.RUNNING) {
          timedOut(draft);
        }
      }
    }
  }

  /** A worker's report for the open task of an attempt. */
  void reported(String stepId, Report report) {
    StepDraft draft = run.touch(stepId);
    types.of(run.definition(stepId).type()).reported(context(draft), report);
  }

  private void timedOut(StepDraft draft) {
    TypedStep definition = run.definition(draft.stepId());
    String reason = "The attempt took longer than " + definition.timeout().require() + ".";
    abandon(draft, reason);
    draft.message(cut(reason));
    int retries = draft.step().timeoutRetries();
    RetryPolicy policy = definition.retryPolicy().require();
    if (retries < policy.timeoutRetryLimit()) {
      retry(draft, StepStatus.TIMEOUT_FAILED, policy.backoff().timeout().before(retries));
    } else {
      end(draft, StepStatus.TIMED_OUT);
      run.turn().note(Effect.Note.Kind.STEP_FAILED);
    }
  }

  void failed(StepDraft draft, Report.Failure whose, String message, boolean retryable) {
    RetryPolicy policy = run.definition(draft.stepId()).retryPolicy().require();
    draft.message(cut(message));
    switch (whose) {
      case USER -> {
        int retries = draft.step().errorRetries();
        if (retryable && retries < policy.errorRetryLimit()) {
          retry(draft, StepStatus.USER_FAILED, policy.backoff().error().before(retries));
        } else {
          fatal(draft);
        }
      }
      case PLATFORM -> {
        int retries = draft.step().platformRetries();
        if (retryable && retries < policy.platformRetryLimit()) {
          retry(draft, StepStatus.PLATFORM_FAILED, policy.backoff().platform().before(retries));
        } else {
          fatal(draft);
        }
      }
      case FATAL -> fatal(draft);
    }
  }

  private static String cut(String message) {
    return Kept.start(message, Report.MAX_MESSAGE_CHARS);
  }

  private void retry(StepDraft draft, StepStatus status, Duration wait) {
    clearTimers(draft);
    draft.ended(status, run.turn().at());
    long when = run.turn().at() + wait.toMillis();
    draft.retryAt(when);
    run.turn().setTimer(timer(Timer.RETRY, draft), when);
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }

  /** No other attempt follows: what that means for the run is the failure mode's business. */
  private void fatal(StepDraft draft) {
    FailureMode mode = run.definition(draft.stepId()).failureMode();
    switch (mode) {
      case IGNORE_FAILURE -> {
        draft.to(StepStatus.FATALLY_FAILED);
        end(draft, StepStatus.COMPLETED_WITH_ERROR);
      }
      case FAIL_AFTER_RUNNING -> end(draft, StepStatus.FATALLY_FAILED);
      case FAIL_IMMEDIATELY -> {
        end(draft, StepStatus.FATALLY_FAILED);
        run.work().clear();
        endAll(
            StepStatus.STOPPED,
            "Step '" + draft.stepId() + "' failed, and its failure mode is " + mode + ".");
      }
    }
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }

  /** Ends every open step; none follows. */
  void endAll(StepStatus status, String reason) {
    run.work().clear();
    for (String stepId : run.openSteps()) {
      StepDraft draft = run.touch(stepId);
      abandon(draft, reason);
      draft.message(cut(reason));
      end(draft, status);
    }
  }

  private void abandon(StepDraft draft, String reason) {
    types.of(run.definition(draft.stepId()).type()).abandoned(context(draft), reason);
  }

  /** The one place where a step becomes terminal. */
  void end(StepDraft draft, StepStatus status) {
    clearTimers(draft);
    draft.ended(status, run.turn().at());
    run.count(status);
    if (status.isComplete()) {
      if (status == StepStatus.SUCCEEDED) {
        run.turn().note(Effect.Note.Kind.STEP_SUCCEEDED);
      }
      follow(draft.stepId());
    }
  }

  private void follow(String stepId) {
    Set<String> successors = run.definition(stepId).successors().keySet();
    if (run.stopping().isPresent()) {
      return;
    }
    for (String successor : successors) {
      if (run.status(successor) == StepStatus.NOT_CREATED
          && !run.work().contains(successor)
          && run.dag().predecessors(successor).stream()
              .allMatch(predecessor -> run.status(predecessor).isComplete())) {
        run.work().add(successor);
      }
    }
  }

  // ---- timers

  /** What a named timer of an attempt is for. */
  enum Timer {
    RETRY,
    TIMEOUT,
    WAKE
  }

  static String timer(Timer timer, StepDraft draft) {
    return timer.name() + ":" + draft.stepId() + "@" + draft.attempt();
  }

  private void clearTimers(StepDraft draft) {
    for (Timer timer : Timer.values()) {
      run.turn().clearTimer(timer(timer, draft));
    }
  }

  private AttemptContext context(StepDraft draft) {
    return new AttemptContext(run, this, draft, declaredQueues);
  }
}

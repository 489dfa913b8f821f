package io.millrace.engine.model;

import io.millrace.definition.FailureMode;
import io.millrace.definition.ForeachStep;
import io.millrace.definition.RetryPolicy;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.evaluation.EvaluatedParam;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;

/** How steps of every kind begin and end, and what leaf steps do. */
final class Steps {
  private static final long DEFAULT_SLEEP_SECONDS = 3;

  private final Model model;

  Steps(Model model) {
    this.model = model;
  }

  /** A created step begins its first attempt, or is UNSATISFIED (Maestro semantics 2.11). */
  void enter(StepRun step, boolean satisfied) {
    if (step.status.isTerminal()) {
      return;
    }
    if (satisfied) {
      attempt(step);
      return;
    }
    step.attempts = 1;
    complete(step, StepStatus.UNSATISFIED);
  }

  /** Params are evaluated in every attempt, and its timeout counts from its start (3.1, 2.14). */
  void attempt(StepRun step) {
    if (step.status.isTerminal()) {
      return;
    }
    step.attempts++;
    step.status = StepStatus.CREATED;
    step.startedMs = null;
    step.endedMs = null;
    var params = model.params.ofStep(step);
    if (params.isEmpty()) {
      failInternally(step);
      return;
    }
    step.params = params.get();
    if (model.restarts.skips(step)) {
      complete(step, StepStatus.SKIPPED);
      return;
    }
    step.status = StepStatus.RUNNING;
    step.startedMs = model.agenda.now();
    if (!step.definition.basics().signalDependencies().isEmpty()) {
      model.doubt("a step that waits for signals");
    }
    long timeout =
        model.known(step.definition.timeout(), WorkflowDefinition.DEFAULT_TIMEOUT).toMillis();
    step.timeout = model.agenda.after(timeout, Agenda.Kind.TIMEOUT, () -> timeOut(step));
    step.definition.accept(new Work(step));
  }

  /** What a step does, by its kind. */
  private final class Work implements StepDefinition.Cases<Void> {
    private final StepRun step;

    private Work(StepRun step) {
      this.step = step;
    }

    @Override
    public Void typed(TypedStep typed) {
      LeafOutcome outcome = model.outcomes.next(step);
      if (outcome == null && typed.type().equals("NoOp")) {
        complete(step, StepStatus.SUCCEEDED);
      } else if (outcome == null && typed.type().equals("Sleep")) {
        sleep(step);
      } else if (outcome == null) {
        answer(step, LeafOutcome.success(0));
      } else if (outcome.fail() != LeafOutcome.Failure.TIMEOUT) {
        answer(step, outcome);
      }
      return null;
    }

    @Override
    public Void subworkflow(SubworkflowStep subworkflow) {
      model.subworkflows.start(step, subworkflow);
      return null;
    }

    @Override
    public Void foreach(ForeachStep foreach) {
      model.foreaches.start(step);
      return null;
    }

    @Override
    public Void whileLoop(WhileStep whileLoop) {
      model.whiles.start(step);
      return null;
    }
  }

  /** Exactly {@code sleep_seconds} after it starts; 3 s without (decisions; 2.2). */
  private void sleep(StepRun step) {
    EvaluatedParam param = step.params.get("sleep_seconds");
    long seconds = param == null ? DEFAULT_SLEEP_SECONDS : ((ParamValue.Int) param.value()).value();
    step.next =
        model.agenda.after(
            seconds * 1000, Agenda.Kind.RETRY_OR_SLEEP, () -> complete(step, StepStatus.SUCCEEDED));
  }

  private void answer(StepRun step, LeafOutcome outcome) {
    step.next =
        model.agenda.after(outcome.afterMs(), Agenda.Kind.RESULT, () -> answered(step, outcome));
  }

  private void answered(StepRun step, LeafOutcome outcome) {
    if (outcome.fail() == null) {
      if (!outcome.outputs().isEmpty()) {
        var params = model.params.withOutputs(step, outcome.outputs());
        if (params.isEmpty()) {
          model.doubt("outputs that the step does not take");
          failInternally(step);
          return;
        }
        step.params = params.get();
      }
      complete(step, StepStatus.SUCCEEDED);
    } else if (outcome.fail() == LeafOutcome.Failure.FATAL || !outcome.retryable()) {
      fail(step);
    } else if (!retries(step, outcome.fail())) {
      fail(step);
    }
  }

  /**
   * Three counters, each with its limit and wait (2.13).
   *
   * @return whether another attempt follows
   */
  private boolean retries(StepRun step, LeafOutcome.Failure failure) {
    var written = ((TypedStep) step.definition).retryPolicy().known();
    if (written.isEmpty()) {
      model.doubt("a retry policy that a param gives");
    }
    RetryPolicy policy = written.orElse(RetryPolicy.DEFAULT);
    int done = step.retries.getOrDefault(failure, 0);
    if (step.restartedByHand) {
      model.doubt("a failure that may be retried after a restart by hand");
    }
    if (done >= limit(policy, failure)) {
      return false;
    }
    step.retries.put(failure, done + 1);
    step.callOff();
    step.status = statusOf(failure);
    long wait = wait(policy, failure).before(done).toMillis();
    step.next = model.agenda.after(wait, Agenda.Kind.RETRY_OR_SLEEP, () -> attempt(step));
    return true;
  }

  private static int limit(RetryPolicy policy, LeafOutcome.Failure failure) {
    return switch (failure) {
      case USER -> policy.errorRetryLimit();
      case PLATFORM -> policy.platformRetryLimit();
      case TIMEOUT -> policy.timeoutRetryLimit();
      case FATAL -> 0;
    };
  }

  private static RetryPolicy.Wait wait(RetryPolicy policy, LeafOutcome.Failure failure) {
    return switch (failure) {
      case USER -> policy.backoff().error();
      case PLATFORM -> policy.backoff().platform();
      case TIMEOUT -> policy.backoff().timeout();
      case FATAL -> new RetryPolicy.Wait(Duration.ZERO, 1, Duration.ZERO);
    };
  }

  private static StepStatus statusOf(LeafOutcome.Failure failure) {
    return switch (failure) {
      case USER -> StepStatus.USER_FAILED;
      case PLATFORM -> StepStatus.PLATFORM_FAILED;
      case TIMEOUT -> StepStatus.TIMEOUT_FAILED;
      case FATAL -> StepStatus.FATALLY_FAILED;
    };
  }

  /** Only leaf steps have a policy; with others all below times out too (2.13, 2.14). */
  private void timeOut(StepRun step) {
    if (step.isLeaf() && retries(step, LeafOutcome.Failure.TIMEOUT)) {
      return;
    }
    close(step, StepStatus.TIMED_OUT);
    model.runs.endIfDone(step.run);
  }

  /** SUCCEEDED, SKIPPED, UNSATISFIED or COMPLETED_WITH_ERROR: the successors go on. */
  void complete(StepRun step, StepStatus status) {
    close(step, status);
    model.runs.goOn(step);
  }

  /** A fatal failure, to which the failure mode applies (2.12). */
  void fail(StepRun step) {
    if (step.definition.failureMode() == FailureMode.IGNORE_FAILURE) {
      complete(step, StepStatus.COMPLETED_WITH_ERROR);
      return;
    }
    close(step, StepStatus.FATALLY_FAILED);
    model.runs.failed(step);
  }

  /** A param or condition failed: no retry and no failure mode (decisions). */
  void failInternally(StepRun step) {
    close(step, StepStatus.INTERNALLY_FAILED);
    model.runs.endIfDone(step.run);
  }

  void stop(StepRun step) {
    close(step, StepStatus.STOPPED);
    model.runs.endIfDone(step.run);
  }

  /**
   * Comes to an end, and all below before it: TIMED_OUT if it times out, else STOPPED, whatever the
   * step itself becomes (9.4; decisions, the tree 2 and 14). The run is not looked at.
   */
  void close(StepRun step, StepStatus to) {
    boolean isOpen = !step.openBelow().isEmpty();
    if (isOpen && (step.anyIteration(RunStatus.FAILED) || step.anyIteration(RunStatus.TIMED_OUT))) {
      // The engine takes what its iterations ended with for a loop's result (the tree 5).
      model.doubt("a loop that ends from outside after an iteration has not succeeded");
    }
    for (Run below : step.openBelow()) {
      model.runs.close(
          below, to == StepStatus.TIMED_OUT ? StepStatus.TIMED_OUT : StepStatus.STOPPED);
    }
    step.callOff();
    step.status = to;
    step.endedMs = model.agenda.now();
  }

  /** A run below has ended; a step that is over hears nothing any more. */
  void ended(StepRun step, Run below) {
    if (step.status != StepStatus.RUNNING) {
      return;
    }
    step.definition.accept(
        new StepDefinition.Cases<Void>() {
          @Override
          public Void typed(TypedStep typed) {
            throw new IllegalStateException("Expected no run below a leaf, but there is one.");
          }

          @Override
          public Void subworkflow(SubworkflowStep subworkflow) {
            end(step, below);
            return null;
          }

          @Override
          public Void foreach(ForeachStep foreach) {
            model.foreaches.ended(step, below);
            return null;
          }

          @Override
          public Void whileLoop(WhileStep whileLoop) {
            model.whiles.ended(step, below);
            return null;
          }
        });
  }

  /** As the run below ended (2.7). */
  void end(StepRun step, Run below) {
    switch (below.told()) {
      case SUCCEEDED -> complete(step, StepStatus.SUCCEEDED);
      case FAILED -> fail(step);
      case STOPPED -> stop(step);
      case TIMED_OUT -> {
        close(step, StepStatus.TIMED_OUT);
        model.runs.endIfDone(step.run);
      }
      case CREATED, IN_PROGRESS, PAUSED ->
          throw new IllegalStateException("Expected a run to be over, but it is not.");
    }
  }
}

package io.millrace.engine.run;

import io.millrace.definition.FailureMode;
import io.millrace.definition.RetryPolicy;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.TypedStep;
import io.millrace.engine.Effect;
import io.millrace.engine.run.StepSettings.Policy;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;

/**
 * What follows a failure: another attempt by the retry policy, of leaf steps only, or the failure
 * mode (Maestro semantics 2.12, 2.13).
 */
final class StepFailures {
  private final StepFlow flow;
  private final OpenRun run;

  StepFailures(StepFlow flow) {
    this.flow = flow;
    this.run = flow.run();
  }

  /** The attempt took too long. */
  void timedOut(StepDraft draft) {
    StepDefinition definition = run.definition(draft.stepId());
    String most =
        new StepSettings(run).timeout(definition)
                instanceof StepScope.Evaluated.Value<Duration> known
            ? known.value().toString()
            : "it may";
    String reason = "The attempt took longer than " + most + ".";
    if (definition instanceof TypedStep leaf) {
      int retries = draft.step().timeoutRetries();
      Policy policy = new StepSettings(run).policy(leaf);
      if (retries < policy.policy().timeoutRetryLimit()) {
        flow.work(draft.stepId()).abandon(draft, StepStatus.TIMEOUT_FAILED, reason);
        draft.message(policy.noted(cut(reason)));
        retry(
            draft, StepStatus.TIMEOUT_FAILED, policy, policy.policy().backoff().timeout(), retries);
        return;
      }
    }
    flow.endOne(draft, StepStatus.TIMED_OUT, reason);
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }

  /** A leaf step failed. */
  void failed(
      StepDraft draft, TypedStep leaf, Report.Failure whose, String message, boolean retryable) {
    Policy policy = new StepSettings(run).policy(leaf);
    RetryPolicy rules = policy.policy();
    draft.message(policy.noted(cut(message)));
    switch (whose) {
      case USER -> {
        int retries = draft.step().errorRetries();
        if (retryable && retries < rules.errorRetryLimit()) {
          retry(draft, StepStatus.USER_FAILED, policy, rules.backoff().error(), retries);
        } else {
          fatal(draft);
        }
      }
      case PLATFORM -> {
        int retries = draft.step().platformRetries();
        if (retryable && retries < rules.platformRetryLimit()) {
          retry(draft, StepStatus.PLATFORM_FAILED, policy, rules.backoff().platform(), retries);
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

  private void retry(
      StepDraft draft, StepStatus status, Policy policy, RetryPolicy.Wait wait, int retries) {
    flow.clearTimers(draft);
    draft.ended(status, run.turn().at());
    Duration drawn = policy.drawn(wait.before(retries), flow.scope().uuid(draft.step()));
    long when = run.turn().at() + drawn.toMillis();
    draft.retryAt(when);
    run.turn().setTimer(StepFlow.timer(StepFlow.Timer.RETRY, draft), when);
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }

  /** A step that has children failed by them, or could not begin. */
  void fatally(StepDraft draft, String message) {
    draft.message(cut(message));
    fatal(draft);
  }

  /** No other attempt follows: what that means for the run is the failure mode's business. */
  private void fatal(StepDraft draft) {
    FailureMode mode = run.definition(draft.stepId()).failureMode();
    switch (mode) {
      case IGNORE_FAILURE -> flow.complete(draft, StepStatus.COMPLETED_WITH_ERROR);
      case FAIL_AFTER_RUNNING -> flow.end(draft, StepStatus.FATALLY_FAILED);
      case FAIL_IMMEDIATELY -> {
        flow.end(draft, StepStatus.FATALLY_FAILED);
        // Some end only when their children have; what they lead to must not begin then.
        run.stop(RunStatus.STOPPED);
        flow.endAll(
            StepStatus.STOPPED,
            "Step '" + draft.stepId() + "' failed, and its failure mode is " + mode + ".");
      }
    }
    run.turn().note(Effect.Note.Kind.STEP_FAILED);
  }
}

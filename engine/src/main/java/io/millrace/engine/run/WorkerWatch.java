package io.millrace.engine.run;

import io.millrace.definition.StepDefinition;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WorkerTimeout;
import io.millrace.engine.Document.SignOfLife;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches over the task of an attempt: that a worker begins with it in time, and then goes on
 * giving signs of life (decisions, the tree 15). One that is silent for too long is a failure of
 * the platform, and its task is taken back.
 *
 * <p>An attempt has one named timer for both: of {@link WorkerTimeout#SCHEDULE_TO_START_TIMEOUT}
 * until a worker speaks, of {@link WorkerTimeout#HEARTBEAT_TIMEOUT} from then on. A sign of life
 * moves no timer, it is written down; the timer looks there when it is due, and is set anew if it
 * was too early. So a sign of life costs one document of a few bytes, and nothing of a step that is
 * not watched.
 *
 * <p>While the system is down nobody can be heard: after a restart the time counts from then, and
 * not from the last sign that was heard, as what workers said meanwhile may still be unread.
 */
final class WorkerWatch {
  private final StepFlow flow;
  private final OpenRun run;

  WorkerWatch(StepFlow flow) {
    this.flow = flow;
    this.run = flow.run();
  }

  /** What is wrong with the times that the evaluated params of a step give, if anything is. */
  static Optional<String> fault(StepDefinition definition, StepDraft draft) {
    for (WorkerTimeout timeout : WorkerTimeout.values()) {
      ParamValue value = draft.params().get(timeout.param());
      if (value != null
          && definition instanceof TypedStep leaf
          && WorkerTimeout.isOf(leaf.type())
          && WorkerTimeout.read(value).isEmpty()) {
        return Optional.of(
            "Expected param '"
                + timeout.param()
                + "' of step '"
                + leaf.id()
                + "' to be "
                + WorkerTimeout.RANGE
                + ", but "
                + WorkerTimeout.finding(value)
                + ".");
      }
    }
    return Optional.empty();
  }

  /** The task of an attempt is on its way. */
  void dispatched(StepDraft draft, TypedStep leaf) {
    time(WorkerTimeout.SCHEDULE_TO_START_TIMEOUT, draft, leaf)
        .ifPresent(most -> wake(draft, run.turn().at() + most.toMillis()));
  }

  /** A worker says that it is at work on the task; called before the attempt knows. */
  void heard(StepDraft draft, TypedStep leaf) {
    boolean isFirst = !draft.step().workerStarted();
    Optional<Duration> most = time(WorkerTimeout.HEARTBEAT_TIMEOUT, draft, leaf);
    if (most.isPresent()) {
      run.turn().putAside(key(draft), new SignOfLife(run.turn().at()));
      if (isFirst) {
        wake(draft, run.turn().at() + most.get().toMillis());
      }
    } else if (isFirst) {
      run.turn().clearTimer(StepFlow.timer(StepFlow.Timer.WORKER_TIMEOUT, draft));
    }
  }

  /** The time has come to see whether the worker was silent for too long. */
  void due(StepDraft draft, TypedStep leaf) {
    boolean hasBegun = draft.step().workerStarted();
    WorkerTimeout which =
        hasBegun ? WorkerTimeout.HEARTBEAT_TIMEOUT : WorkerTimeout.SCHEDULE_TO_START_TIMEOUT;
    Optional<Duration> most = time(which, draft, leaf);
    if (most.isEmpty()) {
      return;
    }
    long until =
        Math.max(hasBegun ? lastSign(draft) : dispatchedAt(draft), run.turn().upSince())
            + most.get().toMillis();
    if (until > run.turn().at()) {
      wake(draft, until);
      return;
    }
    String reason = which + ": " + reason(which, most.get());
    flow.work(draft.stepId()).abandon(draft, StepStatus.PLATFORM_FAILED, reason);
    new StepFailures(flow).failed(draft, leaf, Report.Failure.PLATFORM, reason, true);
  }

  /** The attempt is over: nothing of its worker is remembered. */
  void over(StepDraft draft) {
    if (draft.params().containsKey(WorkerTimeout.HEARTBEAT_TIMEOUT.param())
        && run.turn().find(key(draft), SignOfLife.class).isPresent()) {
      run.turn().remove(key(draft));
    }
  }

  private static String reason(WorkerTimeout which, Duration most) {
    return switch (which) {
      case HEARTBEAT_TIMEOUT -> "The worker gave no sign of life for " + most + ".";
      case SCHEDULE_TO_START_TIMEOUT -> "No worker took the task for " + most + ".";
    };
  }

  private long lastSign(StepDraft draft) {
    return run.turn().get(key(draft), SignOfLife.class).at();
  }

  /** A task is dispatched in the turn in which its attempt starts. */
  private static long dispatchedAt(StepDraft draft) {
    Long started = draft.step().startedAt();
    return started == null ? draft.step().createdAt() : started;
  }

  private static Optional<Duration> time(WorkerTimeout which, StepDraft draft, TypedStep leaf) {
    return which.in(leaf.type(), draft.params());
  }

  private void wake(StepDraft draft, long when) {
    run.turn().setTimer(StepFlow.timer(StepFlow.Timer.WORKER_TIMEOUT, draft), when);
  }

  private String key(StepDraft draft) {
    return "sign:" + run.record().run() + ":" + draft.stepId();
  }
}

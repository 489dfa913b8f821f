package io.millrace.engine.run;

import io.millrace.engine.Document.StepRun;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.step.StepLifecycle;
import io.millrace.param.ParamValue;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An attempt while a turn changes it, and the statuses it went through in the turn. */
final class StepDraft {
  private final List<StepStatus> passed = new ArrayList<>();
  private final String stepId;
  private StepStatus status;
  private long attempt;
  private int errorRetries;
  private int platformRetries;
  private int timeoutRetries;
  private long createdAt;
  private @Nullable Long startedAt;
  private @Nullable Long endedAt;
  private @Nullable Long retryAt;
  private @Nullable String dispatchId;
  private @Nullable String worker;
  private boolean workerStarted;
  private @Nullable String message;
  private @Nullable Double progress;
  private @Nullable String logTail;
  private @Nullable String link;
  private Map<String, ParamValue> params = Map.of();
  private @Nullable StepRun stored;
  private int manualRetries;
  private List<String> untaken = List.of();
  private @Nullable StepStatus ending;
  private @Nullable String child;
  private Map<String, Map<String, ParamValue>> exports = Map.of();
  private long since;
  private long sinceAttempt;
  private @Nullable RestartPlan again;

  private StepDraft(String stepId, StepStatus status, long attempt, long createdAt) {
    this.stepId = stepId;
    this.status = status;
    this.attempt = attempt;
    this.createdAt = createdAt;
  }

  /** A step whose predecessors are complete. */
  static StepDraft create(String stepId, long at) {
    StepDraft draft = new StepDraft(stepId, StepStatus.NOT_CREATED, 1, at);
    draft.to(StepStatus.CREATED);
    return draft;
  }

  /** The attempt as it is stored. */
  static StepDraft of(StepRun step) {
    StepDraft draft = new StepDraft(step.stepId(), step.status(), step.attempt(), step.createdAt());
    draft.errorRetries = step.errorRetries();
    draft.platformRetries = step.platformRetries();
    draft.timeoutRetries = step.timeoutRetries();
    draft.startedAt = step.startedAt();
    draft.endedAt = step.endedAt();
    draft.retryAt = step.retryAt();
    draft.dispatchId = step.dispatchId();
    draft.worker = step.worker();
    draft.workerStarted = step.workerStarted();
    draft.message = step.message();
    draft.progress = step.progress();
    draft.logTail = step.logTail();
    draft.link = step.link();
    draft.params = step.params();
    draft.manualRetries = step.manualRetries();
    draft.untaken = step.untaken();
    draft.ending = step.ending();
    draft.child = step.child();
    draft.exports = step.exports();
    draft.since = step.since();
    draft.sinceAttempt = step.sinceAttempt();
    draft.again = step.again();
    draft.stored = step;
    return draft;
  }

  /** The attempt as it is to be stored. */
  StepRun step() {
    return new StepRun(
        stepId,
        status,
        attempt,
        errorRetries,
        platformRetries,
        timeoutRetries,
        createdAt,
        startedAt,
        endedAt,
        retryAt,
        dispatchId,
        worker,
        workerStarted,
        message,
        progress,
        logTail,
        link,
        params,
        manualRetries,
        untaken,
        ending,
        child,
        exports,
        since,
        again,
        sinceAttempt);
  }

  /** Whether it is not as it is stored. */
  boolean isChanged() {
    return !passed.isEmpty() || !step().equals(stored);
  }

  String stepId() {
    return stepId;
  }

  StepStatus status() {
    return status;
  }

  long attempt() {
    return attempt;
  }

  Map<String, ParamValue> params() {
    return params;
  }

  @Nullable String dispatchId() {
    return dispatchId;
  }

  /** The statuses of this turn, in order. */
  List<StepStatus> passed() {
    return passed;
  }

  /** Changes the status, if the table allows it. */
  void to(StepStatus next) {
    StepLifecycle.check(stepId, status, next);
    passed.add(next);
    status = next;
  }

  void started(long at) {
    to(StepStatus.STARTING);
    startedAt = at;
  }

  /** The attempt is over; nothing or another attempt follows. */
  void ended(StepStatus next, long at) {
    to(next);
    endedAt = at;
    retryAt = null;
    ending = null;
  }

  void retryAt(long when) {
    retryAt = when;
  }

  /** The next attempt; retries are counted by kind of failure. */
  void nextAttempt(long at) {
    errorRetries += status == StepStatus.USER_FAILED ? 1 : 0;
    platformRetries += status == StepStatus.PLATFORM_FAILED ? 1 : 0;
    timeoutRetries += status == StepStatus.TIMEOUT_FAILED ? 1 : 0;
    another(at);
  }

  private void another(long at) {
    to(StepStatus.CREATED);
    attempt++;
    createdAt = at;
    startedAt = null;
    endedAt = null;
    retryAt = null;
    dispatchId = null;
    worker = null;
    workerStarted = false;
    message = null;
    progress = null;
    logTail = null;
    link = null;
    params = Map.of();
    untaken = List.of();
    ending = null;
    child = null;
    exports = Map.of();
  }

  void params(Map<String, ParamValue> evaluated) {
    params = evaluated;
  }

  @Nullable StepStatus ending() {
    return ending;
  }

  /** It waits for its children to end, and ends so. */
  void ending(StepStatus how) {
    ending = how;
  }

  /** The successors its conditions turn down, now that it is complete. */
  void untaken(List<String> successors) {
    untaken = List.copyOf(successors);
  }

  @Nullable String child() {
    return child;
  }

  /** The instance of its subworkflow. */
  void child(String instance) {
    child = instance;
  }

  /** Iterations count from when those of the loop began anew. */
  void since(LoopDraft loop) {
    since = loop.since;
    sinceAttempt = loop.sinceAttempt;
  }

  void exports(Map<String, Map<String, ParamValue>> read) {
    exports = read;
  }

  /** Another attempt, since a user wants it. */
  void manualAttempt(long at, RestartPlan plan) {
    String kept = child;
    another(at);
    restarts(kept, plan);
  }

  /**
   * This attempt is there since a user wants it.
   *
   * @param before the instance that its subworkflow had: it is restarted, and not another one
   *     started
   */
  void restarts(@Nullable String before, RestartPlan plan) {
    manualRetries++;
    again = plan;
    child = before;
  }

  void dispatchId(String id) {
    dispatchId = id;
  }

  void message(String text) {
    message = text;
  }

  /** What a worker says of itself; what it does not say stays. */
  void progress(
      @Nullable String newWorker,
      @Nullable String newMessage,
      @Nullable Double newProgress,
      @Nullable String newLogTail,
      @Nullable String newLink) {
    workerStarted = true;
    worker = newWorker == null ? worker : newWorker;
    message = newMessage == null ? message : newMessage;
    progress = newProgress == null ? progress : newProgress;
    logTail = newLogTail == null ? logTail : newLogTail;
    link = newLink == null ? link : newLink;
  }
}

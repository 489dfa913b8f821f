package io.millrace.protocol;

/**
 * The statuses of a step instance (Maestro semantics 3.1). Which may follow which is one table,
 * {@code StepLifecycle} in the engine.
 */
public enum StepStatus {
  /** Its predecessors are not complete yet; nothing is stored. */
  NOT_CREATED(Phase.OPEN),
  /** Its predecessors are complete. */
  CREATED(Phase.OPEN),
  /** Its timeout and signal dependencies are known. */
  INITIALIZED(Phase.OPEN),
  /** Held by a breakpoint. */
  PAUSED(Phase.OPEN),
  /** Passed through even without dependencies. */
  WAITING_FOR_SIGNALS(Phase.OPEN),
  EVALUATING_PARAMS(Phase.OPEN),
  WAITING_FOR_PERMITS(Phase.OPEN),
  /** The step's timeout starts to count. */
  STARTING(Phase.OPEN),
  /** At work: asleep, or with a worker. */
  RUNNING(Phase.OPEN),
  /** Output params are merged and signals announced. */
  FINISHING(Phase.OPEN),
  /** Kept for Maestro's vocabulary; nothing disables a step yet. */
  DISABLED(Phase.COMPLETE),
  /** No condition led here. */
  UNSATISFIED(Phase.COMPLETE),
  SKIPPED(Phase.COMPLETE),
  SUCCEEDED(Phase.COMPLETE),
  /** Failed, and its failure mode says to go on. */
  COMPLETED_WITH_ERROR(Phase.COMPLETE),
  /** The user's code failed; another attempt follows. */
  USER_FAILED(Phase.RETRYING),
  /** The platform failed; another attempt follows. */
  PLATFORM_FAILED(Phase.RETRYING),
  /** The attempt took too long; another attempt follows. */
  TIMEOUT_FAILED(Phase.RETRYING),
  FATALLY_FAILED(Phase.FAILED),
  /** A param or condition failed, or the engine did; never retried. */
  INTERNALLY_FAILED(Phase.FAILED),
  STOPPED(Phase.FAILED),
  TIMED_OUT(Phase.FAILED);

  private enum Phase {
    OPEN,
    COMPLETE,
    RETRYING,
    FAILED
  }

  private final Phase phase;

  StepStatus(Phase phase) {
    this.phase = phase;
  }

  /** Over for good: no transition leads out. Attempts that are followed by another are not. */
  public boolean isTerminal() {
    return phase == Phase.COMPLETE || phase == Phase.FAILED;
  }

  /** Terminal, and its successors go on. */
  public boolean isComplete() {
    return phase == Phase.COMPLETE;
  }

  /** This attempt failed and waits for the next one. */
  public boolean isRetrying() {
    return phase == Phase.RETRYING;
  }
}

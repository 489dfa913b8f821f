package io.millrace.protocol;

/** The statuses of a workflow instance and of its runs (Maestro semantics 3.2). */
public enum RunStatus {
  /** Queued, or just taken from the queue. */
  CREATED(false),
  IN_PROGRESS(false),
  PAUSED(false),
  TIMED_OUT(true),
  STOPPED(true),
  FAILED(true),
  SUCCEEDED(true);

  private final boolean terminal;

  RunStatus(boolean terminal) {
    this.terminal = terminal;
  }

  public boolean isTerminal() {
    return terminal;
  }
}

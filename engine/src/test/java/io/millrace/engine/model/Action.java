package io.millrace.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What a user does at a time, to the latest run of the started workflow or a step in it.
 *
 * @param step null: the run
 * @param iteration 0-based, of the loop around the step; null: all running ones
 * @param policy of a restart; of a step's: what happens below it
 */
public record Action(
    long atMs,
    Kind kind,
    @Nullable String step,
    @Nullable Long iteration,
    @Nullable Policy policy) {

  /** What is done. */
  public enum Kind {
    STOP,
    KILL,
    SKIP,
    RESTART
  }

  /** How a run begins (Maestro semantics 9.2); FRESH and FROM_SPECIFIC are not for users. */
  public enum Policy {
    FRESH,
    FROM_BEGINNING,
    FROM_INCOMPLETE,
    FROM_SPECIFIC
  }

  static Action ofRun(long atMs, Kind kind) {
    return new Action(atMs, kind, null, null, null);
  }

  static Action ofStep(long atMs, Kind kind, String step) {
    return new Action(atMs, kind, step, null, null);
  }

  static Action restart(long atMs, Policy policy) {
    return new Action(atMs, Kind.RESTART, null, null, policy);
  }

  Action in(long theIteration) {
    return new Action(atMs, kind, step, theIteration, policy);
  }

  Action with(Policy thePolicy) {
    return new Action(atMs, kind, step, iteration, thePolicy);
  }
}

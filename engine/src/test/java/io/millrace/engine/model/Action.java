package io.millrace.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What a user does at a time, to the latest run of an instance of the started workflow or a step in
 * it.
 *
 * @param instance null: the latest
 * @param step null: the run
 * @param iteration 0-based, of the loop around the step; null: all running ones
 * @param policy of a restart; of a step's: what happens below it
 */
public record Action(
    long atMs,
    Kind kind,
    @Nullable Long instance,
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
    return new Action(atMs, kind, null, null, null, null);
  }

  static Action ofStep(long atMs, Kind kind, String step) {
    return new Action(atMs, kind, null, step, null, null);
  }

  static Action restart(long atMs, Policy policy) {
    return new Action(atMs, Kind.RESTART, null, null, null, policy);
  }

  Action of(long theInstance) {
    return new Action(atMs, kind, theInstance, step, iteration, policy);
  }

  Action in(long theIteration) {
    return new Action(atMs, kind, instance, step, theIteration, policy);
  }

  Action with(Policy thePolicy) {
    return new Action(atMs, kind, instance, step, iteration, thePolicy);
  }
}

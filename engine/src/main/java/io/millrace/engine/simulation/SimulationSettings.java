package io.millrace.engine.simulation;

import io.millrace.engine.EngineLimits;

/**
 * How a virtual cluster runs.
 *
 * @param limits those the machines were made with
 * @param startsAt the clock's first reading, epoch millis
 * @param order of the messages on their way
 * @param decidesTwice whether each decision is taken a second time, by newly made machines on a
 *     copy of the state, and must come out equal
 * @param keepsOutcome whether the {@link Outcome} is kept; without it, who listens to the turns
 *     takes what he needs, and a long simulation needs no more memory than that
 * @param reload what machines are given of what they stored and were sent
 */
public record SimulationSettings(
    EngineLimits limits,
    long startsAt,
    MessageOrder order,
    boolean decidesTwice,
    boolean keepsOutcome,
    Reload reload) {
  /** Storing nothing. */
  public SimulationSettings(
      EngineLimits limits,
      long startsAt,
      MessageOrder order,
      boolean decidesTwice,
      boolean keepsOutcome) {
    this(limits, startsAt, order, decidesTwice, keepsOutcome, Reload.NONE);
  }

  /** Keeping the outcome. */
  public SimulationSettings(
      EngineLimits limits, long startsAt, MessageOrder order, boolean decidesTwice) {
    this(limits, startsAt, order, decidesTwice, true);
  }
}

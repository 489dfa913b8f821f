package io.millrace.engine.simulation.play;

import java.time.Duration;

/**
 * How a scenario is played.
 *
 * @param until how much virtual time passes at the most
 * @param seed makes other runs of the same scenario: their uuids, and what is random in them
 * @param children of one step that the result holds at the most, from the first on
 */
public record SimulationOptions(Duration until, long seed, long children) {
  public static final Duration DEFAULT_UNTIL = Duration.ofDays(365);
  public static final long DEFAULT_CHILDREN = 1_000;

  public static final SimulationOptions DEFAULT =
      new SimulationOptions(DEFAULT_UNTIL, 0, DEFAULT_CHILDREN);
}

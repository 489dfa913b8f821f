package io.millrace.engine;

import java.time.Duration;

/**
 * The limits of the engine.
 *
 * @param followUpsPerTurn step transitions or launches worked off in one turn; the rest is a work
 *     list and a nudge
 * @param instanceRetention how long an instance is kept after its end
 * @param requestRetention how long a request id is remembered
 * @param watchersPerRun who may watch one run at once
 * @param watchLease how long a watch holds at the most without being renewed
 * @param runParams params of one start
 * @param offerAgain when a start that waits for room looks again, should the hint be lost
 */
public record EngineLimits(
    int followUpsPerTurn,
    Duration instanceRetention,
    Duration requestRetention,
    int watchersPerRun,
    Duration watchLease,
    int runParams,
    Duration offerAgain) {
  public static final EngineLimits DEFAULT =
      new EngineLimits(
          256,
          Duration.ofDays(7),
          Duration.ofDays(30),
          64,
          Duration.ofMinutes(10),
          128,
          Duration.ofSeconds(5));
}

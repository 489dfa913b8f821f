package io.millrace.engine;

import java.time.Duration;

/**
 * The limits of the engine.
 *
 * @param followUpsPerTurn step transitions, launches or iterations worked off in one turn; the rest
 *     is a work list and a nudge
 * @param instanceRetention how long an instance is kept after its end
 * @param requestRetention how long a request id is remembered
 * @param watchersPerRun who may watch one run at once
 * @param watchLease how long a watch holds at the most without being renewed
 * @param runParams params of one start
 * @param offerAgain when a start that waits for room looks again, should the hint be lost
 * @param depth runs from the root to an iteration or subworkflow, itself included
 * @param foreachIterations iterations of one foreach
 * @param whileIterations iterations of one while
 * @param leaves leaf steps of the whole tree of a run; one with more is stopped
 * @param exportChars characters of what one loop collects from its iterations for others to read
 * @param keepsIterations whether iterations that succeeded are kept as long as others; a simulation
 *     does, to show them
 */
public record EngineLimits(
    int followUpsPerTurn,
    Duration instanceRetention,
    Duration requestRetention,
    int watchersPerRun,
    Duration watchLease,
    int runParams,
    Duration offerAgain,
    int depth,
    long foreachIterations,
    long whileIterations,
    long leaves,
    long exportChars,
    boolean keepsIterations) {
  public static final EngineLimits DEFAULT =
      new EngineLimits(
          256,
          Duration.ofDays(7),
          Duration.ofDays(30),
          64,
          Duration.ofMinutes(10),
          128,
          Duration.ofSeconds(5),
          10,
          1_000_000,
          25_000,
          10_000_000,
          10_000_000,
          false);

  /** With as many transitions, launches or iterations in one turn. */
  public EngineLimits withFollowUpsPerTurn(int followUps) {
    return new EngineLimits(
        followUps,
        instanceRetention,
        requestRetention,
        watchersPerRun,
        watchLease,
        runParams,
        offerAgain,
        depth,
        foreachIterations,
        whileIterations,
        leaves,
        exportChars,
        keepsIterations);
  }

  /** With instances and request ids kept so long. */
  public EngineLimits withRetention(Duration instances, Duration requests) {
    return new EngineLimits(
        followUpsPerTurn,
        instances,
        requests,
        watchersPerRun,
        watchLease,
        runParams,
        offerAgain,
        depth,
        foreachIterations,
        whileIterations,
        leaves,
        exportChars,
        keepsIterations);
  }

  /** With other bounds of trees: their depth, their loops, and what is read of iterations. */
  public EngineLimits withTrees(int deepest, long foreach, long whiles, long chars) {
    return new EngineLimits(
        followUpsPerTurn,
        instanceRetention,
        requestRetention,
        watchersPerRun,
        watchLease,
        runParams,
        offerAgain,
        deepest,
        foreach,
        whiles,
        leaves,
        chars,
        keepsIterations);
  }

  /** With as many leaf steps in a tree. */
  public EngineLimits withLeaves(long most) {
    return new EngineLimits(
        followUpsPerTurn,
        instanceRetention,
        requestRetention,
        watchersPerRun,
        watchLease,
        runParams,
        offerAgain,
        depth,
        foreachIterations,
        whileIterations,
        most,
        exportChars,
        keepsIterations);
  }

  /** With iterations that succeeded kept. */
  public EngineLimits keepingIterations() {
    return new EngineLimits(
        followUpsPerTurn,
        instanceRetention,
        requestRetention,
        watchersPerRun,
        watchLease,
        runParams,
        offerAgain,
        depth,
        foreachIterations,
        whileIterations,
        leaves,
        exportChars,
        true);
  }
}

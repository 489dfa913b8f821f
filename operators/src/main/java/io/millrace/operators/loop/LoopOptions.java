package io.millrace.operators.loop;

import java.io.Serializable;
import java.time.Duration;

/**
 * The numbers of a loop.
 *
 * @param maxParallelism number of key groups of both ends; it can never change once there is a
 *     savepoint
 * @param roomBound depth, in records of one subtask, below which parked work is offered again
 * @param longestTurn most records handled in one mail, between two looks at the input
 * @param bufferTimeout longest time a record waits in an output buffer that is not full; an idle
 *     head flushes at once
 */
public record LoopOptions(
    int maxParallelism, int roomBound, int longestTurn, Duration bufferTimeout)
    implements Serializable {

  /** Largest number of key groups Flink knows. */
  static final int MAX_PARALLELISM_LIMIT = 1 << 15;

  /** 512 key groups, room below 10,000 records, turns of up to 512 records, 10 ms. */
  public static LoopOptions defaults() {
    return new LoopOptions(512, 10_000, 512, Duration.ofMillis(10));
  }

  public LoopOptions {
    requireBetween("maxParallelism", maxParallelism, 1, MAX_PARALLELISM_LIMIT);
    requireBetween("roomBound", roomBound, 1, Integer.MAX_VALUE);
    requireBetween("longestTurn", longestTurn, 1, 1 << 20);
    requireBetween("bufferTimeout in ms", bufferTimeout.toMillis(), 0, 60_000);
  }

  public LoopOptions withRoomBound(int roomBound) {
    return new LoopOptions(maxParallelism, roomBound, longestTurn, bufferTimeout);
  }

  public LoopOptions withMaxParallelism(int maxParallelism) {
    return new LoopOptions(maxParallelism, roomBound, longestTurn, bufferTimeout);
  }

  private static void requireBetween(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Expected %s to be between %d and %d, but it is %d.".formatted(name, least, most, value));
    }
  }
}

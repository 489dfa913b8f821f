package io.millrace.worker;

import java.time.Duration;

/**
 * The limits and rhythms of a worker.
 *
 * @param parallelism handlers that run at once, besides those that run inline
 * @param readAhead tasks taken and not yet answered at which the worker stops reading; one more
 *     poll (at most 500 tasks) may already be on its way
 * @param rememberedAnswers answers kept for tasks that are delivered again; the least recently used
 *     goes first
 * @param rememberedCancels cancelled dispatch ids kept, for tasks that arrive after their cancel
 * @param startedAfter how long a handler runs before STARTED is reported. One second by default: a
 *     quick task then costs one record instead of two, and who waits sees it end before it would
 *     have been seen to start. Zero reports every start at once. Of a step that has a {@code
 *     schedule_to_start_timeout} it is half of that at the most
 * @param heartbeatInterval between the signs of life of a running handler; one that runs inline
 *     gives none, as it keeps the thread that would. Of a step that has a {@code heartbeat_timeout}
 *     it is a third of that at the most, so that one may be late or lost. Both are kept to within
 *     100 ms: timeouts below a second are of no use
 * @param progressInterval between two PROGRESS reports of one task; what happened in between is
 *     told in the next
 * @param commitInterval between commits of offsets; what was answered since the last is answered
 *     again from memory, or run again, after a crash
 * @param stopDeadline how long {@link Worker#close} lets running handlers finish
 */
public record WorkerOptions(
    int parallelism,
    int readAhead,
    int rememberedAnswers,
    int rememberedCancels,
    Duration startedAfter,
    Duration heartbeatInterval,
    Duration progressInterval,
    Duration commitInterval,
    Duration stopDeadline) {
  public static final WorkerOptions DEFAULT =
      new WorkerOptions(
          4,
          1_000,
          10_000,
          10_000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(30));

  /** Upper bound of {@link #parallelism}: each is a thread. */
  public static final int MAX_PARALLELISM = 1_000;

  public WorkerOptions {
    require("parallelism", parallelism, 1, MAX_PARALLELISM);
    require("readAhead", readAhead, 1, 1_000_000);
    require("rememberedAnswers", rememberedAnswers, 1, 10_000_000);
    require("rememberedCancels", rememberedCancels, 1, 10_000_000);
    require("startedAfter (ms)", startedAfter.toMillis(), 0, Integer.MAX_VALUE);
    require("heartbeatInterval (ms)", heartbeatInterval.toMillis(), 1, Integer.MAX_VALUE);
    require("progressInterval (ms)", progressInterval.toMillis(), 1, Integer.MAX_VALUE);
    require("commitInterval (ms)", commitInterval.toMillis(), 1, Integer.MAX_VALUE);
    require("stopDeadline (ms)", stopDeadline.toMillis(), 0, Integer.MAX_VALUE);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Expected worker option "
              + name
              + " to be between "
              + least
              + " and "
              + most
              + ", but it is "
              + value
              + ".");
    }
  }

  public WorkerOptions withParallelism(int handlers) {
    return new WorkerOptions(
        handlers,
        readAhead,
        rememberedAnswers,
        rememberedCancels,
        startedAfter,
        heartbeatInterval,
        progressInterval,
        commitInterval,
        stopDeadline);
  }

  public WorkerOptions withStartedAfter(Duration grace) {
    return new WorkerOptions(
        parallelism,
        readAhead,
        rememberedAnswers,
        rememberedCancels,
        grace,
        heartbeatInterval,
        progressInterval,
        commitInterval,
        stopDeadline);
  }

  public WorkerOptions withHeartbeatInterval(Duration interval) {
    return new WorkerOptions(
        parallelism,
        readAhead,
        rememberedAnswers,
        rememberedCancels,
        startedAfter,
        interval,
        progressInterval,
        commitInterval,
        stopDeadline);
  }

  public WorkerOptions withStopDeadline(Duration deadline) {
    return new WorkerOptions(
        parallelism,
        readAhead,
        rememberedAnswers,
        rememberedCancels,
        startedAfter,
        heartbeatInterval,
        progressInterval,
        commitInterval,
        deadline);
  }

  public WorkerOptions withRememberedAnswers(int answers) {
    return new WorkerOptions(
        parallelism,
        readAhead,
        answers,
        rememberedCancels,
        startedAfter,
        heartbeatInterval,
        progressInterval,
        commitInterval,
        stopDeadline);
  }
}

package io.millrace.operators.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.IntSupplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.clock.Clock;

/**
 * The clock of a head's timers: fires what is overdue in batches.
 *
 * <p>Flink's timer service fires the timers of one timestamp in a mail and asks its clock for the
 * next timestamp. Each costs a wake of the clock's thread, a wake of the task's and a flush, more
 * than most decisions, so a restored job that had 100,000 overdue timers was as slow as these. Its
 * callback takes every timer up to the time it is called with ({@code
 * InternalTimerServiceImpl.onProcessingTime}, Flink 2.2.1), so what is late is called with a later
 * time than it asked for, never later than now: no timer fires early, and their order stays.
 *
 * <p>A mail can't be interrupted, and a barrier waits behind it. So a batch covers a span of
 * timestamps that begins at one, doubles while few fire, halves when many do, and begins at one
 * again when nothing was left overdue. While as many records wait as a turn may handle, nothing is
 * batched: timers that are not fired yet cost no memory.
 *
 * <p>Holds nothing that a crash could lose: the timers are in the state backend.
 */
final class OverdueTimers implements ProcessingTimeService {
  private static final long SHORTEST_SPAN_MILLIS = 1;

  /** So that doubling can't overflow; a year without timers is passed in two batches. */
  private static final long LONGEST_SPAN_MILLIS = 1L << 34;

  private final ProcessingTimeService clock;
  private final IntSupplier waiting;
  private final int many;
  private long span = SHORTEST_SPAN_MILLIS;
  private int fired;

  /** The present of the mail before. */
  private long looked = Long.MIN_VALUE;

  /**
   * @param clock says when
   * @param waiting how many records of fired timers, or others the head has put, wait for a turn
   * @param many timers of one mail, and records waiting, from which on batches do not grow
   */
  OverdueTimers(ProcessingTimeService clock, IntSupplier waiting, int many) {
    this.clock = clock;
    this.waiting = waiting;
    this.many = many;
  }

  /** To be called for each timer that fires. */
  void fired() {
    fired++;
  }

  /**
   * @param callback takes all that is due up to the time it is called with, which may be later than
   *     {@code timestamp}
   */
  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback callback) {
    return clock.registerTimer(timestamp, at -> fire(callback, at));
  }

  private void fire(ProcessingTimeCallback callback, long at) throws Exception {
    long now = clock.getCurrentProcessingTime();
    if (at > looked) {
      span = SHORTEST_SPAN_MILLIS; // the mail before left nothing overdue
    }
    looked = now;
    boolean crowded = waiting.getAsInt() >= many;
    long until = crowded || now <= at ? at : Math.min(now, at + span - 1);
    fired = 0;
    callback.onProcessingTime(until);
    if (fired > many) {
      span = Math.max(SHORTEST_SPAN_MILLIS, span / 2);
    } else if (!crowded && fired <= many / 2) {
      span = Math.min(LONGEST_SPAN_MILLIS, span * 2);
    }
  }

  @Override
  public Clock getClock() {
    return clock.getClock();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      ProcessingTimeCallback callback, long initialDelay, long period) {
    return clock.scheduleAtFixedRate(callback, initialDelay, period);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      ProcessingTimeCallback callback, long initialDelay, long period) {
    return clock.scheduleWithFixedDelay(callback, initialDelay, period);
  }

  @Override
  public CompletableFuture<Void> quiesce() {
    return clock.quiesce();
  }
}

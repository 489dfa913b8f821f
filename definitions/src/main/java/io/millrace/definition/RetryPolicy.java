package io.millrace.definition;

import java.time.Duration;

/**
 * When a failed attempt is followed by another (Maestro semantics 2.13). Three independent
 * counters: failures of the user's code, of the platform, and time-outs.
 *
 * @param errorRetryLimit retries after user errors, 0..99; 2 allows three attempts
 * @param platformRetryLimit retries after platform errors, 0..99
 * @param timeoutRetryLimit retries after time-outs, 0..99
 */
public record RetryPolicy(
    int errorRetryLimit, int platformRetryLimit, int timeoutRetryLimit, Backoff backoff) {
  public static final RetryPolicy DEFAULT = new RetryPolicy(2, 10, 0, Backoff.DEFAULT);

  /**
   * How long to wait before a retry, for each of the three kinds.
   *
   * <p>A fixed wait is the exponential one with exponent 1.
   */
  public record Backoff(Wait error, Wait platform, Wait timeout) {
    public static final Backoff DEFAULT =
        new Backoff(
            new Wait(Duration.ofSeconds(60), 2, Duration.ofSeconds(600)),
            new Wait(Duration.ofSeconds(60), 2, Duration.ofSeconds(3600)),
            new Wait(Duration.ofSeconds(60), 2, Duration.ofSeconds(3600)));
  }

  /** {@code min(base * exponent^retries so far, limit)}; the first retry waits {@code base}. */
  public record Wait(Duration base, int exponent, Duration limit) {

    /** The wait before the next retry, when {@code retries} have been made already. */
    public Duration before(int retries) {
      long millis = base.toMillis();
      for (int i = 0; i < retries && millis < limit.toMillis(); i++) {
        millis = Math.multiplyExact(millis, (long) exponent);
      }
      return Duration.ofMillis(Math.min(millis, limit.toMillis()));
    }
  }
}

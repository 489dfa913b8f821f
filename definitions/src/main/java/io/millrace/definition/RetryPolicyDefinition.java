package io.millrace.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * A retry policy as its author wrote it, with defaults filled in (Maestro semantics 2.13).
 *
 * @param errorRetryLimit retries after user errors, 0..99
 * @param platformRetryLimit retries after platform errors, 0..99
 * @param timeoutRetryLimit retries after time-outs, 0..99
 */
public record RetryPolicyDefinition(
    Setting<Integer> errorRetryLimit,
    Setting<Integer> platformRetryLimit,
    Setting<Integer> timeoutRetryLimit,
    Backoff backoff) {
  public static final RetryPolicyDefinition DEFAULT =
      new RetryPolicyDefinition(
          Setting.fixed(2), Setting.fixed(10), Setting.fixed(0), Backoff.EXPONENTIAL);

  /** The policy; empty if parts of it are known in a run only. */
  public Optional<RetryPolicy> known() {
    if (errorRetryLimit.known().isEmpty()
        || platformRetryLimit.known().isEmpty()
        || timeoutRetryLimit.known().isEmpty()
        || !backoff.isKnown()) {
      return Optional.empty();
    }
    return Optional.of(
        new RetryPolicy(
            errorRetryLimit.require(),
            platformRetryLimit.require(),
            timeoutRetryLimit.require(),
            new RetryPolicy.Backoff(
                backoff.error().require(),
                backoff.platform().require(),
                backoff.timeout().require())));
  }

  /**
   * The policy, for those who took the definition because everything in it is known.
   *
   * @throws IllegalStateException if it is not
   */
  public RetryPolicy require() {
    return known()
        .orElseThrow(
            () -> new IllegalStateException("Expected a known policy, but it is " + this + "."));
  }

  /** How waits grow. */
  public enum Kind {
    EXPONENTIAL_BACKOFF,
    FIXED_BACKOFF;

    /** The backoff of which nothing but the kind is said. */
    Backoff defaults() {
      return switch (this) {
        case EXPONENTIAL_BACKOFF -> Backoff.EXPONENTIAL;
        case FIXED_BACKOFF -> Backoff.FIXED;
      };
    }
  }

  /**
   * How long to wait before a retry, for each of the three kinds of failure.
   *
   * @param jitter the part of a wait that is drawn at random, 0..1 (deviations 22)
   */
  public record Backoff(Kind kind, Wait error, Wait platform, Wait timeout, BigDecimal jitter) {
    static final Backoff EXPONENTIAL =
        new Backoff(
            Kind.EXPONENTIAL_BACKOFF,
            Wait.exponential(600),
            Wait.exponential(3600),
            Wait.exponential(3600),
            BigDecimal.ZERO);
    static final Backoff FIXED =
        new Backoff(Kind.FIXED_BACKOFF, Wait.FIXED, Wait.FIXED, Wait.FIXED, BigDecimal.ZERO);

    private boolean isKnown() {
      return error.isKnown() && platform.isKnown() && timeout.isKnown();
    }
  }

  /** {@code min(base * exponent^retries so far, limit)}; a fixed wait has exponent 1. */
  public record Wait(Setting<Duration> base, Setting<Integer> exponent, Setting<Duration> limit) {
    static final Wait FIXED = fixed(Setting.fixed(Duration.ofSeconds(60)));

    static Wait fixed(Setting<Duration> base) {
      return new Wait(base, Setting.fixed(1), base);
    }

    private static Wait exponential(long limitSeconds) {
      return new Wait(
          Setting.fixed(Duration.ofSeconds(60)),
          Setting.fixed(2),
          Setting.fixed(Duration.ofSeconds(limitSeconds)));
    }

    private boolean isKnown() {
      return base.known().isPresent() && exponent.known().isPresent() && limit.known().isPresent();
    }

    private RetryPolicy.Wait require() {
      return new RetryPolicy.Wait(base.require(), exponent.require(), limit.require());
    }
  }
}

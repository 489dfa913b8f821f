package io.millrace.definition;

import java.time.Duration;
import java.util.Optional;

/** Reads retry policies; what is left out has its default (Maestro semantics 2.13). */
final class RetryPolicyReader {
  private static final int MAX_RETRIES = 99;
  private static final int MAX_EXPONENT = 86_400;
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofDays(1);

  private final Problems problems;

  RetryPolicyReader(Problems problems) {
    this.problems = problems;
  }

  RetryPolicy read(Fields step) {
    Optional<Fields> found = step.find("retry_policy").flatMap(node -> Fields.of(node, problems));
    if (found.isEmpty()) {
      return RetryPolicy.DEFAULT;
    }
    Fields fields = found.get();
    RetryPolicy defaults = RetryPolicy.DEFAULT;
    RetryPolicy policy =
        new RetryPolicy(
            limit(fields, "error_retry_limit", defaults.errorRetryLimit()),
            limit(fields, "platform_retry_limit", defaults.platformRetryLimit()),
            limit(fields, "timeout_retry_limit", defaults.timeoutRetryLimit()),
            fields
                .find("backoff")
                .flatMap(node -> Fields.of(node, problems))
                .map(this::backoff)
                .orElse(RetryPolicy.Backoff.DEFAULT));
    fields.refuseOthers();
    return policy;
  }

  private static int limit(Fields fields, String name, int otherwise) {
    return (int) fields.integer(name, 0, MAX_RETRIES, otherwise);
  }

  private RetryPolicy.Backoff backoff(Fields fields) {
    Kind kind = fields.oneOf("type", Kind.class).orElse(Kind.EXPONENTIAL_BACKOFF);
    RetryPolicy.Backoff defaults = RetryPolicy.Backoff.DEFAULT;
    RetryPolicy.Backoff backoff =
        new RetryPolicy.Backoff(
            wait(fields, kind, "error", defaults.error()),
            wait(fields, kind, "platform", defaults.platform()),
            wait(fields, kind, "timeout", defaults.timeout()));
    fields.notYet("jitter");
    fields.refuseOthers();
    return backoff;
  }

  private RetryPolicy.Wait wait(
      Fields fields, Kind kind, String failure, RetryPolicy.Wait defaults) {
    Duration base = duration(fields, failure + "_retry_backoff_in_secs", defaults.base());
    return switch (kind) {
      case FIXED_BACKOFF -> new RetryPolicy.Wait(base, 1, base);
      case EXPONENTIAL_BACKOFF ->
          new RetryPolicy.Wait(
              base,
              (int)
                  fields.integer(failure + "_retry_exponent", 1, MAX_EXPONENT, defaults.exponent()),
              duration(fields, failure + "_retry_limit_in_secs", defaults.limit()));
    };
  }

  private Duration duration(Fields fields, String name, Duration otherwise) {
    return fields
        .find(name)
        .flatMap(
            node ->
                DurationText.read(node, MIN_WAIT, MAX_WAIT, "from 1 to 86400 seconds", problems))
        .orElse(otherwise);
  }

  /** How waits grow. */
  private enum Kind {
    EXPONENTIAL_BACKOFF,
    FIXED_BACKOFF
  }
}

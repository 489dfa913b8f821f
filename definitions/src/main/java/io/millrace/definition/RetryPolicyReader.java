package io.millrace.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads retry policies; what is left out has its default (Maestro semantics 2.13). */
final class RetryPolicyReader {
  private static final int MAX_RETRIES = 99;
  private static final int MAX_EXPONENT = 86_400;
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofDays(1);
  private static final String JITTER = "jitter";

  private final Problems problems;
  private final SettingReader settings;

  RetryPolicyReader(Problems problems, TextUses uses) {
    this.problems = problems;
    this.settings = new SettingReader(problems, uses, TextUse.Purpose.RETRY);
  }

  RetryPolicyDefinition read(Fields step) {
    Optional<Fields> found = step.find("retry_policy").flatMap(node -> Fields.of(node, problems));
    RetryPolicyDefinition defaults = RetryPolicyDefinition.DEFAULT;
    if (found.isEmpty()) {
      return defaults;
    }
    Fields fields = found.get();
    RetryPolicyDefinition policy =
        new RetryPolicyDefinition(
            limit(fields, "error_retry_limit", defaults.errorRetryLimit()),
            limit(fields, "platform_retry_limit", defaults.platformRetryLimit()),
            limit(fields, "timeout_retry_limit", defaults.timeoutRetryLimit()),
            fields
                .find("backoff")
                .flatMap(node -> Fields.of(node, problems))
                .map(this::backoff)
                .orElse(defaults.backoff()));
    fields.refuseOthers();
    return policy;
  }

  private Setting<Integer> limit(Fields fields, String name, Setting<Integer> otherwise) {
    return settings.integer(fields, name, 0, MAX_RETRIES, otherwise);
  }

  private RetryPolicyDefinition.Backoff backoff(Fields fields) {
    RetryPolicyDefinition.Kind kind =
        fields
            .oneOf("type", RetryPolicyDefinition.Kind.class)
            .orElse(RetryPolicyDefinition.Kind.EXPONENTIAL_BACKOFF);
    RetryPolicyDefinition.Backoff defaults = kind.defaults();
    RetryPolicyDefinition.Backoff backoff =
        new RetryPolicyDefinition.Backoff(
            kind,
            wait(fields, kind, "error", defaults.error()),
            wait(fields, kind, "platform", defaults.platform()),
            wait(fields, kind, "timeout", defaults.timeout()),
            fields.find(JITTER).flatMap(this::fraction).orElse(defaults.jitter()));
    fields.refuseOthers();
    return backoff;
  }

  private Optional<BigDecimal> fraction(SourceNode node) {
    Optional<BigDecimal> fraction =
        node instanceof SourceNode.Scalar scalar
                && (scalar.kind() == SourceNode.Kind.INTEGER
                    || scalar.kind() == SourceNode.Kind.DECIMAL)
            ? Scalars.rewritable(scalar.text()).map(BigDecimal::stripTrailingZeros)
            : Optional.empty();
    if (fraction.isEmpty()) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "a number from 0 to 1");
      return fraction;
    }
    if (fraction.get().signum() < 0 || fraction.get().compareTo(BigDecimal.ONE) > 0) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, "a number from 0 to 1");
      return Optional.empty();
    }
    return fraction;
  }

  private RetryPolicyDefinition.Wait wait(
      Fields fields,
      RetryPolicyDefinition.Kind kind,
      String failure,
      RetryPolicyDefinition.Wait defaults) {
    Setting<Duration> base = duration(fields, failure + "_retry_backoff_in_secs", defaults.base());
    return switch (kind) {
      case FIXED_BACKOFF -> RetryPolicyDefinition.Wait.fixed(base);
      case EXPONENTIAL_BACKOFF ->
          new RetryPolicyDefinition.Wait(
              base,
              settings.integer(
                  fields, failure + "_retry_exponent", 1, MAX_EXPONENT, defaults.exponent()),
              duration(fields, failure + "_retry_limit_in_secs", defaults.limit()));
    };
  }

  private Setting<Duration> duration(Fields fields, String name, Setting<Duration> otherwise) {
    return settings.duration(
        fields, name, MIN_WAIT, MAX_WAIT, "from 1 to 86400 seconds", otherwise);
  }
}

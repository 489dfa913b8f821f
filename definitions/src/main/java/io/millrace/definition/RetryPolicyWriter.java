package io.millrace.definition;

import java.math.BigDecimal;
import java.util.Map;

/** Writes where a retry policy differs from the default, as {@link RetryPolicyReader} reads it. */
final class RetryPolicyWriter {
  private RetryPolicyWriter() {}

  static Map<String, Object> write(RetryPolicyDefinition policy) {
    RetryPolicyDefinition defaults = RetryPolicyDefinition.DEFAULT;
    return new WrittenFields()
        .putUnless(
            "error_retry_limit",
            policy.errorRetryLimit(),
            defaults.errorRetryLimit(),
            SettingWriter::integer)
        .putUnless(
            "platform_retry_limit",
            policy.platformRetryLimit(),
            defaults.platformRetryLimit(),
            SettingWriter::integer)
        .putUnless(
            "timeout_retry_limit",
            policy.timeoutRetryLimit(),
            defaults.timeoutRetryLimit(),
            SettingWriter::integer)
        .putUnless("backoff", policy.backoff(), defaults.backoff(), RetryPolicyWriter::backoff)
        .all();
  }

  private static Map<String, Object> backoff(RetryPolicyDefinition.Backoff backoff) {
    RetryPolicyDefinition.Backoff defaults = backoff.kind().defaults();
    WrittenFields fields =
        new WrittenFields()
            .putUnless(
                "type", backoff.kind(), RetryPolicyDefinition.Kind.EXPONENTIAL_BACKOFF, Enum::name);
    wait(fields, "error", backoff.kind(), backoff.error(), defaults.error());
    wait(fields, "platform", backoff.kind(), backoff.platform(), defaults.platform());
    wait(fields, "timeout", backoff.kind(), backoff.timeout(), defaults.timeout());
    return fields.putUnless("jitter", backoff.jitter(), BigDecimal.ZERO).all();
  }

  private static void wait(
      WrittenFields fields,
      String failure,
      RetryPolicyDefinition.Kind kind,
      RetryPolicyDefinition.Wait wait,
      RetryPolicyDefinition.Wait defaults) {
    fields.putUnless(
        failure + "_retry_backoff_in_secs", wait.base(), defaults.base(), SettingWriter::duration);
    switch (kind) {
      case FIXED_BACKOFF -> {}
      case EXPONENTIAL_BACKOFF ->
          fields
              .putUnless(
                  failure + "_retry_exponent",
                  wait.exponent(),
                  defaults.exponent(),
                  SettingWriter::integer)
              .putUnless(
                  failure + "_retry_limit_in_secs",
                  wait.limit(),
                  defaults.limit(),
                  SettingWriter::duration);
    }
  }
}

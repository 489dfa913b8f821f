package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyReaderTest {
  private static final String PATH = "$.workflow.steps[0].step.retry_policy";

  @Test
  void shouldFillInDefaults() {
    RetryPolicy policy = policy("\"error_retry_limit\": 5, \"backoff\": {}");

    assertThat(policy).isEqualTo(new RetryPolicy(5, 10, 0, RetryPolicy.Backoff.DEFAULT));
  }

  @Test
  void shouldReadAnExponentialBackoff() {
    RetryPolicy policy =
        policy(
            "\"platform_retry_limit\": \"7\", \"timeout_retry_limit\": 1, \"backoff\": {"
                + "\"type\": \"exponential_backoff\", \"error_retry_backoff_in_secs\": \"2 minutes\","
                + " \"error_retry_exponent\": 3, \"error_retry_limit_in_secs\": 86400}");

    assertThat(policy.platformRetryLimit()).isEqualTo(7);
    assertThat(policy.timeoutRetryLimit()).isEqualTo(1);
    assertThat(policy.backoff().error())
        .isEqualTo(new RetryPolicy.Wait(Duration.ofMinutes(2), 3, Duration.ofDays(1)));
    assertThat(policy.backoff().timeout()).isEqualTo(RetryPolicy.Backoff.DEFAULT.timeout());
  }

  @Test
  void shouldReadAFixedBackoffThatNeverGrows() {
    RetryPolicy.Backoff backoff =
        policy("\"backoff\": {\"type\": \"FIXED_BACKOFF\", \"error_retry_backoff_in_secs\": 5}")
            .backoff();

    assertThat(backoff.error().before(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.error().before(99)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.platform().before(99)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void shouldBeAbleToWaitWithTheLargestPolicy() {
    RetryPolicy.Wait wait =
        policy(
                "\"backoff\": {\"error_retry_backoff_in_secs\": 86400,"
                    + " \"error_retry_exponent\": 86400, \"error_retry_limit_in_secs\": 86400}")
            .backoff()
            .error();

    assertThat(wait.before(99)).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({"error_retry_limit", "platform_retry_limit", "timeout_retry_limit"})
  void shouldKeepTheLimitsOfRetries(String name) {
    policy("\"" + name + "\": 0");
    policy("\"" + name + "\": 99");
    assertTold(text("\"" + name + "\": «-1"), "BAD_VALUE " + PATH + "." + name);
    assertTold(text("\"" + name + "\": «100"), "BAD_VALUE " + PATH + "." + name);
    assertTold(text("\"" + name + "\": «\"many\""), "BAD_VALUE " + PATH + "." + name);
    assertTold(text("\"" + name + "\": «true"), "WRONG_TYPE " + PATH + "." + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error_retry_backoff_in_secs",
        "platform_retry_backoff_in_secs",
        "timeout_retry_backoff_in_secs",
        "error_retry_limit_in_secs",
        "platform_retry_limit_in_secs",
        "timeout_retry_limit_in_secs",
        "error_retry_exponent",
        "platform_retry_exponent",
        "timeout_retry_exponent"
      })
  void shouldKeepTheLimitsOfTheBackoff(String name) {
    policy("\"backoff\": {\"" + name + "\": 1}");
    policy("\"backoff\": {\"" + name + "\": 86400}");
    assertTold(
        text("\"backoff\": {\"" + name + "\": «0}"), "BAD_VALUE " + PATH + ".backoff." + name);
    assertTold(
        text("\"backoff\": {\"" + name + "\": «86401}"), "BAD_VALUE " + PATH + ".backoff." + name);
  }

  @Test
  void shouldReadAFixedBackoffAsFixed() {
    RetryPolicyDefinition.Backoff backoff =
        definition("\"backoff\": {\"type\": \"fixed_backoff\", \"jitter\": 0.250}").backoff();

    assertThat(backoff.kind()).isEqualTo(RetryPolicyDefinition.Kind.FIXED_BACKOFF);
    assertThat(backoff.jitter()).isEqualByComparingTo("0.25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error_retry_limit", "platform_retry_limit", "timeout_retry_limit"})
  void shouldReadRetriesThatParamsGive(String name) {
    RetryPolicyDefinition policy = definition("\"" + name + "\": \"${RUN_TS}\"");

    assertThat(policy.known()).isEmpty();
    assertThat(policy).isNotEqualTo(RetryPolicyDefinition.DEFAULT);
  }

  @Test
  void shouldReadWaitsThatParamsGive() {
    assertThat(
            definition("\"backoff\": {\"error_retry_backoff_in_secs\": \"${RUN_TS} s\"}")
                .backoff()
                .error()
                .base())
        .isEqualTo(new Setting.Interpolated<>("${RUN_TS} s"));
  }

  @Test
  void shouldKeepTheLimitsOfTheJitter() {
    definition("\"backoff\": {\"jitter\": 0}");
    definition("\"backoff\": {\"jitter\": 1}");
    assertTold(text("\"backoff\": {\"jitter\": «-0.1}"), "BAD_VALUE " + PATH + ".backoff.jitter");
    assertTold(text("\"backoff\": {\"jitter\": «1.1}"), "BAD_VALUE " + PATH + ".backoff.jitter");
    assertTold(text("\"backoff\": {\"jitter\": «\"x\"}"), "WRONG_TYPE " + PATH + ".backoff.jitter");
    // One of its other forms, 1E-1000000000, would be no number.
    definition("\"backoff\": {\"jitter\": 0.1e-999999998}");
    assertTold(
        text("\"backoff\": {\"jitter\": «0.1e-999999999}"),
        "WRONG_TYPE " + PATH + ".backoff.jitter");
  }

  @Test
  void shouldRefuseWhatIsNoPolicy() {
    assertTold(
        text("\"backoff\": {\"type\": «\"LINEAR\", \"jitter\": «1.5, «\"factor\": 2}, «\"max\": 1"),
        "BAD_VALUE " + PATH + ".backoff.type",
        "BAD_VALUE " + PATH + ".backoff.jitter",
        "UNKNOWN_FIELD " + PATH + ".backoff.factor",
        "UNKNOWN_FIELD " + PATH + ".max");
    assertTold(
        text("\"backoff\": {\"type\": \"FIXED_BACKOFF\", «\"error_retry_exponent\": 2}"),
        "UNKNOWN_FIELD " + PATH + ".backoff.error_retry_exponent");
    assertTold(Told.step("\"type\": \"work\", \"retry_policy\": «3"), "WRONG_TYPE " + PATH);
  }

  private static RetryPolicyDefinition definition(String fields) {
    return ((TypedStep) Told.validStep("\"type\": \"work\", \"retry_policy\": {" + fields + "}"))
        .retryPolicy();
  }

  private static RetryPolicy policy(String fields) {
    return Told.acceptedStep("\"type\": \"work\", \"retry_policy\": {" + fields + "}")
        .retryPolicy()
        .require();
  }

  private static String text(String fields) {
    return Told.step("\"type\": \"work\",\n \"retry_policy\": {" + fields + "}");
  }
}

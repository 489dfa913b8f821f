package io.millrace.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed, and what never is. */
final class OptionTextTest {

  @Test
  void shouldTellEveryOptionInTheHelp() {
    String help = OptionText.help();

    for (ConfigOption<?> option : JobOptions.ALL) {
      assertThat(help).contains("--" + option.key());
    }
    assertThat(help)
        .contains("--config FILE", "--kafka.PROPERTY")
        .contains("--transaction-timeout  (default: 15 min)")
        .doesNotContain("null", "<br");
  }

  @Test
  void shouldTellWhatIsInEffectWithDefaults() {
    // given
    JobSettings settings =
        JobSettings.read(List.of("--brokers", "b:1", "--queues", "x;y"), Map.of());

    // when
    String text = OptionText.effective(settings);

    // then
    assertThat(text.lines())
        .contains(
            "  brokers = b:1", "  queues = x;y", "  partitions = 8", "  parallelism = (not set)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.ssl.keystore.password",
        "kafka.ssl.key.password",
        "kafka.ssl.truststore.password",
        "kafka.ssl.keystore.key",
        "kafka.sasl.jaas.config",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.sasl.oauthbearer.token.endpoint.url",
        "kafka.SSL.Keystore.PASSWORD"
      })
  void shouldNeverTellASecret(String name) {
    // given
    JobSettings settings = JobSettings.read(List.of("--" + name, "hunter2"), Map.of());

    // when
    String text = OptionText.effective(settings);

    // then
    assertThat(text).contains(name + " = ******").doesNotContain("hunter2");
  }

  @Test
  void shouldTellWhatIsNoSecret() {
    JobSettings settings = JobSettings.read(List.of("--kafka.security.protocol", "SSL"), Map.of());

    assertThat(OptionText.effective(settings)).contains("kafka.security.protocol = SSL");
  }

  @Test
  void shouldAskForHelpInTwoWays() {
    assertThat(JobSettings.asksForHelp(List.of("--brokers", "a", "--help"))).isTrue();
    assertThat(JobSettings.asksForHelp(List.of("-h"))).isTrue();
    assertThat(JobSettings.asksForHelp(List.of("--brokers", "a"))).isFalse();
  }
}

package io.millrace.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.job.TestBroker;
import io.millrace.job.options.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka before and after the job has made it ready. */
final class TopicSetupIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static TestBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static JobSettings settings(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--brokers", broker.brokers()));
    arguments.addAll(List.of(options));
    return JobSettings.read(arguments, Map.of());
  }

  @Test
  void shouldCreateWhatIsMissingWithItsPartitionsAndLimits() throws Exception {
    // when
    TopicSetup.Found found =
        TopicSetup.run(
            settings(
                "--topic-prefix",
                "fresh",
                "--queues",
                "a;b",
                "--partitions",
                "3",
                "--reply-partitions",
                "5",
                "--timeline-retention",
                "2 d"),
            PATIENCE);

    // then
    assertThat(found.replyPartitions()).isEqualTo(5);
    try (Admin admin = broker.admin()) {
      assertThat(admin.listTopics().names().get())
          .contains(
              "fresh.definitions",
              "fresh.triggers",
              "fresh.actions",
              "fresh.signals",
              "fresh.reports",
              "fresh.tasks.a",
              "fresh.tasks.b",
              "fresh.cancels",
              "fresh.replies",
              "fresh.timeline",
              "fresh.dead-letters");
      assertThat(partitions(admin, "fresh.triggers")).isEqualTo(3);
      assertThat(config(admin, "fresh.timeline", "retention.ms")).isEqualTo("172800000");
      assertThat(config(admin, "fresh.triggers", "max.message.bytes")).isEqualTo("11534336");
      assertThat(config(admin, "fresh.tasks.a", "max.message.bytes")).isEqualTo("8454144");
    }
  }

  @Test
  void shouldLeaveWhatIsThereAndTellItsReplyPartitions() throws Exception {
    // given
    try (Admin admin = broker.admin()) {
      admin
          .createTopics(List.of(new NewTopic("old.replies", Optional.of(2), Optional.empty())))
          .all()
          .get();

      // when
      JobSettings settings = settings("--topic-prefix", "old", "--reply-partitions", "6");
      TopicSetup.Found first = TopicSetup.run(settings, PATIENCE);
      TopicSetup.Found again = TopicSetup.run(settings, PATIENCE);

      // then
      assertThat(first.replyPartitions()).isEqualTo(2);
      assertThat(again).isEqualTo(first);
      assertThat(partitions(admin, "old.triggers")).isEqualTo(8);
    }
  }

  @Test
  void shouldRefuseATransactionTimeoutAboveTheBrokers() {
    JobSettings settings = settings("--topic-prefix", "slow", "--transaction-timeout", "900001 ms");

    assertThatThrownBy(() -> TopicSetup.run(settings, PATIENCE))
        .isInstanceOf(KafkaNotReady.class)
        .hasMessage(
            "Expected option 'transaction-timeout' to be at most the broker's"
                + " transaction.max.timeout.ms, 900000 ms, but it is 900001 ms.");
  }

  @Test
  void shouldTakeATransactionTimeoutAtTheBrokers() {
    TopicSetup.requireTransactionTimeout(
        Duration.ofMillis(TestBroker.MAX_TRANSACTION_TIMEOUT), TestBroker.MAX_TRANSACTION_TIMEOUT);
  }

  @Test
  void shouldSayThatNoBrokerAnswers() {
    JobSettings settings = JobSettings.read(List.of("--brokers", "127.0.0.1:1"), Map.of());

    assertThatThrownBy(() -> TopicSetup.run(settings, Duration.ofSeconds(2)))
        .isInstanceOf(KafkaNotReady.class)
        .hasMessageStartingWith("Expected Kafka at 127.0.0.1:1 to answer, but:");
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static String config(Admin admin, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }
}

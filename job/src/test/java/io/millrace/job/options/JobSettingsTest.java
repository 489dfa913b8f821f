package io.millrace.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where options come from, which one wins, and which are refused. */
final class JobSettingsTest {
  @TempDir private Path directory;

  private static JobSettings read(String... arguments) {
    return JobSettings.read(List.of(arguments), Map.of());
  }

  @Test
  void shouldHaveADefaultForAllThatIsNotGiven() {
    // when
    JobSettings settings = read();

    // then
    assertThat(settings.brokers()).isEqualTo("127.0.0.1:9092");
    assertThat(settings.topics().timeline()).isEqualTo("millrace.timeline");
    assertThat(settings.groupId()).isEqualTo("millrace-job");
    assertThat(settings.transactionalIdPrefix()).isEqualTo("millrace-timeline");
    assertThat(settings.queues()).containsExactly("default");
    assertThat(settings.checkpointInterval()).isEmpty();
    assertThat(settings.parallelism()).isEmpty();
    assertThat(settings.kafka()).containsExactly(Map.entry("bootstrap.servers", "127.0.0.1:9092"));
  }

  @Test
  void shouldTakeArgumentsInThreeForms() {
    // when
    JobSettings settings = read("--brokers", "a:1", "--topic-prefix=b", "partitions=3");

    // then
    assertThat(settings.brokers()).isEqualTo("a:1");
    assertThat(settings.topicPrefix()).isEqualTo("b");
    assertThat(settings.partitions()).isEqualTo(3);
  }

  @Test
  void shouldPutArgumentsAboveTheFileAndTheFileAboveTheEnvironment() throws Exception {
    // given
    Path file =
        Files.writeString(
            directory.resolve("job.properties"),
            "brokers = file:1\ntopic-prefix = file\nkafka.sasl.mechanism = FILE\n");
    Map<String, String> environment =
        Map.of(
            "MILLRACE_BROKERS", "environment:1",
            "MILLRACE_TOPIC_PREFIX", "environment",
            "MILLRACE_REPLY_PARTITIONS", "5",
            "MILLRACE_KAFKA_SASL_MECHANISM", "ENVIRONMENT",
            "MILLRACE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "MILLRACE_HOME", "is a script's",
            "PATH", "/bin");

    // when
    JobSettings settings =
        JobSettings.read(
            List.of("--config", file.toString(), "--brokers", "argument:1"), environment);

    // then
    assertThat(settings.brokers()).isEqualTo("argument:1");
    assertThat(settings.topicPrefix()).isEqualTo("file");
    assertThat(settings.replyPartitions()).isEqualTo(5);
    assertThat(settings.kafka())
        .containsEntry("sasl.mechanism", "FILE")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", "argument:1")
        .hasSize(3);
  }

  @Test
  void shouldReadQueuesInLowerCase() {
    assertThat(read("--queues", "Extract; load,check;extract").queues())
        .containsExactly("extract", "load", "check");
    assertThat(read("--queues", "").queues()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--unknown, 1, Expected option 'unknown' of an argument to be known",
    "--partitions, many, Expected option 'partitions' to be a value of its kind",
    "--queues, a b, Expected option 'queues' to be 1 to 128 of the characters",
    "--topic-prefix, a/b, Expected option 'topic-prefix' to be 1 to 100 of the characters",
    "--starting-offsets, first, 'Expected option ''starting-offsets'' to be one of committed,'",
    "--kafka.transactional.id, x, Expected option 'kafka.transactional.id' to be a property that",
    "--config, /does/not/exist, Expected option 'config' to name a properties file",
    "--checkpoint-interval, often, Expected option 'checkpoint-interval' to be a value of its kind",
  })
  void shouldRefuseWhatItCannotUse(String name, String value, String sentence) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(InvalidOption.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "partitions, 1, 0",
    "partitions, 512, 513",
    "reply-partitions, 512, 513",
    "replication, 32767, 0",
    "parallelism, 1, 0",
    "parallelism, 512, 513",
    "checkpoint-interval, 50 ms, 49 ms",
    "checkpoint-interval, 1 h, 3601 s",
    "buffer-timeout, 1 s, 1001 ms",
    "linger, 1 s, 1001 ms",
    "transaction-timeout, 1 s, 999 ms",
    "max-input, 8 mb, 8388609 b",
    "max-input, 1 b, 0 b",
    "max-output, 64 mb, 67108865 b",
    "max-output, 1 mb, 1048575 b",
    "instance-retention, 1 s, 999 ms",
    "input-retention, 36500 d, 36501 d",
    "loop-room, 1, 0",
  })
  void shouldTakeALimitAndRefuseOneBeyond(String option, String atLimit, String beyond) {
    read("--" + option, atLimit);

    assertThatThrownBy(() -> read("--" + option, beyond))
        .isInstanceOf(InvalidOption.class)
        .hasMessageStartingWith("Expected option '" + option + "' to be between");
  }

  @Test
  void shouldRefuseArgumentsThatAreNone() {
    assertThatThrownBy(() -> read("brokers"))
        .hasMessage("Expected an argument to be --name value or name=value, but got 'brokers'.");
    assertThatThrownBy(() -> read("--brokers"))
        .hasMessage("Expected option '--brokers' to have a value, but it is the last argument.");
    assertThatThrownBy(() -> read("--brokers", "a", "brokers=b"))
        .hasMessage("Expected option 'brokers' to be given once, but it is given twice.");
  }

  @Test
  void shouldNameTheFileOfAnUnknownOption() throws Exception {
    // given
    Path file = Files.writeString(directory.resolve("job.properties"), "broker = a\n");

    // then
    assertThatThrownBy(() -> read("--config", file.toString()))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("'broker' of " + file);
  }

  @Test
  void shouldKeepAnIntervalThatIsGiven() {
    assertThat(read("--checkpoint-interval", "1s").checkpointInterval())
        .contains(Duration.ofSeconds(1));
  }
}

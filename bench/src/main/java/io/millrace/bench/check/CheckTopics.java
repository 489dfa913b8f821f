package io.millrace.bench.check;

import io.millrace.bench.load.Workflows;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reading;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Report;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topics of a system at rest from their beginning and checks what is promised. Prints the
 * counts; exits with 1 if a promise is broken.
 */
public final class CheckTopics {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<String, Object> config;
  private final Evidence evidence;

  private CheckTopics(String brokers, Expectations expectations) {
    evidence = new Evidence(expectations);
    config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            brokers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            10_000);
  }

  /**
   * Arguments: brokers, the prefix of the topics ({@code millrace} by default), and what is known
   * of the load ({@link Expectations}).
   */
  public static void main(String[] args) {
    if (args.length < 1) {
      System.err.println("Usage: CheckTopics BROKERS [PREFIX [iterations=N] [restored-at=MILLIS]]");
      System.exit(2);
    }
    Expectations expectations = Expectations.of(Arrays.stream(args).skip(2).toList());
    Findings findings =
        new CheckTopics(args[0], expectations)
            .check(args.length > 1 ? new Topics(args[1]) : Topics.DEFAULT);
    System.out.print(findings.text());
    System.exit(findings.broken().isEmpty() ? 0 : 1);
  }

  private Findings check(Topics topics) {
    read(topics.triggers(), StartRequest.class, evidence::take);
    read(topics.tasks(Workflows.QUEUE), Task.class, evidence::take);
    read(topics.reports(), Report.class, evidence::take);
    read(topics.timeline(), TimelineEvent.class, evidence::take);
    read(topics.replies(), Reply.class, evidence::take);
    return evidence.findings();
  }

  /** What cannot be read is another test's matter: it was answered by a dead letter. */
  private <T> void read(String topic, Class<T> type, Consumer<T> taker) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          Reading<T> reading = ProtocolJson.read(message.value(), type);
          reading.value().ifPresent(taker);
        }
      }
    }
  }
}

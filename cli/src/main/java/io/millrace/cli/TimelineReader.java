package io.millrace.cli;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the committed events of one workflow from its partition of the timeline, in order. */
final class TimelineReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final byte[] key;
  private final Duration patience;

  TimelineReader(
      Consumer<byte[], byte[]> consumer,
      String topic,
      int partitions,
      String workflowId,
      Duration patience) {
    this.consumer = consumer;
    this.key = workflowId.getBytes(StandardCharsets.UTF_8);
    this.partition = new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
    this.patience = patience;
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Adds all that is committed by now and was not read yet. */
  void readInto(TimelineHistory history) throws NotReached {
    try {
      long end = consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
      long deadline = System.nanoTime() + patience.toNanos();
      while (consumer.position(partition) < end) {
        boolean some = false;
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          some = true;
          if (each.value() != null && Arrays.equals(each.key(), key)) {
            ProtocolJson.read(each.value(), TimelineEvent.class).value().ifPresent(history::add);
          }
        }
        if (some) {
          deadline = System.nanoTime() + patience.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw new NotReached(
              "Expected to read " + partition + " up to " + end + ", but nothing comes.");
        }
      }
    } catch (KafkaException e) {
      throw new NotReached("Expected to read the timeline, but Kafka says: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}

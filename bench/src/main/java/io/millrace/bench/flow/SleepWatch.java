package io.millrace.bench.flow;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the committed events of runs that sleep: how many have begun to, when they are due, and
 * how many have ended. A reply that a start is accepted does not say so, as its run begins when
 * there is room for it; and nobody waits for a reply at the end of a run that sleeps for long.
 */
final class SleepWatch implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> secondsOfRequest;
  private final Map<String, String> requestOfUuid = new HashMap<>();
  private final Set<String> asleep = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private long firstDue = Long.MAX_VALUE;
  private long lastDue;

  /**
   * @param secondsOfRequest how long the run of each request sleeps; must know a request before its
   *     start is sent, and be safe to read meanwhile
   */
  SleepWatch(String brokers, Topics topics, Map<String, Long> secondsOfRequest) {
    this.secondsOfRequest = secondsOfRequest;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.timeline()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // from here on no event is missed
  }

  /** Takes what has been committed, for about as long as given. */
  void look(Duration atLeast) {
    long end = System.nanoTime() + atLeast.toNanos();
    for (long left = atLeast.toNanos(); left > 0; left = end - System.nanoTime()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofNanos(left))) {
        ProtocolJson.read(message.value(), TimelineEvent.class).value().ifPresent(this::take);
      }
    }
  }

  /**
   * Committed events that were not taken yet, and the marks of the transactions between them. To
   * ask costs next to nothing; to take them costs processor time that a measurement must not lack.
   */
  long waiting() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .mapToLong(end -> end.getValue() - consumer.position(end.getKey()))
        .sum();
  }

  private void take(TimelineEvent event) {
    if (event.event() instanceof TimelineEvent.RunStatusChanged change) {
      if (change.requestId() != null
          && change.statuses().contains(RunStatus.IN_PROGRESS)
          && secondsOfRequest.containsKey(change.requestId())) {
        requestOfUuid.put(change.runUuid(), change.requestId());
      }
      if (asleep.contains(change.runUuid())
          && change.statuses().stream().anyMatch(RunStatus::isTerminal)) {
        ended.add(change.runUuid());
      }
    } else if (event.event() instanceof TimelineEvent.StepStatusChanged change
        && change.statuses().contains(StepStatus.RUNNING)) {
      String request = requestOfUuid.get(change.runUuid());
      Long seconds = request == null ? null : secondsOfRequest.get(request);
      if (seconds != null && asleep.add(change.runUuid())) {
        long due = event.at() + 1_000 * seconds;
        firstDue = Math.min(firstDue, due);
        lastDue = Math.max(lastDue, due);
      }
    }
  }

  /** How many have begun to sleep. */
  int asleep() {
    return asleep.size();
  }

  /** How many of them have ended. */
  int ended() {
    return ended.size();
  }

  /** When the first of them is due, epoch millis. */
  long firstDue() {
    return firstDue;
  }

  /** When the last of them is due, epoch millis. */
  long lastDue() {
    return lastDue;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

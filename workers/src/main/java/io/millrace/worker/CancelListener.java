package io.millrace.worker;

import io.millrace.protocol.Cancel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every cancel from now on, outside any group, as nobody knows which worker has the task.
 *
 * <p>Best effort: what was cancelled while this process was down runs and its report is stale. When
 * Kafka cannot be read the listener tries again; tasks go on meanwhile.
 */
final class CancelListener implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CancelListener.class);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final java.util.function.Consumer<String> cancels;
  private final CountDownLatch stopped = new CountDownLatch(1);

  CancelListener(
      Consumer<String, byte[]> consumer,
      String topic,
      java.util.function.Consumer<String> cancels) {
    this.consumer = consumer;
    this.topic = topic;
    this.cancels = cancels;
  }

  void stop() {
    stopped.countDown();
    consumer.wakeup();
  }

  @Override
  public void run() {
    try (consumer) {
      while (stopped.getCount() > 0) {
        try {
          turn();
        } catch (WakeupException e) {
          // Either the end, which the loop sees, or nothing.
        } catch (KafkaException e) {
          LOG.warn("Cancels cannot be read, trying again: {}", e.toString());
          pause();
        }
      }
    }
  }

  /** Reads what there is; the first time, finds the topic and its end. */
  void turn() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      if (partitions.isEmpty()) {
        pause();
        return;
      }
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
    }
    for (ConsumerRecord<String, byte[]> record : consumer.poll(WAIT)) {
      Wire.read(record.value(), Cancel.class)
          .ifPresent(cancel -> cancels.accept(cancel.dispatchId()));
    }
  }

  private void pause() {
    try {
      boolean over = stopped.await(WAIT.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("Looks for {} again: {}", topic, !over);
    } catch (InterruptedException e) {
      stopped.countDown();
      Thread.currentThread().interrupt();
    }
  }
}

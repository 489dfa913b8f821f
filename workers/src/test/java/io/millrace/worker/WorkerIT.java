package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.protocol.Cancel;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Kind;
import io.millrace.protocol.Task;
import io.millrace.protocol.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker on a real broker. */
class WorkerIT {
  private static final int FLOOD_TASKS = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path folder;

  private static LocalBroker broker;
  private static KafkaProducer<String, byte[]> producer;
  private static final Queue<String> notSent = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address(), "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    producer.close(Duration.ZERO);
    broker.close();
  }

  @Test
  void shouldAnswerAFloodOfSmallTasks() throws Exception {
    // given
    Topics topics = topics("flood");
    try (Worker worker = worker(topics).inlineQueue("q", task -> TaskResult.succeeded()).start();
        Reports reports = new Reports(topics)) {
      dispatch(topics, "warm");
      reports.awaitAnswers(Set.of("warm"));
      Set<String> expected = new HashSet<>();

      // when
      long begun = System.nanoTime();
      for (int i = 0; i < FLOOD_TASKS; i++) {
        expected.add("t" + i);
        dispatch(topics, "t" + i);
      }
      reports.awaitAnswers(expected);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);

      // then
      System.out.printf(
          "%d tasks sent, run and reported in %d ms: %d tasks/s%n",
          FLOOD_TASKS, millis, FLOOD_TASKS * 1000L / millis);
      assertThat(worker.failure()).isEmpty();

      // and one at a time
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        long asked = System.nanoTime();
        dispatch(topics, "single" + i);
        reports.awaitAnswers(Set.of("single" + i));
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - asked));
      }
      micros.sort(null);
      System.out.printf(
          "one task at a time: p50 %d us, p99 %d us%n", micros.get(150), micros.get(297));
    }
  }

  @Test
  void shouldInterruptATaskThatIsCancelled() throws Exception {
    // given
    Topics topics = topics("cancel");
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Worker worker =
            worker(topics)
                .queue(
                    "q",
                    task -> {
                      running.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.set(true);
                      }
                      return TaskResult.succeeded();
                    })
                .start();
        Reports reports = new Reports(topics)) {
      dispatch(topics, "endless");
      assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      // when: a cancel is best effort while the listener finds the topic, so it is repeated here
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                send(topics.cancels(), "wf", new Cancel(Task.PROTOCOL, "endless", "stopped"));
                return interrupted.get();
              });

      // then
      assertThat(reports.poll()).noneMatch(report -> report.kind() == Kind.SUCCEEDED);
      assertThat(worker.failure()).isEmpty();
    }
  }

  @Test
  void shouldLoseNothingWhenWorkersComeAndGo() throws Exception {
    // given
    Topics topics = topics("restart");
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch some = new CountDownLatch(200);
    TaskHandler counts =
        task -> {
          runs.incrementAndGet();
          some.countDown();
          return TaskResult.succeeded();
        };
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      expected.add("r" + i);
      dispatch(topics, "r" + i);
    }

    // when the first is stopped in the midst of it
    try (Worker first = worker(topics).queue("q", counts).start()) {
      assertThat(some.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(first.failure()).isEmpty();
    }
    int ranByFirst = runs.get();
    try (Worker second = worker(topics).queue("q", counts).start();
        Worker third = worker(topics).queue("q", counts).start();
        Reports reports = new Reports(topics)) {

      // then
      reports.awaitAnswers(expected);
      assertThat(second.failure()).isEmpty();
      assertThat(third.failure()).isEmpty();
    }
    System.out.printf(
        "2000 tasks: %d run by the first worker, %d in all%n", ranByFirst, runs.get());
    assertThat(runs.get()).isGreaterThanOrEqualTo(2_000);
  }

  /** Fresh topics, each partition of which has taken a record (that is no task) already. */
  private static Topics topics(String prefix) {
    Topics topics = new Topics(prefix);
    Map<String, Integer> partitions =
        Map.of(topics.tasks("q"), 4, topics.reports(), 4, topics.cancels(), 1);
    broker.create(partitions);
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, "wf", new byte[0]);
            await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> producer.send(record).get(10, TimeUnit.SECONDS) != null);
          }
        });
    return topics;
  }

  private static Worker.Builder worker(Topics topics) {
    return Worker.builder().brokers(broker.address()).topics(topics);
  }

  private static void dispatch(Topics topics, String dispatchId) {
    send(topics.tasks("q"), dispatchId, TaskFixture.task(dispatchId, "q"));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told what the future holds
  private static void send(String topic, String key, Object value) {
    producer.send(
        new ProducerRecord<>(topic, key, ProtocolJson.write(value)),
        (metadata, failed) -> {
          if (failed != null) {
            notSent.add(key + ": " + failed);
          }
        });
  }

  /** Reads the reports from the beginning. */
  private static final class Reports implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;

    Reports(Topics topics) {
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", broker.address()),
              new StringDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.reports()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    List<Report> poll() {
      List<Report> reports = new ArrayList<>();
      consumer
          .poll(Duration.ofMillis(100))
          .forEach(record -> Wire.read(record.value(), Report.class).ifPresent(reports::add));
      return reports;
    }

    void awaitAnswers(Set<String> expected) {
      Set<String> missing = new HashSet<>(expected);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!missing.isEmpty()) {
        assertThat(System.nanoTime())
            .as("missing %d answers; not sent: %s", missing.size(), notSent)
            .isLessThan(deadline);
        for (Report report : poll()) {
          if (report.kind() == Kind.SUCCEEDED) {
            missing.remove(report.dispatchId());
          }
        }
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}

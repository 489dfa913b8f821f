package io.millrace.worker.example.retail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import io.millrace.protocol.Topics;
import io.millrace.worker.LocalBroker;
import io.millrace.worker.TaskFixture;
import io.millrace.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retail workers on a real broker, both years at once; this test plays the engine. */
class RetailEtlIT {
  private static final List<String> QUEUES =
      List.of("retail-extract", "retail-clean", "retail-aggregate", "retail-load", "retail-check");
  private static final Map<Long, List<String>> FAULTS =
      Map.of(1997L, List.of("PLATFORM", "USER"), 1998L, List.of("USER"));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Which attempt of which step of which year a task is. */
  private record Attempt(long year, int step, long number) {
    Task task() {
      Map<String, ParamValue> params = new LinkedHashMap<>();
      params.put("year", new ParamValue.Int(year));
      params.put("faults", new ParamValue.StringArray(FAULTS.getOrDefault(year, List.of())));
      return TaskFixture.task(
          "retail-etl/1:1/" + QUEUES.get(step) + "_" + year + "@" + number + "#00",
          QUEUES.get(step),
          number,
          params);
    }
  }

  @Test
  void shouldLoadBothYearsInSpiteOfTheFaults() throws Exception {
    // given
    Topics topics = Topics.DEFAULT;
    Warehouse warehouse = Warehouse.inFolder(folder);
    List<String> failures = new ArrayList<>();
    try (LocalBroker broker = LocalBroker.start(folder)) {
      broker.create(
          Stream.concat(
                  QUEUES.stream().map(topics::tasks), Stream.of(topics.reports(), topics.cancels()))
              .collect(Collectors.toMap(topic -> topic, topic -> 1)));
      try (Worker worker =
              RetailWorkers.queues(
                      Worker.builder().brokers(broker.address()),
                      new RetailSteps(folder.resolve("staging"), warehouse))
                  .start();
          KafkaProducer<String, byte[]> producer = producer(broker);
          KafkaConsumer<String, byte[]> reports = reports(broker, topics)) {

        // when
        long begun = System.nanoTime();
        Map<String, Attempt> open = new HashMap<>();
        dispatch(producer, topics, open, new Attempt(1997, 0, 1));
        dispatch(producer, topics, open, new Attempt(1998, 0, 1));
        while (!open.isEmpty()) {
          assertThat(System.nanoTime() - begun).as("open: %s", open).isLessThan(PATIENCE.toNanos());
          assertThat(worker.failure()).isEmpty();
          for (ConsumerRecord<String, byte[]> record : reports.poll(Duration.ofMillis(100))) {
            Report report = TaskFixture.report(record.value());
            Attempt attempt = open.get(report.dispatchId());
            if (attempt != null && report.kind() == Report.Kind.SUCCEEDED) {
              open.remove(report.dispatchId());
              if (attempt.step() + 1 < QUEUES.size()) {
                dispatch(
                    producer, topics, open, new Attempt(attempt.year(), attempt.step() + 1, 1));
              }
            } else if (attempt != null && report.kind() == Report.Kind.FAILED) {
              open.remove(report.dispatchId());
              failures.add(attempt.year() + " " + report.failure());
              dispatch(
                  producer,
                  topics,
                  open,
                  new Attempt(attempt.year(), attempt.step(), attempt.number() + 1));
            }
          }
        }
        System.out.printf(
            "Both years extracted, cleaned, aggregated, loaded and checked in %d ms%n",
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      }
    }

    // then
    assertThat(failures).containsExactlyInAnyOrder("1997 PLATFORM", "1997 USER", "1998 USER");
    assertThat(DailyTotals.ofSource(1997).differences(warehouse.totals(1997))).isEmpty();
    assertThat(DailyTotals.ofSource(1998).differences(warehouse.totals(1998))).isEmpty();
  }

  private static void dispatch(
      KafkaProducer<String, byte[]> producer,
      Topics topics,
      Map<String, Attempt> open,
      Attempt attempt)
      throws Exception {
    Task task = attempt.task();
    open.put(task.dispatchId(), attempt);
    producer
        .send(
            new ProducerRecord<>(
                topics.tasks(task.queue()), "retail-etl", ProtocolJson.write(task)))
        .get(30, TimeUnit.SECONDS);
  }

  private static KafkaProducer<String, byte[]> producer(LocalBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.address()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> reports(LocalBroker broker, Topics topics) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topics.reports(), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }
}

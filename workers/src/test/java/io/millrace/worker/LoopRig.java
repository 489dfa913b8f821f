package io.millrace.worker;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A worker loop on Kafka's own stand-ins, virtual time, and handlers that run when told to. */
final class LoopRig {
  static final String QUEUE = "q";
  static final TopicPartition PARTITION = new TopicPartition(Topics.DEFAULT.tasks(QUEUE), 0);

  final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  final MockProducer<String, byte[]> producer =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  final WorkerLoop loop;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long now = 1_000_000;
  private long nextOffset;
  private int reportsSeen;

  LoopRig(WorkerOptions options, TaskHandler handler, boolean inline) {
    loop =
        new WorkerLoop(
            consumer,
            new ReportSender(producer, Topics.DEFAULT.reports()),
            waiting::add,
            () -> Instant.ofEpochMilli(now),
            options,
            "tester",
            Topics.DEFAULT,
            List.of(new TaskQueue(QUEUE, handler, inline)));
    loop.subscribe();
    consumer.rebalance(Set.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  LoopRig(WorkerOptions options, TaskHandler handler) {
    this(options, handler, false);
  }

  /** A task lies on the topic. */
  LoopRig given(String dispatchId) {
    return givenBytes(ProtocolJson.write(TaskFixture.task(dispatchId, QUEUE)));
  }

  LoopRig given(Task task) {
    return givenBytes(ProtocolJson.write(task));
  }

  LoopRig givenBytes(byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), nextOffset, "wf", value));
    nextOffset++;
    return this;
  }

  LoopRig turn() {
    loop.turn(Duration.ZERO);
    return this;
  }

  /** The pool gets to the task that waits the longest. */
  LoopRig runFirst() {
    waiting.remove().run();
    return this;
  }

  LoopRig runLast() {
    waiting.removeLast().run();
    return this;
  }

  int waiting() {
    return waiting.size();
  }

  /** Kafka acknowledges all reports. */
  LoopRig acknowledge() {
    while (producer.completeNext()) {
      // each in turn
    }
    return this;
  }

  LoopRig pass(Duration time) {
    now += time.toMillis();
    return this;
  }

  /** A turn that commits, whatever the interval. */
  long committed() {
    pass(Duration.ofDays(1)).turn();
    return committedSoFar();
  }

  long committedSoFar() {
    OffsetAndMetadata offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? 0 : offset.offset();
  }

  /** Reports since the last call. */
  List<Report> reports() {
    List<Report> reports =
        producer.history().stream()
            .skip(reportsSeen)
            .map(record -> Wire.read(record.value(), Report.class).orElseThrow())
            .toList();
    reportsSeen += reports.size();
    return reports;
  }

  List<Report.Kind> kinds() {
    return reports().stream().map(Report::kind).toList();
  }
}

package io.millrace.worker;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.Report.Kind;
import io.millrace.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports to Kafka without waiting, and finishes the positions of an answer when Kafka has
 * acknowledged it: the offset of a task can be committed no sooner.
 *
 * <p>An answer is never lost while the process lives: what Kafka could not take in time is sent
 * again. A sign of life may be lost. Safe for several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the callback is told what the future holds
final class ReportSender {
  private static final Logger LOG = LoggerFactory.getLogger(ReportSender.class);

  private final Producer<String, byte[]> producer;
  private final String topic;
  private final Queue<Outgoing> again = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unacknowledged = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private record Outgoing(Answer answer, List<OffsetTracker.Position> positions) {}

  ReportSender(Producer<String, byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  void sign(String workflowId, Report report) {
    producer.send(
        new ProducerRecord<>(topic, workflowId, ProtocolJson.write(report)),
        (metadata, failed) -> {
          if (failed != null) {
            LOG.warn("Lost a {} of {}: {}", report.kind(), report.dispatchId(), failed.toString());
          }
        });
  }

  void answer(Answer answer, List<OffsetTracker.Position> positions) {
    unacknowledged.incrementAndGet();
    send(new Outgoing(answer, positions));
  }

  /** Sends again what Kafka did not take. */
  void resend() {
    for (Outgoing next = again.poll(); next != null; next = again.poll()) {
      send(next);
    }
  }

  /** Answers that Kafka has not acknowledged. */
  int unacknowledged() {
    return unacknowledged.get();
  }

  /** Why reports can no longer be written: a matter for whoever runs the worker. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }

  private void send(Outgoing outgoing) {
    Answer answer = outgoing.answer();
    producer.send(
        new ProducerRecord<>(topic, answer.workflowId(), ProtocolJson.write(answer.report())),
        (metadata, failed) -> acknowledged(outgoing, failed));
  }

  private void acknowledged(Outgoing outgoing, @Nullable Exception failed) {
    if (failed == null) {
      unacknowledged.decrementAndGet();
      outgoing.positions().forEach(OffsetTracker.Position::finish);
    } else if (failed instanceof RecordTooLargeException) {
      again.add(new Outgoing(tooLarge(outgoing.answer()), outgoing.positions()));
    } else if (failed instanceof RetriableException) {
      LOG.warn(
          "Sending the answer to {} again: {}",
          outgoing.answer().report().dispatchId(),
          failed.toString());
      again.add(outgoing);
    } else {
      failure.compareAndSet(null, failed);
    }
  }

  /** Says so in place of an answer that Kafka refuses; the task would fail the same way again. */
  private static Answer tooLarge(Answer answer) {
    Report refused = answer.report();
    return new Answer(
        answer.workflowId(),
        new Report(
            Task.PROTOCOL,
            refused.dispatchId(),
            Kind.FAILED,
            refused.worker(),
            Map.of(),
            Failure.USER,
            false,
            "Expected the answer to fit into one Kafka record, but it is too large: return a"
                + " reference instead of the data.",
            null,
            null,
            null));
  }
}

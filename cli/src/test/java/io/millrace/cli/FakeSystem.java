package io.millrace.cli;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Stands where Kafka and the job are: answers what is sent as the test says. Time passes only by
 * polling, 100 ms each.
 */
final class FakeSystem {
  static final int PARTITION = 2;
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final TopicPartition REPLIES =
      new TopicPartition(Topics.DEFAULT.replies(), PARTITION);
  private static final long END = 7;

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final Function<Sent, List<Reply.Answer>> answers;
  private final List<Sent> sent = new ArrayList<>();
  private long now;
  private long nextOffset = END;

  /** A request as it arrived, the how-manieth it is from 1, and when. */
  record Sent(ProducerRecord<String, byte[]> record, int number, long at) {
    String topic() {
      return record.topic();
    }

    String correlationId() {
      return header(ReplyTo.CORRELATION_HEADER);
    }

    String header(String name) {
      return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    <T> T read(Class<T> type) {
      return ProtocolJson.read(record.value(), type).value().orElseThrow();
    }
  }

  FakeSystem(Function<Sent, List<Reply.Answer>> answers) {
    this.answers = answers;
    consumer.updateEndOffsets(Map.of(REPLIES, END));
    consumer.schedulePollTask(this::pass);
  }

  Conversation converse() throws NotReached {
    return new Conversation(producer, consumer, Topics.DEFAULT, PARTITION, PATIENCE, () -> now);
  }

  List<Sent> sent() {
    return sent;
  }

  long now() {
    return now;
  }

  /** What arrives on the partition without being asked, or for somebody else. */
  void say(String correlationId, Reply.Answer answer) {
    deliver(ProtocolJson.write(new Reply(correlationId, answer)));
  }

  void deliver(byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(REPLIES.topic(), PARTITION, nextOffset++, new byte[0], value));
  }

  private void pass() {
    now += 100;
    for (int i = sent.size(); i < producer.history().size(); i++) {
      Sent next = new Sent(producer.history().get(i), i + 1, now);
      sent.add(next);
      answers.apply(next).forEach(answer -> say(next.correlationId(), answer));
    }
    consumer.schedulePollTask(this::pass);
  }
}

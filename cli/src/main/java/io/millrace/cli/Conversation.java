package io.millrace.cli;

import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the running system and hears its answers, over one partition of the replies topic.
 *
 * <p>It listens from before the first question on, so no answer is missed. Answers come at least
 * once: those to questions of others, and those nobody waits for any more, are passed over. An
 * answer may be lost in a crash, so who asks for what may safely be repeated asks again.
 */
final class Conversation implements AutoCloseable {
  /** How long to wait before the same question is asked again. */
  static final Duration REPEAT = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Producer<String, byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Duration patience;
  private final LongSupplier clock;
  private final int partition;
  private final Set<String> asked = new HashSet<>();
  private final Deque<Reply> heard = new ArrayDeque<>();

  /**
   * Begins to listen at the end of {@code partition} of the replies topic.
   *
   * @param patience how long to wait for one answer
   * @param clock millis that never go back
   */
  Conversation(
      Producer<String, byte[]> producer,
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      int partition,
      Duration patience,
      LongSupplier clock)
      throws NotReached {
    this.producer = producer;
    this.consumer = consumer;
    this.topics = topics;
    this.patience = patience;
    this.clock = clock;
    this.partition = partition;
    TopicPartition replies = new TopicPartition(topics.replies(), partition);
    try {
      consumer.assign(List.of(replies));
      consumer.seekToEnd(List.of(replies));
      // Only this finds out where the end is; later would be after the answer.
      consumer.position(replies);
    } catch (KafkaException e) {
      throw new NotReached(
          "Expected to listen on " + replies + ", but Kafka says: " + e.getMessage(), e);
    }
  }

  Topics topics() {
    return topics;
  }

  Duration patience() {
    return patience;
  }

  /** Millis that never go back. */
  long now() {
    return clock.getAsLong();
  }

  /** A new name for a question and its answers. */
  String newQuestion() {
    String question = UUID.randomUUID().toString();
    asked.add(question);
    return question;
  }

  /** Sends a request as {@code question}; returns when Kafka has it. */
  void send(String question, Ask ask) throws NotReached {
    ProducerRecord<String, byte[]> sent = ask.record();
    sent.headers()
        .add(ReplyTo.PARTITION_HEADER, utf8(Integer.toString(partition)))
        .add(ReplyTo.CORRELATION_HEADER, utf8(question));
    try {
      producer.send(sent).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new NotReached(
          "Expected Kafka to take a record for " + sent.topic() + ", but it did not: " + cause, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReached("Expected Kafka to take the request, but was interrupted.", e);
    }
  }

  /** Asks once and waits for the one answer that is {@code wanted}. */
  Reply.Answer askOnce(Ask ask, Predicate<Reply.Answer> wanted) throws NotReached {
    return exchange(newQuestion(), ask, wanted, patience);
  }

  /** Asks what may safely be repeated, until there is an answer that is {@code wanted}. */
  Reply.Answer ask(Ask ask, Predicate<Reply.Answer> wanted) throws NotReached {
    return exchange(newQuestion(), ask, wanted, REPEAT);
  }

  /** As {@link #ask}, under a name that goes on to be answered. */
  Reply.Answer ask(String question, Ask ask, Predicate<Reply.Answer> wanted) throws NotReached {
    return exchange(question, ask, wanted, REPEAT);
  }

  private Reply.Answer exchange(
      String question, Ask ask, Predicate<Reply.Answer> wanted, Duration repeat) throws NotReached {
    long deadline = now() + patience.toMillis();
    do {
      send(question, ask);
      Optional<Reply.Answer> answer =
          hear(Set.of(question), wanted, Math.min(deadline, now() + repeat.toMillis()));
      if (answer.isPresent()) {
        return answer.get();
      }
    } while (now() < deadline);
    throw silence();
  }

  NotReached silence() {
    return new NotReached(
        "Expected an answer on "
            + topics.replies()
            + " within "
            + DurationText.show(patience.toMillis())
            + ", but there is none. Is the Millrace job running?");
  }

  /** The next answer to one of {@code questions} that is {@code wanted}; empty at the deadline. */
  Optional<Reply.Answer> hear(Set<String> questions, Predicate<Reply.Answer> wanted, long deadline)
      throws NotReached {
    while (true) {
      for (Iterator<Reply> each = heard.iterator(); each.hasNext(); ) {
        Reply reply = each.next();
        if (questions.contains(reply.correlationId()) && wanted.test(reply.answer())) {
          each.remove();
          return Optional.of(reply.answer());
        }
      }
      long left = deadline - now();
      if (left <= 0) {
        return Optional.empty();
      }
      listen(Duration.ofMillis(Math.min(left, POLL.toMillis())));
    }
  }

  /** Lets a moment pass, and hears what comes. */
  void pause() throws NotReached {
    listen(POLL);
  }

  private void listen(Duration atMost) throws NotReached {
    try {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(atMost)) {
        if (each.value() != null) {
          ProtocolJson.read(each.value(), Reply.class)
              .value()
              .filter(reply -> asked.contains(reply.correlationId()))
              .ifPresent(heard::add);
        }
      }
    } catch (KafkaException e) {
      throw new NotReached("Expected to hear replies, but Kafka says: " + e.getMessage(), e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(CLOSE);
    consumer.close(CloseOptions.timeout(CLOSE));
  }
}

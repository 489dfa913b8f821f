package io.millrace.bench.load;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks over Kafka and hears the replies on one partition. Each question has a listener, called by
 * the one thread that reads replies for every answer, repeated ones included.
 */
public final class LoadClient implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Topics topics;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final int replyPartition;
  private final Map<String, Consumer<Reply.Answer>> listeners = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread reader;
  private volatile boolean closing;

  public LoadClient(String brokers, Topics topics) {
    this.topics = topics;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                300_000),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    int partitions = consumer.partitionsFor(topics.replies()).size();
    replyPartition = ThreadLocalRandom.current().nextInt(partitions);
    TopicPartition mine = new TopicPartition(topics.replies(), replyPartition);
    consumer.assign(List.of(mine));
    consumer.seekToEnd(List.of(mine));
    consumer.position(mine); // from here on no reply is missed
    reader = new Thread(this::read, "replies");
    reader.setDaemon(true);
    reader.start();
  }

  /** Pushes a definition and waits until it is taken. */
  public Reply.Pushed push(String workflowId, String text) {
    Reply.Answer answer =
        ask(topics.definitions(), workflowId, text.getBytes(StandardCharsets.UTF_8));
    if (answer instanceof Reply.Pushed pushed) {
      return pushed;
    }
    throw new IllegalStateException(
        "Expected workflow " + workflowId + " to be pushed, but the answer is " + answer + ".");
  }

  /** Asks a workflow or run to do something, and waits for the first answer. */
  public Reply.Answer act(ActionRequest.Action action, String target) {
    String workflowId = target.contains("/") ? target.substring(0, target.indexOf('/')) : target;
    return ask(
        topics.actions(),
        workflowId,
        ProtocolJson.write(new ActionRequest(action, target, null, null, "bench", null)));
  }

  /**
   * Sends a start that is answered when it is accepted, and again when its run has ended.
   *
   * @param key of the record: the workflow id, or null to spread starts over all partitions
   */
  public void start(
      String workflowId, @Nullable String key, String requestId, Consumer<Reply.Answer> listener) {
    start(workflowId, key, requestId, Map.of(), listener);
  }

  /** As the other, with run params. */
  public void start(
      String workflowId,
      @Nullable String key,
      String requestId,
      Map<String, ParamDefinition> params,
      Consumer<Reply.Answer> listener) {
    start(workflowId, key, requestId, params, true, listener);
  }

  /** Sends a start that is answered when it is accepted, and then no more. */
  public void launch(
      String workflowId,
      @Nullable String key,
      String requestId,
      Map<String, ParamDefinition> params,
      Consumer<Reply.Answer> listener) {
    start(workflowId, key, requestId, params, false, listener);
  }

  private void start(
      String workflowId,
      @Nullable String key,
      String requestId,
      Map<String, ParamDefinition> params,
      boolean follow,
      Consumer<Reply.Answer> listener) {
    listeners.put(requestId, listener);
    send(
        topics.triggers(),
        key,
        ProtocolJson.write(new StartRequest(workflowId, null, requestId, params, "bench", follow)),
        requestId);
  }

  /** The listener of this question hears no more. */
  public void forget(String requestId) {
    listeners.remove(requestId);
  }

  /** Waits until everything sent is with the broker. */
  public void flush() {
    producer.flush();
  }

  private Reply.Answer ask(String topic, String key, byte[] value) {
    String correlation = UUID.randomUUID().toString();
    CompletableFuture<Reply.Answer> answer = new CompletableFuture<>();
    listeners.put(correlation, answer::complete);
    send(topic, key, value, correlation);
    try {
      return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "Expected an answer on " + topics.replies() + " within " + ANSWER + ", but got none.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer.", e);
    } finally {
      listeners.remove(correlation);
    }
  }

  private void send(String topic, @Nullable String key, byte[] value, String correlation) {
    Exception before = failure.get();
    if (before != null) {
      throw new IllegalStateException("Expected Kafka to take records, but it failed.", before);
    }
    ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key, value);
    message
        .headers()
        .add(
            ReplyTo.PARTITION_HEADER,
            Integer.toString(replyPartition).getBytes(StandardCharsets.UTF_8))
        .add(ReplyTo.CORRELATION_HEADER, correlation.getBytes(StandardCharsets.UTF_8));
    Future<RecordMetadata> unused =
        producer.send(
            message,
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  private void read() {
    try {
      while (!closing) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
          Optional<Reply> reply = ProtocolJson.read(message.value(), Reply.class).value();
          reply.ifPresent(this::hear);
        }
      }
    } catch (WakeupException e) {
      // Closing.
    }
  }

  private void hear(Reply reply) {
    Consumer<Reply.Answer> listener = listeners.get(reply.correlationId());
    if (listener != null) {
      listener.accept(reply.answer());
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
    producer.close();
  }
}

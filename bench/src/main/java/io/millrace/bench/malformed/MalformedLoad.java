package io.millrace.bench.malformed;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.DeadLetter;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a thousand malformed records to every input topic and waits until each has its dead letter
 * or its refusal. Prints how each kind was answered; exits with 1 if one was not.
 */
public final class MalformedLoad {
  private static final int PER_TOPIC = 1_000;
  private static final int LARGE_COPIES = 3;
  private static final int NO_SUCH_PARTITION = 9_999;
  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;
  private static final Duration POLL = Duration.ofMillis(500);

  private record Sent(Sound sound, Harm harm, String correlation) {
    String kind() {
      return sound + " " + harm;
    }
  }

  private final Settings settings;
  private final Map<String, Sent> byPlace = new HashMap<>();
  private final Map<String, Sent> byCorrelation = new HashMap<>();
  private final Map<Sent, String> answers = new HashMap<>();
  private final Map<String, Long> tooLarge = new TreeMap<>();

  private record Settings(String brokers, Topics topics, long seed) {}

  private MalformedLoad(Settings settings) {
    this.settings = settings;
  }

  /** Arguments: {@code brokers=HOST:PORT prefix=PREFIX}, and {@code seed=N} to repeat a run. */
  public static void main(String[] args) throws Exception {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "brokers", "127.0.0.1:9092",
                "prefix", Topics.DEFAULT.prefix(),
                "seed", Long.toString(System.nanoTime())));
    for (String arg : args) {
      String[] pair = arg.split("=", 2);
      values.put(pair[0], pair[1]);
    }
    Settings settings =
        new Settings(
            values.getOrDefault("brokers", ""),
            new Topics(values.getOrDefault("prefix", "")),
            Long.parseLong(values.getOrDefault("seed", "0")));
    System.out.println("seed=" + settings.seed());
    System.exit(new MalformedLoad(settings).run() ? 0 : 1);
  }

  private boolean run() throws InterruptedException {
    Topics topics = settings.topics();
    try (LoadClient client = new LoadClient(settings.brokers(), topics)) {
      client.push("malformed-known", Workflows.noOpSequence("malformed-known"));
    }
    try (KafkaConsumer<byte[], byte[]> replies = consumer(topics.replies(), false);
        KafkaConsumer<byte[], byte[]> deadLetters = consumer(topics.deadLetters(), true)) {
      send();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (unanswered().findAny().isPresent() && System.nanoTime() < deadline) {
        replies.poll(POLL).forEach(this::reply);
        deadLetters.poll(POLL).forEach(this::deadLetter);
      }
      return report();
    }
  }

  private void send() throws InterruptedException {
    Random random = new Random(settings.seed());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.brokers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_REQUEST_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Sound sound : Sound.values()) {
        for (Harm harm : harms()) {
          send(producer, new Sent(sound, harm, sound + "-" + byCorrelation.size()), random);
        }
      }
    }
  }

  /** Every harm often enough to make the wanted number for a topic. */
  private static List<Harm> harms() {
    List<Harm> harms = new ArrayList<>();
    for (int copy = 0; harms.size() < PER_TOPIC; copy++) {
      for (Harm harm : Harm.values()) {
        boolean wanted = !harm.isLarge() || copy < LARGE_COPIES;
        if (wanted && harms.size() < PER_TOPIC) {
          harms.add(harm);
        }
      }
    }
    return harms;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Sent sent, Random random)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            sent.sound().topic(settings.topics()),
            null, // any key would be one more thing to refuse
            sent.harm().done(sent.sound(), random));
    String partition =
        switch (sent.harm()) {
          case BAD_REPLY_PARTITION -> Integer.toString(NO_SUCH_PARTITION);
          case REPLY_PARTITION_NOT_A_NUMBER -> "first";
          default -> "0";
        };
    message
        .headers()
        .add(ReplyTo.PARTITION_HEADER, partition.getBytes(StandardCharsets.UTF_8))
        .add(ReplyTo.CORRELATION_HEADER, sent.correlation().getBytes(StandardCharsets.UTF_8));
    try {
      RecordMetadata metadata = producer.send(message).get();
      byPlace.put(place(metadata.topic(), metadata.partition(), metadata.offset()), sent);
      byCorrelation.put(sent.correlation(), sent);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw new IllegalStateException("Expected Kafka to take " + sent + ".", e);
      }
      tooLarge.merge(sent.kind(), 1L, Long::sum);
    }
  }

  private void reply(ConsumerRecord<byte[], byte[]> message) {
    ProtocolJson.read(message.value(), Reply.class)
        .value()
        .ifPresent(
            reply -> {
              Sent sent = byCorrelation.get(reply.correlationId());
              if (sent != null && reply.answer() instanceof Reply.Refused refused) {
                answers.putIfAbsent(sent, "refused " + refused.code());
              } else if (sent != null && sent.sound().isCountedOnly(sent.harm())) {
                answers.putIfAbsent(sent, "answered " + reply.answer().getClass().getSimpleName());
              }
            });
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> message) {
    ProtocolJson.read(message.value(), DeadLetter.class)
        .value()
        .ifPresent(
            letter -> {
              Sent sent =
                  byPlace.get(letter.topic() + "-" + letter.partition() + "@" + letter.offset());
              if (sent != null && !letter.reason().isBlank()) {
                answers.put(sent, "dead letter " + letter.code());
              }
            });
  }

  private Stream<Sent> unanswered() {
    return byPlace.values().stream()
        .filter(sent -> !sent.sound().isCountedOnly(sent.harm()))
        .filter(sent -> !answers.containsKey(sent));
  }

  private boolean report() {
    Map<String, Long> table = new TreeMap<>();
    answers.forEach((sent, answer) -> table.merge(sent.kind() + ": " + answer, 1L, Long::sum));
    table.forEach((line, count) -> System.out.printf("%6d  %s%n", count, line));
    tooLarge.forEach(
        (kind, count) -> System.out.printf("%6d  %s: too large for the topic%n", count, kind));
    Map<String, Long> missing = new TreeMap<>();
    unanswered().forEach(sent -> missing.merge(sent.kind(), 1L, Long::sum));
    missing.forEach((kind, count) -> System.out.printf("%6d  %s: NOT ANSWERED%n", count, kind));
    System.out.printf(
        "%d malformed records sent, %d answered, %d not answered%n",
        byPlace.size(), answers.size(), unanswered().count());
    return missing.isEmpty();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic, boolean all) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.brokers(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .filter(info -> all || info.partition() == 0)
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static String place(String topic, int partition, long offset) {
    return topic + "-" + partition + "@" + offset;
  }
}

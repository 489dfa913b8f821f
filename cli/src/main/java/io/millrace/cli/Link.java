package io.millrace.cli;

import io.millrace.protocol.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Reaches Kafka as the options say, and tells plainly when that fails. */
final class Link {
  static final String BROKERS_VARIABLE = "MILLRACE_BROKERS";
  static final String DEFAULT_BROKERS = "127.0.0.1:9092";

  private static final Duration FIND_BROKER = Duration.ofSeconds(10);

  /** A definition may have 1 MiB, and its record headers and framing. */
  private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

  private final Map<String, Object> client;
  private final String brokers;
  private final Topics topics;
  private final Duration patience;

  private Link(Map<String, Object> client, String brokers, Topics topics, Duration patience) {
    this.client = client;
    this.brokers = brokers;
    this.topics = topics;
    this.patience = patience;
  }

  /**
   * @param environment the environment's variables
   * @throws NotReached if the config file cannot be read
   */
  static Link of(GlobalOptions options, Map<String, String> environment) throws NotReached {
    Map<String, Object> client = new HashMap<>();
    Path config = options.config();
    if (config != null) {
      Properties file = new Properties();
      try (InputStream in = Files.newInputStream(config)) {
        file.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new NotReached(
            "Expected to read the client properties in " + config + ", but failed: " + e, e);
      }
      file.stringPropertyNames().forEach(name -> client.put(name, file.getProperty(name)));
    }
    String brokers =
        brokers(
            options.brokers(),
            (String) client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
            environment.get(BROKERS_VARIABLE));
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return new Link(client, brokers, options.topics(), options.timeout());
  }

  static String brokers(
      @Nullable String option, @Nullable String configured, @Nullable String variable) {
    for (String brokers : new @Nullable String[] {option, configured, variable}) {
      if (brokers != null && !brokers.isBlank()) {
        return brokers;
      }
    }
    return DEFAULT_BROKERS;
  }

  /** Begins to listen on a partition of the replies topic, chosen at random. */
  Conversation converse() throws NotReached {
    try {
      Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer("read_uncommitted"));
      try {
        int partition =
            ThreadLocalRandom.current().nextInt(partitions(consumer, topics.replies()).size());
        Producer<String, byte[]> producer = new KafkaProducer<>(producer());
        return new Conversation(
            producer, consumer, topics, partition, patience, Link::monotonicMillis);
      } catch (NotReached | KafkaException e) {
        consumer.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** A reader of the timeline's committed events, at its beginning. */
  TimelineReader timeline(String workflowId) throws NotReached {
    try {
      Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer("read_committed"));
      try {
        int partitions = partitions(consumer, topics.timeline()).size();
        return new TimelineReader(consumer, topics.timeline(), partitions, workflowId, patience);
      } catch (NotReached | KafkaException e) {
        consumer.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private List<PartitionInfo> partitions(Consumer<?, ?> consumer, String topic) throws NotReached {
    Duration atMost = patience.compareTo(FIND_BROKER) < 0 ? patience : FIND_BROKER;
    List<PartitionInfo> found;
    try {
      found = consumer.partitionsFor(topic, atMost);
    } catch (UnknownTopicOrPartitionException e) {
      found = List.of();
    } catch (TimeoutException e) {
      throw new NotReached(
          "Expected to reach Kafka at "
              + brokers
              + " within "
              + DurationText.show(atMost.toMillis())
              + ", but no broker answers. Name it with --brokers or "
              + BROKERS_VARIABLE
              + ".",
          e);
    }
    if (found == null || found.isEmpty()) {
      throw new NotReached(
          "Expected topic "
              + topic
              + " to exist at "
              + brokers
              + ", but it does not: Millrace is not running there.");
    }
    return found;
  }

  private NotReached unreachable(KafkaException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new NotReached(
        "Expected to reach Kafka at " + brokers + ", but failed: " + root.getMessage(), e);
  }

  private Map<String, Object> consumer(String isolation) {
    Map<String, Object> config = new HashMap<>(client);
    // No group: whoever asks reads a partition of their own choice, and commits nothing.
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(FIND_BROKER.toMillis()));
    return config;
  }

  private Map<String, Object> producer() {
    Map<String, Object> config = new HashMap<>(client);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, FIND_BROKER.toMillis());
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  private static long monotonicMillis() {
    return System.nanoTime() / 1_000_000;
  }
}

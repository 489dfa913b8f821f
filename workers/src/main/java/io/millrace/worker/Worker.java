package io.millrace.worker;

import io.millrace.protocol.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: a thread that takes tasks of some queues and a pool of threads that run their handlers.
 *
 * <pre>{@code
 * try (Worker worker =
 *     Worker.builder().brokers("localhost:9092").queue("extract", this::extract).start()) {
 *   worker.awaitEnd();
 * }
 * }</pre>
 *
 * <p>All workers of a prefix are one consumer group by default, whatever queues each of them
 * serves: Kafka gives a partition only to members that subscribe to its topic. With a group for
 * each set of queues, adding a queue to a worker would begin a new group, and run all its tasks
 * again.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(10);

  private final WorkerLoop loop;
  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final ExecutorService pool;
  private final CancelListener cancels;
  private final Thread poller;
  private final Thread listener;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private Worker(Builder builder) {
    Topics topics = builder.topics;
    consumer = new KafkaConsumer<>(builder.taskConsumer());
    producer = new KafkaProducer<>(builder.producer());
    AtomicInteger threads = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            builder.options.parallelism(),
            work -> daemon(work, "millrace-handler-" + threads.incrementAndGet()));
    loop =
        new WorkerLoop(
            consumer,
            new ReportSender(producer, topics.reports()),
            pool,
            InstantSource.system(),
            builder.options,
            builder.name,
            topics,
            builder.queues);
    cancels =
        new CancelListener(
            new KafkaConsumer<>(builder.cancelConsumer()), topics.cancels(), loop::cancel);
    poller = daemon(this::poll, "millrace-worker");
    listener = daemon(cancels, "millrace-cancels");
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Waits until the worker is closed or has failed. */
  public void awaitEnd() throws InterruptedException {
    poller.join();
  }

  /** Why the worker ended without being closed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Ends gracefully: running handlers may finish within {@link WorkerOptions#stopDeadline}, what is
   * left is delivered to another worker. Returns when all is released.
   */
  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      poller.join();
      listener.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Worker started() {
    poller.start();
    listener.start();
    return this;
  }

  private void poll() {
    try (consumer) {
      loop.subscribe();
      while (!stopping) {
        loop.turn(WorkerLoop.TURN);
      }
      loop.drain();
    } catch (Throwable thrown) {
      failure.set(thrown);
      LOG.error("The worker ends.", thrown);
    } finally {
      cancels.stop();
      pool.shutdownNow();
      producer.close(PRODUCER_CLOSE);
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Says what a worker does and where. */
  public static final class Builder {
    private final Map<String, Object> properties = new HashMap<>();
    private final List<TaskQueue> queues = new ArrayList<>();
    private Topics topics = Topics.DEFAULT;
    private WorkerOptions options = WorkerOptions.DEFAULT;
    private String name = host() + "-" + ProcessHandle.current().pid();
    private String group = "";

    private Builder() {}

    /** Where Kafka is: host:port, separated by commas. */
    public Builder brokers(String servers) {
      properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
      return this;
    }

    /** Client properties of Kafka, such as TLS and SASL. */
    public Builder properties(Map<String, ?> clientProperties) {
      properties.putAll(clientProperties);
      return this;
    }

    public Builder topics(Topics names) {
      topics = names;
      return this;
    }

    public Builder options(WorkerOptions limits) {
      options = limits;
      return this;
    }

    /** What the worker calls itself in reports; host and process id by default. */
    public Builder name(String worker) {
      name = worker;
      return this;
    }

    /** The consumer group; {@code <prefix>.workers} by default. */
    public Builder group(String consumerGroup) {
      group = consumerGroup;
      return this;
    }

    /** Takes tasks of this queue, run by the pool. */
    public Builder queue(String queue, TaskHandler handler) {
      queues.add(new TaskQueue(queue, handler, false));
      return this;
    }

    /** Takes tasks of this queue, run by the thread that polls: for work of microseconds only. */
    public Builder inlineQueue(String queue, TaskHandler handler) {
      queues.add(new TaskQueue(queue, handler, true));
      return this;
    }

    public Worker start() {
      if (queues.isEmpty()) {
        throw new IllegalStateException("Expected a worker to have a queue, but it has none.");
      }
      return new Worker(this).started();
    }

    private Map<String, Object> taskConsumer() {
      Map<String, Object> config = cancelConsumer();
      config.put(ConsumerConfig.CLIENT_ID_CONFIG, name + "-tasks");
      config.put(
          ConsumerConfig.GROUP_ID_CONFIG, group.isEmpty() ? topics.prefix() + ".workers" : group);
      config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          List.of(CooperativeStickyAssignor.class));
      // The tasks of a worker that was killed wait this long for the next one.
      config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
      config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
      return config;
    }

    private Map<String, Object> cancelConsumer() {
      Map<String, Object> config = new HashMap<>(properties);
      config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
      config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
      config.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
      config.put(ConsumerConfig.CLIENT_ID_CONFIG, name + "-cancels");
      return config;
    }

    private Map<String, Object> producer() {
      Map<String, Object> config = new HashMap<>(properties);
      config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
      config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      config.put(ProducerConfig.ACKS_CONFIG, "all");
      // Latency first: while one batch is under way the next one fills anyhow.
      config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
      config.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-reports");
      return config;
    }

    private static String host() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "worker";
      }
    }
  }
}

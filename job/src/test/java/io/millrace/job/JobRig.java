package io.millrace.job;

import static org.awaitility.Awaitility.await;

import io.millrace.job.kafka.TopicSetup;
import io.millrace.job.options.JobSettings;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The whole job on a cluster in this JVM that forgives no failure, and a real broker. */
public final class JobRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestBroker broker;
  private final MiniCluster cluster;
  private final JobID job;
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * What a job goes on from.
   *
   * @param savepoint its folder
   * @param offsets how many records the only partition of each input had then, by the input's name
   */
  public record Before(Path savepoint, Map<String, Long> offsets) {
    public Before {
      offsets = Map.copyOf(offsets);
    }
  }

  JobRig(Path directory, String... options) throws Exception {
    this(directory, 2, Optional.empty(), options);
  }

  /**
   * Starts a job on a broker of its own.
   *
   * @param before its inputs then stand where they stood, although what they held is gone
   */
  public JobRig(Path directory, int parallelism, Optional<Before> before, String... options)
      throws Exception {
    broker = TestBroker.start(directory);
    List<String> arguments = new ArrayList<>(List.of("--brokers", broker.brokers()));
    arguments.addAll(List.of(options));
    JobSettings settings = JobSettings.read(arguments, Map.of());
    topics = settings.topics();
    TopicSetup.Found found = TopicSetup.run(settings, PATIENCE);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.brokers(),
                "max.request.size",
                Integer.toString(12 << 20),
                "linger.ms",
                "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    before.ifPresent(state -> state.offsets().forEach(this::fill));

    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .withRandomPorts()
                .build());
    cluster.start();
    Configuration flink = new Configuration();
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    environment.setParallelism(parallelism);
    Topology.build(environment, settings, found.replyPartitions());
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    before.ifPresent(
        state ->
            graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(state.savepoint().toUri().toString(), false)));
    job = graph.getJobID();
    cluster.submitJob(graph).get(60, TimeUnit.SECONDS);
  }

  private void fill(String input, long records) {
    for (long i = 0; i < records; i++) {
      send(topics.prefix() + "." + input, null, new byte[] {'{', '}'}, null);
    }
  }

  public Topics topics() {
    return topics;
  }

  TestBroker broker() {
    return broker;
  }

  JobStatus status() throws Exception {
    return cluster.getJobStatus(job).get(10, TimeUnit.SECONDS);
  }

  public void send(String topic, String key, Object protocolRecord, ReplyTo replyTo) {
    send(topic, key, ProtocolJson.write(protocolRecord), replyTo);
  }

  void send(String topic, String key, byte[] value, ReplyTo replyTo) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, keyBytes, value);
    if (replyTo != null) {
      record
          .headers()
          .add(
              ReplyTo.PARTITION_HEADER,
              Integer.toString(replyTo.partition()).getBytes(StandardCharsets.UTF_8))
          .add(
              ReplyTo.CORRELATION_HEADER, replyTo.correlationId().getBytes(StandardCharsets.UTF_8));
    }
    try {
      producer.send(record).get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Expected " + topic + " to take a record.", e);
    }
  }

  /** Reads a topic from its beginning, committed records only. */
  public Reader reader(String topic) {
    return new Reader(topic);
  }

  @Override
  public void close() {
    try (broker) {
      producer.close(Duration.ZERO);
      cluster.closeAsync().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  /** A reader that remembers all it has read. */
  public final class Reader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    private Reader(String topic) {
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  broker.brokers(),
                  "isolation.level",
                  "read_committed",
                  "enable.auto.commit",
                  "false"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /** The records read as {@code type}, as soon as they fulfil {@code enough}. */
    public <T> List<T> await(Class<T> type, Predicate<List<T>> enough) {
      return await(type, enough, PATIENCE);
    }

    public <T> List<T> await(Class<T> type, Predicate<List<T>> enough, Duration patience) {
      List<T> read = new ArrayList<>();
      org.awaitility.Awaitility.await()
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                read.clear();
                records.forEach(
                    record ->
                        read.add(
                            ProtocolJson.read(record.value(), type)
                                .value()
                                .orElseThrow(
                                    () ->
                                        new AssertionError(
                                            new String(record.value(), StandardCharsets.UTF_8)))));
                return enough.test(read);
              });
      return read;
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
      return records;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  /** Fails at once if the job has ended, and waits for all tasks to run otherwise. */
  public void awaitRunning() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster
                    .getExecutionGraph(job)
                    .get(10, TimeUnit.SECONDS)
                    .getAllVertices()
                    .values()
                    .stream()
                    .allMatch(
                        vertex ->
                            vertex.getAggregateState()
                                == org.apache.flink.runtime.execution.ExecutionState.RUNNING));
  }
}

package io.millrace.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Every option of the job, with its default and what it means; {@link #ALL} is the help. */
public final class JobOptions {
  /** Options that begin so are handed to all Kafka clients, without it. */
  public static final String KAFKA_PREFIX = "kafka.";

  public static final ConfigOption<String> BROKERS =
      key("brokers")
          .stringType()
          .defaultValue("127.0.0.1:9092")
          .withDescription("Kafka brokers to begin with: host:port,host:port.");

  public static final ConfigOption<String> TOPIC_PREFIX =
      key("topic-prefix")
          .stringType()
          .defaultValue("millrace")
          .withDescription(
              "What the names of all topics begin with; two jobs on one Kafka need two.");

  public static final ConfigOption<List<String>> QUEUES =
      key("queues")
          .stringType()
          .asList()
          .defaultValues("default")
          .withDescription(
              "Queues of worker steps, separated by ';'. Each is a topic; a task for another queue"
                  + " fails its step.");

  public static final ConfigOption<Integer> PARTITIONS =
      key("partitions")
          .intType()
          .defaultValue(8)
          .withDescription("Partitions of a topic that is created, 1 to 512.");

  public static final ConfigOption<Integer> REPLY_PARTITIONS =
      key("reply-partitions")
          .intType()
          .defaultValue(8)
          .withDescription(
              "Partitions of the replies topic if it is created, 1 to 512; each asker reads one.");

  public static final ConfigOption<Integer> REPLICATION =
      key("replication")
          .intType()
          .defaultValue(-1)
          .withDescription("Replicas of a topic that is created; -1: as the broker says.");

  public static final ConfigOption<Duration> INPUT_RETENTION =
      key("input-retention")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long a topic of inputs that is created keeps its records.");

  public static final ConfigOption<Duration> TASK_RETENTION =
      key("task-retention")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long a topic of tasks or cancels that is created keeps them.");

  public static final ConfigOption<Duration> TIMELINE_RETENTION =
      key("timeline-retention")
          .durationType()
          .defaultValue(Duration.ofDays(30))
          .withDescription("How long the timeline, if it is created, keeps its events.");

  public static final ConfigOption<Duration> REPLY_RETENTION =
      key("reply-retention")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription("How long the replies topic, if it is created, keeps replies.");

  public static final ConfigOption<Duration> DEAD_LETTER_RETENTION =
      key("dead-letter-retention")
          .durationType()
          .defaultValue(Duration.ofDays(30))
          .withDescription("How long the topic of dead letters, if it is created, keeps them.");

  public static final ConfigOption<MemorySize> MAX_INPUT =
      key("max-input")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription(
              "Largest value of an input record that is looked into; a larger one is a dead letter."
                  + " Up to 8 MiB.");

  public static final ConfigOption<MemorySize> MAX_OUTPUT =
      key("max-output")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(8))
          .withDescription(
              "Largest record written: the limit of topics that are created and of the producers;"
                  + " a larger one becomes a dead letter. 1 to 64 MiB.");

  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      key("checkpoint-interval")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Time between checkpoints, at least 50 ms; the timeline is visible at that pace."
                  + " Default: execution.checkpointing.interval of the cluster, else 5 s.");

  public static final ConfigOption<Integer> PARALLELISM =
      key("parallelism")
          .intType()
          .noDefaultValue()
          .withDescription("Subtasks, 1 to 512. Default: as submitted (flink run -p).");

  public static final ConfigOption<Duration> BUFFER_TIMEOUT =
      key("buffer-timeout")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long a command may wait in a source for company, up to 1 s; 0: not at all, the"
                  + " lowest latency.");

  public static final ConfigOption<Duration> LINGER =
      key("linger")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription("How long a task or reply may wait in the producer, up to 1 s.");

  public static final ConfigOption<String> STARTING_OFFSETS =
      key("starting-offsets")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where a job begins that is not restored: committed (those of the group, else"
                  + " earliest), earliest or latest.");

  public static final ConfigOption<String> GROUP_ID =
      key("group-id")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Consumer group that shows how far the job is. Default: PREFIX-job, after the topic"
                  + " prefix.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      key("transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What the transactional ids of the timeline begin with: one for each running job,"
                  + " kept over restores. Default: PREFIX-timeline, after the topic prefix.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      key("transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "After this Kafka gives up a transaction of the timeline: more than the longest"
                  + " outage to survive, at most transaction.max.timeout.ms of the broker.");

  public static final ConfigOption<Duration> INSTANCE_RETENTION =
      key("instance-retention")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long a run is kept in state after its end.");

  public static final ConfigOption<Duration> REQUEST_RETENTION =
      key("request-retention")
          .durationType()
          .defaultValue(Duration.ofDays(30))
          .withDescription("How long the request id of a start is remembered.");

  public static final ConfigOption<Integer> LOOP_ROOM =
      key("loop-room")
          .intType()
          .defaultValue(10_000)
          .withDescription(
              "Messages in the loop of one subtask above which starts wait in their workflow.");

  public static final ConfigOption<String> JOB_NAME =
      key("job-name")
          .stringType()
          .defaultValue("Millrace")
          .withDescription("The name of the job in the Flink dashboard.");

  /** In the order in which the help tells them. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BROKERS,
          TOPIC_PREFIX,
          QUEUES,
          PARTITIONS,
          REPLY_PARTITIONS,
          REPLICATION,
          INPUT_RETENTION,
          TASK_RETENTION,
          TIMELINE_RETENTION,
          REPLY_RETENTION,
          DEAD_LETTER_RETENTION,
          MAX_INPUT,
          MAX_OUTPUT,
          CHECKPOINT_INTERVAL,
          PARALLELISM,
          BUFFER_TIMEOUT,
          LINGER,
          STARTING_OFFSETS,
          GROUP_ID,
          TRANSACTIONAL_ID_PREFIX,
          TRANSACTION_TIMEOUT,
          INSTANCE_RETENTION,
          REQUEST_RETENTION,
          LOOP_ROOM,
          JOB_NAME);

  private JobOptions() {}
}

package io.millrace.job.options;

import io.millrace.protocol.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * The values of all options, checked: whoever holds one need not check again.
 *
 * <p>Every problem is told by the option's name as its author wrote it.
 */
public final class JobSettings {
  /** Most partitions and most subtasks: the job's key groups. */
  public static final int MAX_PARALLELISM = 512;

  private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final int MAX_PREFIX_CHARS = 100;
  private static final int MAX_QUEUE_CHARS = 128;

  private static final List<String> STARTING_OFFSETS = List.of("committed", "earliest", "latest");

  /** Client properties on which the job's promises rest. */
  private static final Set<String> OWN_PROPERTIES =
      Set.of(
          "acks",
          "auto.offset.reset",
          "bootstrap.servers",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "transaction.timeout.ms",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private final Map<String, String> given;
  private final Configuration values;
  private final Set<String> queues;

  private JobSettings(Map<String, String> given) {
    this.given = given;
    this.values = Configuration.fromMap(given);
    requireName(JobOptions.TOPIC_PREFIX, topicPrefix(), MAX_PREFIX_CHARS);
    queues = readQueues();
    requireBetween(JobOptions.PARTITIONS, partitions(), 1, MAX_PARALLELISM);
    requireBetween(JobOptions.REPLY_PARTITIONS, replyPartitions(), 1, MAX_PARALLELISM);
    if (replication() != -1) {
      requireBetween(JobOptions.REPLICATION, replication(), 1, (int) Short.MAX_VALUE);
    }
    List.of(
            JobOptions.INPUT_RETENTION,
            JobOptions.TASK_RETENTION,
            JobOptions.TIMELINE_RETENTION,
            JobOptions.REPLY_RETENTION,
            JobOptions.DEAD_LETTER_RETENTION,
            JobOptions.INSTANCE_RETENTION,
            JobOptions.REQUEST_RETENTION)
        .forEach(
            option ->
                requireBetween(
                    option, get(option), Duration.ofSeconds(1), Duration.ofDays(36_500)));
    requireBetween(
        JobOptions.MAX_INPUT,
        get(JobOptions.MAX_INPUT),
        new MemorySize(1),
        MemorySize.ofMebiBytes(8));
    requireBetween(
        JobOptions.MAX_OUTPUT,
        get(JobOptions.MAX_OUTPUT),
        MemorySize.ofMebiBytes(1),
        MemorySize.ofMebiBytes(64));
    checkpointInterval()
        .ifPresent(
            interval ->
                requireBetween(
                    JobOptions.CHECKPOINT_INTERVAL,
                    interval,
                    Duration.ofMillis(50),
                    Duration.ofHours(1)));
    parallelism()
        .ifPresent(
            parallelism -> requireBetween(JobOptions.PARALLELISM, parallelism, 1, MAX_PARALLELISM));
    requireBetween(
        JobOptions.BUFFER_TIMEOUT, bufferTimeout(), Duration.ZERO, Duration.ofSeconds(1));
    requireBetween(JobOptions.LINGER, linger(), Duration.ZERO, Duration.ofSeconds(1));
    requireBetween(
        JobOptions.TRANSACTION_TIMEOUT,
        transactionTimeout(),
        Duration.ofSeconds(1),
        Duration.ofDays(7));
    requireBetween(JobOptions.LOOP_ROOM, loopRoom(), 1, 10_000_000);
    if (!STARTING_OFFSETS.contains(startingOffsets())) {
      throw refused(
          JobOptions.STARTING_OFFSETS,
          "one of " + String.join(", ", STARTING_OFFSETS),
          startingOffsets());
    }
    kafka();
  }

  /** Whether the arguments ask for {@link OptionText#help} in place of a job. */
  public static boolean asksForHelp(List<String> arguments) {
    return OptionSources.asksForHelp(arguments);
  }

  /**
   * Reads arguments, the properties file they name, and the environment.
   *
   * @throws InvalidOption for the first thing wrong
   */
  public static JobSettings read(List<String> arguments, Map<String, String> environment) {
    return new JobSettings(OptionSources.collect(arguments, environment));
  }

  /** What was given, by name, secrets included. */
  Map<String, String> given() {
    return given;
  }

  /** The value of an option that has a default. */
  <T> T get(ConfigOption<T> option) {
    return find(option)
        .orElseThrow(() -> new IllegalStateException("Expected " + option.key() + " to be set."));
  }

  /** The value of an option, its default included. */
  <T> Optional<T> find(ConfigOption<T> option) {
    try {
      return Optional.ofNullable(values.get(option));
    } catch (IllegalArgumentException e) {
      throw refused(option, "a value of its kind", given.getOrDefault(option.key(), ""));
    }
  }

  // ---- topics

  public String brokers() {
    return get(JobOptions.BROKERS);
  }

  public String topicPrefix() {
    return get(JobOptions.TOPIC_PREFIX);
  }

  public Topics topics() {
    return new Topics(topicPrefix());
  }

  /** In lower case, in the order they were given. */
  public Set<String> queues() {
    return queues;
  }

  public int partitions() {
    return get(JobOptions.PARTITIONS);
  }

  public int replyPartitions() {
    return get(JobOptions.REPLY_PARTITIONS);
  }

  /** -1: as the broker says. */
  public int replication() {
    return get(JobOptions.REPLICATION);
  }

  public Duration inputRetention() {
    return get(JobOptions.INPUT_RETENTION);
  }

  public Duration taskRetention() {
    return get(JobOptions.TASK_RETENTION);
  }

  public Duration timelineRetention() {
    return get(JobOptions.TIMELINE_RETENTION);
  }

  public Duration replyRetention() {
    return get(JobOptions.REPLY_RETENTION);
  }

  public Duration deadLetterRetention() {
    return get(JobOptions.DEAD_LETTER_RETENTION);
  }

  public int maxInputBytes() {
    return (int) get(JobOptions.MAX_INPUT).getBytes();
  }

  public int maxOutputBytes() {
    return (int) get(JobOptions.MAX_OUTPUT).getBytes();
  }

  // ---- the running job

  public Optional<Duration> checkpointInterval() {
    return find(JobOptions.CHECKPOINT_INTERVAL);
  }

  public Optional<Integer> parallelism() {
    return find(JobOptions.PARALLELISM);
  }

  public Duration bufferTimeout() {
    return get(JobOptions.BUFFER_TIMEOUT);
  }

  public Duration linger() {
    return get(JobOptions.LINGER);
  }

  public String startingOffsets() {
    return get(JobOptions.STARTING_OFFSETS);
  }

  public String groupId() {
    return find(JobOptions.GROUP_ID).orElseGet(() -> topicPrefix() + "-job");
  }

  public String transactionalIdPrefix() {
    return find(JobOptions.TRANSACTIONAL_ID_PREFIX).orElseGet(() -> topicPrefix() + "-timeline");
  }

  public Duration transactionTimeout() {
    return get(JobOptions.TRANSACTION_TIMEOUT);
  }

  public Duration instanceRetention() {
    return get(JobOptions.INSTANCE_RETENTION);
  }

  public Duration requestRetention() {
    return get(JobOptions.REQUEST_RETENTION);
  }

  public int loopRoom() {
    return get(JobOptions.LOOP_ROOM);
  }

  public String jobName() {
    return get(JobOptions.JOB_NAME);
  }

  /** Properties of all Kafka clients, brokers included. */
  public Properties kafka() {
    Properties properties = new Properties();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(JobOptions.KAFKA_PREFIX)) {
            String property = name.substring(JobOptions.KAFKA_PREFIX.length());
            if (OWN_PROPERTIES.contains(property)) {
              throw new InvalidOption(
                  "Expected option '%s' to be a property that may be changed, but the job sets it itself."
                      .formatted(name));
            }
            properties.setProperty(property, value);
          }
        });
    properties.setProperty("bootstrap.servers", brokers());
    return properties;
  }

  // ---- checks

  private Set<String> readQueues() {
    Set<String> names = new LinkedHashSet<>();
    for (String entry : get(JobOptions.QUEUES)) {
      for (String queue : entry.split(",", -1)) {
        String name = queue.strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
          requireName(JobOptions.QUEUES, name, MAX_QUEUE_CHARS);
          names.add(name);
        }
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private static void requireName(ConfigOption<?> option, String name, int maxChars) {
    if (name.length() > maxChars || !TOPIC_NAME.matcher(name).matches()) {
      throw refused(
          option, "1 to %d of the characters a-z A-Z 0-9 . _ -".formatted(maxChars), name);
    }
  }

  private static <T extends Comparable<? super T>> void requireBetween(
      ConfigOption<?> option, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(option, "between " + least + " and " + most, value.toString());
    }
  }

  private static InvalidOption refused(ConfigOption<?> option, String expected, String found) {
    return new InvalidOption(
        "Expected option '%s' to be %s, but it is '%s'.".formatted(option.key(), expected, found));
  }
}

package io.millrace.job.kafka;

import io.millrace.job.options.JobSettings;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the job as they are when the job has to create them. */
final class TopicPlan {
  /**
   * Bytes of an input record that the broker takes: 11 MiB. More than is looked into, so that what
   * is too large becomes a dead letter that someone can find.
   */
  static final int INPUT_RECORD_BYTES = 11 * 1024 * 1024;

  /** Bytes that a record is larger than its value. */
  static final int OVERHEAD_BYTES = 64 * 1024;

  private TopicPlan() {}

  static List<NewTopic> of(JobSettings settings) {
    Topics topics = settings.topics();
    int outputBytes = settings.maxOutputBytes() + OVERHEAD_BYTES;
    List<NewTopic> plan = new ArrayList<>();
    for (String input : topics.inputs()) {
      plan.add(topic(settings, input, settings.inputRetention(), INPUT_RECORD_BYTES));
    }
    for (String queue : settings.queues()) {
      plan.add(topic(settings, topics.tasks(queue), settings.taskRetention(), outputBytes));
    }
    plan.add(topic(settings, topics.cancels(), settings.taskRetention(), outputBytes));
    plan.add(topic(settings, topics.timeline(), settings.timelineRetention(), outputBytes));
    plan.add(topic(settings, topics.deadLetters(), settings.deadLetterRetention(), outputBytes));
    plan.add(
        topic(
            settings,
            topics.replies(),
            settings.replyPartitions(),
            settings.replyRetention(),
            outputBytes));
    return plan;
  }

  private static NewTopic topic(JobSettings settings, String name, Duration retention, int bytes) {
    return topic(settings, name, settings.partitions(), retention, bytes);
  }

  private static NewTopic topic(
      JobSettings settings, String name, int partitions, Duration retention, int bytes) {
    Optional<Short> replication =
        settings.replication() == -1
            ? Optional.empty()
            : Optional.of((short) settings.replication());
    return new NewTopic(name, Optional.of(partitions), replication)
        .configs(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(retention.toMillis()),
                "max.message.bytes", Integer.toString(bytes)));
  }
}

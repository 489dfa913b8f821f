package io.millrace.operators.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The checkpoint settings without which a loop is not exactly-once: aligned barriers, one
 * checkpoint at a time.
 *
 * <p>An unaligned barrier overtakes records that are between head and sink; the log of the channel
 * would then miss them. So the settings are written into the job, and a configuration that asks for
 * something else is refused before anything is submitted; the head checks once more when it opens.
 */
public final class LoopSettings {
  private LoopSettings() {}

  /**
   * Writes the settings into the job.
   *
   * @throws IllegalStateException naming every setting that contradicts them
   */
  public static void requireAligned(StreamExecutionEnvironment environment) {
    List<String> problems = problems(environment.getConfiguration());
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join(" ", problems));
    }
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ZERO);
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    environment.configure(settings);
  }

  /** What in a configuration contradicts the settings; empty if nothing does. */
  static List<String> problems(ReadableConfig config) {
    List<String> problems = new ArrayList<>();
    if (config.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      problems.add(
          "Expected %s to be set, but it is not; without checkpoints a loop forgets what is in flight."
              .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()));
    }
    if (config.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
        != CheckpointingMode.EXACTLY_ONCE) {
      problems.add(
          "Expected %s to be EXACTLY_ONCE, but it is %s."
              .formatted(
                  CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key(),
                  config.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)));
    }
    if (config.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS) != 1) {
      problems.add(
          "Expected %s to be 1, but it is %d."
              .formatted(
                  CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS.key(),
                  config.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS)));
    }
    problems.addAll(unaligned(config));
    return problems;
  }

  /** The part that a running task can check too. */
  static List<String> unaligned(ReadableConfig config) {
    List<String> problems = new ArrayList<>();
    if (config.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
      problems.add(
          "Expected %s to be false, but it is true; an unaligned barrier overtakes records of the loop, which would be lost."
              .formatted(CheckpointingOptions.ENABLE_UNALIGNED.key()));
    }
    Duration timeout = config.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT);
    if (!timeout.isZero()) {
      problems.add(
          "Expected %s to be 0, but it is %d ms; after it a barrier would turn unaligned and overtake records of the loop, which would be lost."
              .formatted(
                  CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT.key(), timeout.toMillis()));
    }
    return problems;
  }
}

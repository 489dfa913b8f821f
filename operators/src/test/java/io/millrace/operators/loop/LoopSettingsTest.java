package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class LoopSettingsTest {
  private final Configuration settings = new Configuration();

  LoopSettingsTest() {
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
  }

  @Test
  void shouldWriteAlignedCheckpointsIntoTheJob() {
    // given
    StreamExecutionEnvironment environment = environment();

    // when
    LoopSettings.requireAligned(environment);

    // then
    assertThat(environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(environment.getCheckpointConfig().getAlignedCheckpointTimeout()).isZero();
    assertThat(environment.getCheckpointConfig().getMaxConcurrentCheckpoints()).isEqualTo(1);
    assertThat(environment.getConfiguration().getOptional(CheckpointingOptions.ENABLE_UNALIGNED))
        .contains(false);
  }

  @Test
  void shouldRefuseUnalignedCheckpoints() {
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    thenRefused(
        "Expected execution.checkpointing.unaligned.enabled to be false, but it is true; an unaligned barrier overtakes records of the loop, which would be lost.");
  }

  @Test
  void shouldRefuseAnAlignedCheckpointTimeout() {
    settings.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(30));
    thenRefused(
        "Expected execution.checkpointing.aligned-checkpoint-timeout to be 0, but it is 30000 ms; after it a barrier would turn unaligned and overtake records of the loop, which would be lost.");
  }

  @Test
  void shouldRefuseConcurrentCheckpoints() {
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 2);
    thenRefused(
        "Expected execution.checkpointing.max-concurrent-checkpoints to be 1, but it is 2.");
  }

  @Test
  void shouldRefuseAtLeastOnce() {
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
    thenRefused(
        "Expected execution.checkpointing.mode to be EXACTLY_ONCE, but it is AT_LEAST_ONCE.");
  }

  @Test
  void shouldRefuseAJobWithoutCheckpoints() {
    settings.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    thenRefused(
        "Expected execution.checkpointing.interval to be set, but it is not; without checkpoints a loop forgets what is in flight.");
  }

  @Test
  void shouldNameEveryProblemAtOnce() {
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 2);
    assertThat(LoopSettings.problems(settings)).hasSize(2);
  }

  @Test
  void shouldHoldTheLimitsOfTheOptions() {
    LoopOptions options = LoopOptions.defaults();
    assertThat(options.withMaxParallelism(1 << 15).maxParallelism()).isEqualTo(32_768);
    assertThat(options.withRoomBound(1).roomBound()).isEqualTo(1);
    assertThat(new LoopOptions(512, 1, 1 << 20, Duration.ofMinutes(1)).longestTurn())
        .isEqualTo(1_048_576);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withMaxParallelism((1 << 15) + 1))
        .withMessage("Expected maxParallelism to be between 1 and 32768, but it is 32769.");
    assertThatIllegalArgumentException().isThrownBy(() -> options.withRoomBound(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoopOptions(512, 1, (1 << 20) + 1, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoopOptions(512, 1, 1, Duration.ofMillis(60_001)));
  }

  private StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  private void thenRefused(String sentence) {
    assertThatIllegalStateException()
        .isThrownBy(() -> LoopSettings.requireAligned(environment()))
        .withMessage(sentence);
  }
}

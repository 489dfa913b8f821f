package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that cannot be exactly-once fails with a sentence instead of losing records. */
class LoopRefusalsIT {
  @TempDir private Path directory;
  private LoopRig rig;

  @BeforeEach
  void startCluster() throws Exception {
    rig = new LoopRig(directory);
  }

  @AfterEach
  void stopCluster() throws Exception {
    rig.close();
  }

  @Test
  void shouldFailAtTheFirstCheckpointWhenHeadAndSinkAreNotInOneSlot() throws Exception {
    // given
    World world = World.make("co-location");
    world.release(100);
    StreamExecutionEnvironment environment = rig.environment(once(), 2);
    LoopSettings.requireAligned(environment);
    SingleOutputStreamOperator<String> head =
        rig.feed(environment, world, JourneyItems.of(world.name))
            .keyBy(Hop::key)
            .transform(
                "head",
                Types.STRING,
                new LoopHeadFactory<>(new Journey(world.name), "apart", LoopOptions.defaults()));
    head.getSideOutput(Hop.BACK)
        .keyBy(Hop::key)
        .transform("sink", Types.VOID, new FeedbackSinkFactory<Long, Hop>("apart"))
        .slotSharingGroup("another");

    // then
    assertThat(failureOf(environment))
        .contains("Expected head and sink of loop apart, subtask ")
        .contains("to share one slot, but the sink is alone in slot ");
  }

  @Test
  void shouldFailWhenUnalignedCheckpointsReachTheTask() throws Exception {
    // given
    World world = World.make("unaligned");
    Configuration settings = once();
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    StreamExecutionEnvironment environment = rig.environment(settings, 2);
    Loop<Long, Hop> loop = new Loop<>("unaligned", Hop::key, Types.LONG, LoopOptions.defaults());
    loop.close(
        loop.open(
                rig.feed(environment, world, JourneyItems.of(world.name)),
                new Journey(world.name),
                Types.STRING)
            .getSideOutput(Hop.BACK));

    // then
    assertThat(failureOf(environment))
        .contains("Expected execution.checkpointing.unaligned.enabled to be false, but it is true");
  }

  private Configuration once() {
    Configuration settings = rig.settings("hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 0);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    return settings;
  }

  private String failureOf(StreamExecutionEnvironment environment) throws Exception {
    JobID job = rig.submit(environment, null);
    return ExceptionUtils.stringifyException(
        rig.cluster()
            .requestJobResult(job)
            .get(30, TimeUnit.SECONDS)
            .getSerializedThrowable()
            .orElseThrow());
  }
}

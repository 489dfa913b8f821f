package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that never rests must neither keep input nor barriers waiting. */
class LoopFairnessIT {
  private static final long IN_FLIGHT = 2_000;
  private static final Duration BOUND = Duration.ofSeconds(2);

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
  void shouldDecideAStopAndCompleteACheckpointUnderAnEndlessPingPong() throws Exception {
    // given
    World world = World.make("ping-pong");
    JobID job = rig.submit(job(world, item -> item < IN_FLIGHT), null);
    world.release(IN_FLIGHT);
    await().atMost(Duration.ofMinutes(1)).until(() -> world.pings.get() > 100 * IN_FLIGHT);

    // when
    Duration decided = stop(world);
    long began = System.nanoTime();
    rig.cluster().triggerCheckpoint(job).get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    Duration checkpoint = Duration.ofNanos(System.nanoTime() - began);

    // then
    System.out.printf(
        "ping-pong: stop decided after %d ms, checkpoint after %d ms, %d pings%n",
        decided.toMillis(), checkpoint.toMillis(), world.pings.get());
    assertThat(decided).isLessThan(BOUND);
    await().atMost(BOUND).until(() -> world.countFacts("stopped ") == 1);
    rig.cancel(job);
  }

  @Test
  void shouldCompleteACheckpointBehindAFloodOfInput() throws Exception {
    // given
    World world = World.make("flood");
    JobID job = rig.submit(job(world, item -> item < IN_FLIGHT), null);
    world.release(IN_FLIGHT);
    await().atMost(Duration.ofMinutes(1)).until(() -> world.pings.get() > 10 * IN_FLIGHT);

    // when
    world.release(5_000_000); // stops, each handled at once, faster than they can be taken
    await().atMost(Duration.ofSeconds(30)).until(() -> world.stopSeenAtNanos > 0);
    long began = System.nanoTime();
    rig.cluster().triggerCheckpoint(job).get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    Duration checkpoint = Duration.ofNanos(System.nanoTime() - began);

    // then
    System.out.printf("flood: checkpoint after %d ms%n", checkpoint.toMillis());
    rig.cancel(job);
  }

  private static Duration stop(World world) {
    long began = System.nanoTime();
    world.release(1);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(BOUND)
        .until(() -> world.stopSeenAtNanos != 0);
    return Duration.ofNanos(world.stopSeenAtNanos - began);
  }

  /** Which items of the feed are pings; the others are stops. */
  private interface IsPing extends java.util.function.LongPredicate, java.io.Serializable {}

  private org.apache.flink.streaming.api.environment.StreamExecutionEnvironment job(
      World world, IsPing isPing) {
    Configuration settings = rig.settings("rocksdb");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    return rig.job(
        settings,
        2,
        world,
        item -> new Hop(isPing.test(item) ? Hop.Kind.PING : Hop.Kind.STOP, item, item, item),
        new PingPong(world.name),
        LoopOptions.defaults());
  }
}

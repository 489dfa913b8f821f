package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every visit, completion, order and final state of many journeys is compared with what must be, as
 * committed with checkpoints, through failures, aborted checkpoints and rescaling.
 */
class LoopExactlyOnceIT {
  /** More roots a checkpoint make it a longer and harder test. */
  private static final int ROOTS_PER_CHECKPOINT = Integer.getInteger("loop.it.roots", 25);

  private static final int FAILURES = Integer.getInteger("loop.it.failures", 10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void shouldLoseAndDoubleNothingWhenTheJobFailsAgainAndAgain(String backend) throws Exception {
    // given
    World world = world("failures-" + backend);
    world.failuresLeft.set(FAILURES);

    // when
    JobID job = rig.submit(journeys(rig.settings(backend), 2, world), null);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(world.failures).as("%s", world).hasValueGreaterThanOrEqualTo(FAILURES));
    finish(world);

    // then
    thenAllHappenedOnce(world);
    rig.cancel(job);
    thenNoChannelIsLeft(job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void shouldKeepRecordsInFlightAndTheirOrderOverSavepointsAndRescaling(String backend)
      throws Exception {
    // given
    World world = world("rescale-" + backend);
    String savepoint = null;

    // when
    for (int parallelism : new int[] {2, 3, 1}) {
      world.failuresLeft.set(1);
      int failuresBefore = world.failures.get();
      JobID job = rig.submit(journeys(rig.settings(backend), parallelism, world), savepoint);
      await().atMost(PATIENCE).until(() -> world.failures.get() > failuresBefore);
      int completedBefore = world.completed.get();
      await().atMost(PATIENCE).until(() -> world.completed.get() > completedBefore + 2);
      world.release(8L * ROOTS_PER_CHECKPOINT); // so that the savepoint finds the loop full
      savepoint =
          rig.stopWithSavepoint(
              job, parallelism == 3 ? SavepointFormatType.CANONICAL : SavepointFormatType.NATIVE);
      thenNoChannelIsLeft(job);
    }
    JobID job = rig.submit(journeys(rig.settings(backend), 2, world), savepoint);
    finish(world);

    // then
    thenAllHappenedOnce(world);
    rig.cancel(job);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenCheckpointsAreAborted() throws Exception {
    // given
    World world = world("aborts");
    world.failuresLeft.set(3);
    world.pausesLeft.set(6);
    Configuration settings = rig.settings("hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(300));

    // when
    JobID job = rig.submit(journeys(settings, 2, world), null);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                world.pausesLeft.get() == 0
                    && world.failures.get() >= 3
                    && world.aborted.get() >= 3);
    finish(world);

    // then
    thenAllHappenedOnce(world);
    rig.cancel(job);
  }

  private static World world(String name) {
    World world = World.make(name);
    world.releasePerCheckpoint(ROOTS_PER_CHECKPOINT);
    world.release(ROOTS_PER_CHECKPOINT);
    return world;
  }

  private org.apache.flink.streaming.api.environment.StreamExecutionEnvironment journeys(
      Configuration settings, int parallelism, World world) {
    return rig.job(
        settings,
        parallelism,
        world,
        JourneyItems.of(world.name),
        new Journey(world.name),
        LoopOptions.defaults().withMaxParallelism(64));
  }

  /** No more roots; when all are done, asks every key for its state. */
  private static void finish(World world) {
    world.failuresLeft.set(0);
    world.releasePerCheckpoint(0);
    long roots = world.released.get();
    await().atMost(PATIENCE).until(() -> world.countFacts("done ") >= roots);
    await().atMost(PATIENCE).until(() -> world.countFacts("heard ") >= roots);
    JourneyItems.probeFrom(world.name, roots);
    world.release(roots);
    long states = roots * (2 + Journey.CHILDREN + Journey.HOPS);
    await().atMost(PATIENCE).until(() -> world.countFacts("state ") >= states);
    System.out.printf(
        "%s: %d roots, %d facts, %d failures, checkpoints %d completed %d aborted%n",
        world.name,
        roots,
        world.countFacts(""),
        world.failures.get(),
        world.completed.get(),
        world.aborted.get());
  }

  private static void thenAllHappenedOnce(World world) {
    Map<String, Integer> expected = Journey.expectedFacts(world.released.get() / 2);
    Map<String, Integer> wrong = new TreeMap<>();
    Map<String, Integer> facts = world.facts();
    facts.forEach(
        (fact, times) -> {
          if (!times.equals(expected.get(fact))) {
            wrong.put(fact, times);
          }
        });
    expected.keySet().stream()
        .filter(fact -> !facts.containsKey(fact))
        .forEach(fact -> wrong.put(fact, 0));
    assertThat(wrong).as("facts that are lost (0), doubled or unexpected").isEmpty();
  }

  private static void thenNoChannelIsLeft(JobID job) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(FeedbackChannel.open(job)).as(FeedbackChannel.describe()).isZero());
  }
}

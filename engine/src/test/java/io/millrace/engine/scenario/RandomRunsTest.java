package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Stories made up by dice. Each decision is taken twice, on a copy of the state and without caches,
 * so state is reloaded between any two turns. The seed of a story that fails is in its message; the
 * first seed can be given as {@code -Dmillrace.seed}.
 */
final class RandomRunsTest {
  private static final long FIRST_SEED = Long.getLong("millrace.seed", 20_260_101L);
  private static final int STORIES = Integer.getInteger("millrace.stories", 300);

  @Test
  void shouldKeepTheInvariantsWhateverHappens() {
    System.out.println(
        "Random stories from seed " + FIRST_SEED + " to " + (FIRST_SEED + STORIES - 1));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + STORIES; seed++) {
      try {
        tell(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("The story of seed " + seed + " failed.", failure);
      }
    }
  }

  private static RandomWorld tell(long seed) {
    RandomWorld world = new RandomWorld(new Scenarios(), seed);
    world.live();
    world.end();
    Invariants.check(world.cluster());
    assertThat(count(world, TimelineEvent.StartAccepted.class))
        .as("accepted starts")
        .isEqualTo(endedRuns(world));
    leavesNothing(world);
    return world;
  }

  private static long count(RandomWorld world, Class<? extends TimelineEvent.Happening> what) {
    return world.cluster().outcome().timeline().stream()
        .filter(event -> what.isInstance(event.event()))
        .count();
  }

  private static long endedRuns(RandomWorld world) {
    return world.cluster().outcome().timeline().stream()
        .map(TimelineEvent::event)
        .filter(TimelineEvent.RunStatusChanged.class::isInstance)
        .flatMap(event -> ((TimelineEvent.RunStatusChanged) event).statuses().stream())
        .filter(status -> status.isTerminal())
        .count();
  }

  /** After all retention only the workflow and its versions are left, and no timer. */
  private static void leavesNothing(RandomWorld world) {
    world.cluster().advanceTo(world.cluster().now() + Duration.ofDays(80).toMillis());
    Invariants.check(world.cluster());
    assertThat(world.cluster().machines()).containsExactly(world.workflowMachine());
    assertThat(world.cluster().documents(world.workflowMachine()).keySet())
        .allMatch(
            key -> key.equals("workflow") || key.equals("timers") || key.startsWith("version:"));
    assertThat(world.cluster().nextTimer()).isEmpty();
  }

  @Test
  void shouldTellTheSameStoryForTheSameSeed() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 10; seed++) {
      RandomWorld one = tell(seed);
      RandomWorld other = tell(seed);

      assertThat(other.cluster().outcome().timeline())
          .as("timeline of seed " + seed)
          .isEqualTo(one.cluster().outcome().timeline());
      assertThat(other.cluster().outcome().tasks()).isEqualTo(one.cluster().outcome().tasks());
      assertThat(other.cluster().outcome().replies()).isEqualTo(one.cluster().outcome().replies());
    }
  }
}

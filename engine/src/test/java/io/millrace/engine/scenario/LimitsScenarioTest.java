package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each limit of {@link EngineLimits} at the limit and beyond; request retention, watchers, leases
 * and the offer again have theirs in {@link StartScenarioTest}, {@link WatchScenarioTest} and
 * {@link QueueScenarioTest}.
 */
final class LimitsScenarioTest {
  private static final EngineLimits FOUR_A_TURN = EngineLimits.DEFAULT.withFollowUpsPerTurn(4);

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldHaveTheDefaultsThatAreDocumented() {
    assertThat(EngineLimits.DEFAULT)
        .isEqualTo(
            new EngineLimits(
                256,
                Duration.ofDays(7),
                Duration.ofDays(30),
                64,
                Duration.ofMinutes(10),
                128,
                Duration.ofSeconds(5),
                10,
                1_000_000,
                25_000,
                10_000_000,
                10_000_000,
                false));
  }

  @Test
  void shouldTakeARunWithAsManyParamsAsAllowed() {
    scenarios
        .given(GivenWorkflow.of(GivenStep.noOp("a")))
        .whenStartedWith(params(128))
        .thenRunIs(RunStatus.SUCCEEDED)
        .whenStartedWith(params(129))
        .thenRefused("LIMIT");
  }

  private static Map<String, ParamValue> params(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "p" + i, i -> new ParamValue.Int(i)));
  }

  // ---- follow-ups in one turn

  @Test
  void shouldWorkOffAsManyStepsInATurnAsAllowed() {
    assertThat(turnsOfAStart(4)).as("turns for 4 steps").isEqualTo(1);
    assertThat(turnsOfAStart(5)).as("turns for 5 steps").isEqualTo(2);
    assertThat(turnsOfAStart(8)).as("turns for 8 steps").isEqualTo(2);
    assertThat(turnsOfAStart(9)).as("turns for 9 steps").isEqualTo(3);
  }

  /** In how many turns the instance does a sequence of NoOp steps. */
  private long turnsOfAStart(int steps) {
    GivenStep[] noOps =
        IntStream.range(0, steps).mapToObj(i -> GivenStep.noOp("s" + i)).toArray(GivenStep[]::new);
    Scenario scenario =
        scenarios
            .given(Scenarios.World.DEFAULT.with(FOUR_A_TURN), GivenWorkflow.sequence(noOps))
            .whenStarted()
            .thenRunIs(RunStatus.SUCCEEDED);
    return scenario.turns(scenario.machine(), Message.Launch.class)
        + scenario.turns(scenario.machine(), Message.Nudge.class);
  }

  @Test
  void shouldLaunchAsManyRunsInATurnAsAllowed() {
    assertThat(nudgesOfQueued(4)).as("nudges for 4 queued starts").isZero();
    assertThat(nudgesOfQueued(5)).as("nudges for 5 queued starts").isEqualTo(1);
  }

  private long nudgesOfQueued(int starts) {
    Scenario scenario =
        scenarios.given(
            Scenarios.World.DEFAULT.with(FOUR_A_TURN), GivenWorkflow.sequence("a").parallel(99));
    scenario.cluster().room(false);
    scenario.whenStartedTimes(starts);
    scenario.cluster().room(true);
    scenario.cluster().deliver();
    for (int run = 1; run <= starts; run++) {
      scenario.thenRunIs(run, RunStatus.IN_PROGRESS);
    }
    return scenario.turns(scenario.workflow(), Message.Nudge.class);
  }

  @Test
  void shouldWorkALongListOffBeforeACommandThatComesFirst() {
    // 6 sleeps of no time that all end in one turn, each with a follower
    List<GivenStep> steps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      steps.add(GivenStep.sleep("nap" + i, Duration.ofSeconds(1)).then("next" + i));
      steps.add(GivenStep.worker("next" + i));
    }
    Scenario scenario =
        scenarios
            .given(
                Scenarios.World.DEFAULT.with(FOUR_A_TURN),
                GivenWorkflow.of(steps.toArray(GivenStep[]::new)))
            .whenStarted()
            .whenTimePasses(Duration.ofSeconds(1));

    for (int i = 0; i < 6; i++) {
      scenario.whenWorkerSucceeds("next" + i);
    }
    scenario.thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldForgetAsManyRequestsInATurnAsAllowed() {
    for (int starts : new int[] {4, 5, 9}) {
      Scenario scenario =
          scenarios
              .given(
                  Scenarios.World.DEFAULT.with(FOUR_A_TURN), GivenWorkflow.of(GivenStep.noOp("a")))
              .whenStartedTimes(starts)
              .whenTimePasses(Duration.ofDays(30));

      assertThat(scenario.cluster().documents(scenario.workflow()))
          .containsOnlyKeys("workflow", "version:1");
    }
  }

  // ---- retention

  @Test
  void shouldKeepAnInstanceForSevenDaysAfterItsEnd() {
    for (Consumer<Scenario> ending : endings()) {
      Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted();
      ending.accept(scenario);
      Duration ended = Duration.ofMillis(scenario.run().endedAt() - Scenario.BEGIN);

      scenario.whenTimeIs(ended.plusDays(7).minusMillis(1)).whenShown();
      assertThat(Told.run(scenario).status().isTerminal()).isTrue();
      scenario
          .whenTimeIs(ended.plusDays(7))
          .thenNothingIsLeft()
          .whenShown()
          .thenRefused("UNKNOWN_RUN")
          .thenNothingIsLeft();
    }
  }

  private static List<Consumer<Scenario>> endings() {
    return Stream.<Consumer<Scenario>>of(
            scenario -> scenario.whenWorkerSucceeds("a"),
            scenario -> scenario.whenWorkerFails("a", Failure.FATAL),
            Scenario::whenStopped,
            scenario -> scenario.whenTimePasses(Duration.ofDays(10)))
        .toList();
  }
}

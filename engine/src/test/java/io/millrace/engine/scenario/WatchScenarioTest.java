package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told what, and until when. */
final class WatchScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldTellTheEndToWhoStartedTheRun() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a", "b")).whenStarted();
    String starter = scenario.lastAsker();

    scenario.whenWorkerSucceeds("a");
    assertThat(scenario.repliesTo(starter)).hasSize(1);
    scenario.whenWorkerSucceeds("b");

    List<Reply.Answer> answers = scenario.repliesTo(starter);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1))
        .isInstanceOfSatisfying(
            Reply.RunTold.class,
            told -> {
              assertThat(told.last()).isTrue();
              assertThat(told.run().status()).isEqualTo(RunStatus.SUCCEEDED);
              assertThat(told.run().steps()).hasSize(2);
            });
  }

  @Test
  void shouldTellEachChangeToAWatcherUntilTheEnd() {
    Scenario scenario =
        scenarios.given(GivenWorkflow.sequence("a", "b")).whenStarted().whenWatched(null);
    String watcher = scenario.lastAsker();

    scenario
        .whenReported(WorkerSays.started(scenario.task("a")))
        .whenWorkerSucceeds("a")
        .whenWorkerSucceeds("b")
        .whenTimePasses(Duration.ofDays(1));

    assertThat(scenario.repliesTo(watcher))
        .extracting(answer -> ((Reply.RunTold) answer).last())
        .containsExactly(false, false, false, true);
  }

  @Test
  void shouldTellAWatcherWhomNothingIsNewThatTheRunIsOver() {
    Scenario scenario =
        scenarios.given(GivenWorkflow.of(GivenStep.noOp("a"))).whenStarted().whenWatched(null);

    assertThat(scenario.repliesToLast())
        .singleElement()
        .isInstanceOfSatisfying(Reply.RunTold.class, told -> assertThat(told.last()).isTrue());
  }

  @Test
  void shouldTellAWatcherNothingAfterItsLease() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a", "b"))
            .whenStarted()
            .whenWatched(Duration.ofSeconds(10));
    String watcher = scenario.lastAsker();

    scenario
        .whenTimeIs(Duration.ofMillis(9_999))
        .whenWorkerSucceeds("a")
        .whenTimeIs(Duration.ofSeconds(10))
        .whenWorkerSucceeds("b");

    assertThat(scenario.repliesTo(watcher)).hasSize(2);
  }

  @Test
  void shouldHoldAWatchForTenMinutesAtTheMost() {
    for (Duration lease : new Duration[] {Duration.ofDays(1), Duration.ofMinutes(10)}) {
      Scenario scenario =
          scenarios.given(GivenWorkflow.sequence("a", "b")).whenStarted().whenWatched(lease);
      String watcher = scenario.lastAsker();

      scenario
          .whenTimeIs(Duration.ofMinutes(10).minusMillis(1))
          .whenWorkerSucceeds("a")
          .whenTimeIs(Duration.ofMinutes(10))
          .whenWorkerSucceeds("b");

      assertThat(scenario.repliesTo(watcher)).hasSize(2);
    }
  }

  @Test
  void shouldHoldSixtyFourWatchersAndNoMore() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted();
    String first = "";
    for (int watcher = 1; watcher <= 64; watcher++) {
      scenario.whenWatched(null);
      assertThat(scenario.lastReply()).isInstanceOf(Reply.RunTold.class);
      first = watcher == 1 ? scenario.lastAsker() : first;
    }

    scenario.whenWatched(null).thenRefused("TOO_MANY_WATCHERS");

    assertThat(scenario.repliesToLast()).hasSize(1);
    scenario.whenWatchedAgain(first);
    assertThat(scenario.repliesTo(first)).hasSize(2).allMatch(Reply.RunTold.class::isInstance);
    assertThat(scenario.run().watchers()).hasSize(64);
    scenario.whenTimePasses(Duration.ofMinutes(10)).whenWatched(null);
    assertThat(scenario.lastReply()).isInstanceOf(Reply.RunTold.class);
    assertThat(scenario.run().watchers()).hasSize(1);
  }

  @Test
  void shouldShowARun() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("a"), GivenStep.sleep("nap", Duration.ofSeconds(9))))
            .whenStarted()
            .whenShown();

    assertThat(Told.run(scenario).status()).isEqualTo(RunStatus.IN_PROGRESS);
    assertThat(Told.run(scenario).run()).isEqualTo("flow/1:1");
    assertThat(Told.step(scenario, "a").status()).isEqualTo(StepStatus.RUNNING);
    assertThat(Told.step(scenario, "nap").waitingFor())
        .isEqualTo("It sleeps until 2026-01-01T00:00:09Z.");
  }

  @Test
  void shouldShowARunThatIsOver() {
    Scenario scenario =
        scenarios.given(GivenWorkflow.of(GivenStep.noOp("a"))).whenStarted().whenShown();

    assertThat(Told.run(scenario).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(Told.step(scenario, "a").waitingFor()).isNull();
  }
}

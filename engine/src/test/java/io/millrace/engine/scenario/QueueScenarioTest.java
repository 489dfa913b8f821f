package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The run strategy, the queue, and room in the loop. */
final class QueueScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldRunOneAfterTheOtherInTheOrderOfTheirStarts() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStartedTimes(3)
        .thenRunIs(1, RunStatus.IN_PROGRESS)
        .thenRunIsQueued(2)
        .thenRunIsQueued(3)
        .ofRun(1)
        .whenWorkerSucceeds("a")
        .thenRunIs(2, RunStatus.IN_PROGRESS)
        .thenRunIsQueued(3)
        .ofRun(2)
        .whenWorkerFails("a", Failure.FATAL)
        .thenRunIs(2, RunStatus.FAILED)
        .thenRunIs(3, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldRunAsManySideBySideAsAllowedAndNoMore() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a").parallel(3))
            .whenStartedTimes(4)
            .thenRunIs(1, RunStatus.IN_PROGRESS)
            .thenRunIs(2, RunStatus.IN_PROGRESS)
            .thenRunIs(3, RunStatus.IN_PROGRESS)
            .thenRunIsQueued(4);

    assertThat(scenario.toldWorkflow().running()).isEqualTo(3);
    assertThat(scenario.toldWorkflow().queued()).isEqualTo(1);
    scenario.ofRun(2).whenWorkerSucceeds("a").thenRunIs(4, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLetQueuedStartsGoWhenTheStrategyIsWidened() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStartedTimes(3)
        .whenPushed(GivenWorkflow.sequence("a").parallel(2))
        .thenRunIs(2, RunStatus.IN_PROGRESS)
        .thenRunIsQueued(3);
  }

  @Test
  void shouldStopNoRunWhenTheStrategyIsNarrowed() {
    scenarios
        .given(GivenWorkflow.sequence("a").parallel(2))
        .whenStartedTimes(3)
        .whenPushed(GivenWorkflow.sequence("a"))
        .thenRunIs(1, RunStatus.IN_PROGRESS)
        .thenRunIs(2, RunStatus.IN_PROGRESS)
        .ofRun(1)
        .whenWorkerSucceeds("a")
        .thenRunIsQueued(3)
        .ofRun(2)
        .whenWorkerSucceeds("a")
        .thenRunIs(3, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldStartAQueuedRunInTheVersionItWasAcceptedFor() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStartedTimes(2)
        .whenPushed(GivenWorkflow.sequence("b"))
        .ofRun(1)
        .whenWorkerSucceeds("a")
        .ofRun(2)
        .thenStepIs("a", StepStatus.RUNNING);
  }

  // ---- stopped in the queue

  @Test
  void shouldStopAQueuedStartWithoutLettingItRun() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStartedTimes(3)
            .ofRun(2)
            .whenStopped()
            .thenDone()
            .thenRunIs(RunStatus.STOPPED)
            .thenStepsWereNotCreated("a")
            .thenRunIs(1, RunStatus.IN_PROGRESS)
            .thenRunIsQueued(3);

    assertThat(scenario.run().reason()).isEqualTo("It was asked for.");
    scenario.ofRun(1).whenWorkerSucceeds("a").thenRunIs(3, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldStopEveryQueuedStart() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStartedTimes(3);

    scenario.ofRun(3).whenStopped().ofRun(2).whenStopped().ofRun(1).whenWorkerSucceeds("a");

    scenario.thenRunIs(2, RunStatus.STOPPED).thenRunIs(3, RunStatus.STOPPED);
    assertThat(scenario.toldWorkflow().queued()).isZero();
    assertThat(scenario.toldWorkflow().running()).isZero();
    scenario.whenStarted().thenRunIs(4, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldNotStopAQueuedStartThatIsAnotherRun() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStartedTimes(2)
        .whenStoppedAs("another uuid")
        .thenRefused("OTHER_RUN")
        .thenRunIsQueued(2);
  }

  @Test
  void shouldTellAFollowerThatItsQueuedStartWasStopped() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted().whenStarted();
    String follower = scenario.lastAsker();

    scenario.whenStopped();

    assertThat(scenario.repliesTo(follower)).hasSize(2).last().isInstanceOf(Reply.RunTold.class);
  }

  @Test
  void shouldTellTheEndToWhoWatchesAQueuedStart() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStartedTimes(2)
            .whenAsked(ActionRequest.Action.WATCH);
    String watcher = scenario.lastAsker();

    scenario.ofRun(1).whenWorkerSucceeds("a").ofRun(2).whenWorkerSucceeds("a");

    assertThat(scenario.repliesTo(watcher)).hasSize(2);
    assertThat(((Reply.RunTold) scenario.repliesTo(watcher).get(1)).run().status())
        .isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldSayThatARunIsUnknown() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .ofRun(7)
        .whenShown()
        .thenRefused("UNKNOWN_RUN")
        .whenStopped()
        .thenRefused("UNKNOWN_RUN");
  }

  // ---- room in the loop

  @Test
  void shouldWaitForRoomAndGoOnWithTheHint() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a").parallel(9));
    scenario.cluster().room(false);
    scenario.whenStartedTimes(2).thenRunIsQueued(1).thenRunIsQueued(2);

    scenario.cluster().room(true);
    scenario.cluster().deliver();

    scenario.thenRunIs(1, RunStatus.IN_PROGRESS).thenRunIs(2, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLookAgainAfterFiveSecondsIfTheHintIsLost() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a"));
    scenario.cluster().room(false);
    scenario.whenStarted();
    scenario.cluster().forgetWhoAwaitsRoom();
    scenario.cluster().room(true);

    scenario
        .whenTimePasses(Duration.ofMillis(4_999))
        .thenRunIsQueued(1)
        .whenTimePasses(Duration.ofMillis(1))
        .thenRunIs(1, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLetTheQueueGoWithTheNextStartIfTheHintIsLost() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a").parallel(9));
    scenario.cluster().room(false);
    scenario.whenStarted();
    scenario.cluster().forgetWhoAwaitsRoom();
    scenario.cluster().room(true);

    scenario
        .whenStarted()
        .whenTimePasses(Duration.ofMinutes(1))
        .thenRunIs(1, RunStatus.IN_PROGRESS)
        .thenRunIs(2, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldStopAStartThatWaitsForRoom() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a").parallel(9));
    scenario.cluster().room(false);
    scenario.whenStarted().whenStopped().thenRunIs(RunStatus.STOPPED);
    scenario.cluster().room(true);
    scenario.whenTimePasses(Duration.ofMinutes(1));
  }
}

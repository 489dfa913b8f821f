package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Quarantine;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bug in one run stays in this run. */
final class QuarantineScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private Scenario given(GivenStep... steps) {
    return scenarios.given(Scenarios.World.DEFAULT.with(Broken.TYPES), GivenWorkflow.of(steps));
  }

  @Test
  void shouldFailTheRunAndLetTheQueueGoOn() {
    Scenario scenario =
        given(GivenStep.ofType("bad", "BrokenAtDue"), GivenStep.worker("busy"))
            .whenStartedTimes(2)
            .ofRun(1)
            .thenRunIs(RunStatus.IN_PROGRESS)
            .thenRunIsQueued(2)
            .whenTimePasses(Duration.ofSeconds(1))
            .thenRunIs(RunStatus.FAILED)
            .thenStepsAre(StepStatus.INTERNALLY_FAILED, "bad", "busy")
            .thenCancelled("busy")
            .thenRunIs(2, RunStatus.IN_PROGRESS);

    assertThat(scenario.run().reason()).isEqualTo(Quarantine.REASON);
    assertThat(scenario.cluster().outcome().lost())
        .singleElement()
        .satisfies(
            lost -> {
              assertThat(lost.code()).isEqualTo(Quarantine.REASON);
              assertThat(lost.reason()).contains("broken at DUE");
            });
  }

  @Test
  void shouldDropAllOfTheTurnThatBroke() {
    Scenario scenario =
        given(GivenStep.noOp("first").then("bad"), GivenStep.ofType("bad", "BrokenAtBegin"))
            .whenStarted();

    assertThat(scenario.findStep("first")).isEmpty();
    assertThat(scenario.toldWorkflow().running()).isZero();
    assertThat(scenario.cluster().outcome().tasks()).isEmpty();
  }

  @Test
  void shouldTellTheFollowerOfARunThatBreaksAsItBegins() {
    Scenario scenario = given(GivenStep.ofType("bad", "BrokenAtBegin")).whenStarted();

    assertThat(scenario.repliesToLast()).hasSize(2);
    scenario.thenRefused(Quarantine.REASON);
  }

  @Test
  void shouldTellFollowersAndWatchers() {
    Scenario scenario = given(GivenStep.ofType("bad", "BrokenAtReport")).whenStarted();
    String follower = scenario.lastAsker();
    scenario.whenWatched(null);
    String watcher = scenario.lastAsker();
    scenario.whenWatched(Duration.ofMillis(1));
    String gone = scenario.lastAsker();

    scenario.whenTimePasses(Duration.ofMillis(1)).whenWorkerSucceeds("bad");

    assertThat(scenario.repliesTo(follower)).last().isInstanceOf(Reply.Refused.class);
    assertThat(scenario.repliesTo(watcher)).last().isInstanceOf(Reply.Refused.class);
    assertThat(scenario.repliesTo(gone)).noneMatch(Reply.Refused.class::isInstance);
  }

  @Test
  void shouldTakeEndlessRecursionForABugLikeAnyOther() {
    Scenario scenario = given(GivenStep.ofType("bad", "Endless")).whenStarted();

    assertThat(scenario.cluster().outcome().lost()).hasSize(1);
    assertThat(scenario.toldWorkflow().running()).isZero();
  }

  @Test
  void shouldFenceOffARunThatCannotBeStopped() {
    given(GivenStep.ofType("bad", "BrokenAtTheEnd"), GivenStep.worker("busy"))
        .whenStarted()
        .whenStopped()
        .thenRefused(Quarantine.REASON)
        .thenRunIs(RunStatus.FAILED)
        .thenCancelled("busy");
  }

  @Test
  void shouldTellTheWorkflowAndCancelTasksEvenIfNothingCanBeRead() {
    Scenario scenario =
        given(GivenStep.worker("busy"), GivenStep.worker("other")).whenStartedTimes(2).ofRun(1);
    scenario.cluster().spoil(scenario.machine(), "run:1");

    scenario
        .whenWorkerSucceeds("other")
        .thenCancelled("busy", "other")
        .thenRunIs(2, RunStatus.IN_PROGRESS);

    assertThat(scenario.cluster().envelope(scenario.machine()))
        .hasValueSatisfying(
            envelope -> {
              assertThat(envelope.ended()).isTrue();
              assertThat(envelope.quarantined()).contains("UnreadableDocument");
            });
  }

  @Test
  void shouldNotNoticeAnUnreadableStepUntilItIsNeeded() {
    Scenario scenario = given(GivenStep.noOp("done"), GivenStep.worker("busy")).whenStarted();
    scenario.cluster().spoil(scenario.machine(), "step:1:done");

    scenario.whenWorkerSucceeds("busy");

    assertThat(scenario.toldWorkflow().running()).isZero();
  }

  @Test
  void shouldPutRightWhatCanBeReadBesideAnUnreadableStep() {
    Scenario scenario = given(GivenStep.worker("lost"), GivenStep.worker("busy")).whenStarted();
    String follower = scenario.lastAsker();
    scenario.cluster().spoil(scenario.machine(), "step:1:lost");

    scenario
        .whenWorkerSucceeds("lost")
        .thenRunIs(RunStatus.FAILED)
        .thenStepIs("busy", StepStatus.INTERNALLY_FAILED)
        .thenCancelled("lost", "busy");

    assertThat(scenario.repliesTo(follower)).last().isInstanceOf(Reply.Refused.class);
  }

  @Test
  void shouldRefuseWhatIsAskedOfAFencedOffRunAndThenForgetIt() {
    given(GivenStep.ofType("bad", "BrokenAtDue"))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(1))
        .whenShown()
        .thenRefused(Quarantine.REASON)
        .whenStopped()
        .thenRefused(Quarantine.REASON)
        .whenTimeIs(Duration.ofSeconds(1).plusDays(7).minusMillis(1))
        .whenShown()
        .thenRefused(Quarantine.REASON)
        .whenTimePasses(Duration.ofMillis(1))
        .thenNothingIsLeft();
  }

  @Test
  void shouldNotNoticeANeighboursBug() {
    Scenario scenario =
        scenarios
            .given(
                Scenarios.World.DEFAULT.with(Broken.TYPES),
                GivenWorkflow.named("bad", GivenStep.ofType("a", "BrokenAtDue")),
                GivenWorkflow.named("good", GivenStep.worker("a")))
            .ofWorkflow("bad")
            .whenStarted()
            .ofWorkflow("good")
            .whenStarted()
            .whenTimePasses(Duration.ofSeconds(1))
            .whenWorkerSucceeds("a")
            .thenRunIs(RunStatus.SUCCEEDED);

    assertThat(scenario.ofWorkflow("bad").run().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldRefuseTheOneCommandIfAWorkflowIsBroken() {
    Scenario scenario = given(GivenStep.noOp("a"));
    MachineAddress workflow = scenario.workflow();
    scenario.cluster().spoil(workflow, "version:1");

    scenario.whenStarted().thenRefused(Quarantine.REASON);

    assertThat(scenario.toldWorkflow().lastInstance()).isZero();
    assertThat(scenario.cluster().outcome().lost()).hasSize(1);
    scenario
        .whenPushed(GivenWorkflow.of(GivenStep.noOp("a")))
        .whenStarted()
        .thenRunIs(RunStatus.SUCCEEDED);
  }
}

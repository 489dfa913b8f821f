package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.FailureMode;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a failure, a timeout or a bad answer means for the rest of the run. */
final class FailureScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  // ---- failure modes

  @Test
  void shouldLetIndependentBranchesRunToTheirEndAfterAFailure() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("bad").then("afterBad"),
                GivenStep.noOp("afterBad"),
                GivenStep.worker("good").then("afterGood"),
                GivenStep.worker("afterGood")))
        .whenStarted()
        .whenWorkerFails("bad", Failure.FATAL)
        .thenRunIs(RunStatus.IN_PROGRESS)
        .whenWorkerSucceeds("good")
        .thenStepIs("afterGood", StepStatus.RUNNING)
        .whenWorkerSucceeds("afterGood")
        .thenRunIs(RunStatus.FAILED)
        .thenStepsWereNotCreated("afterBad");
  }

  @Test
  void shouldStopTheOthersAtOnceIfAStepSaysSo() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("bad").mode(FailureMode.FAIL_IMMEDIATELY),
                GivenStep.worker("busy").then("next"),
                GivenStep.worker("retrying"),
                GivenStep.sleep("asleep", Duration.ofHours(1)),
                GivenStep.noOp("next")))
        .whenStarted()
        .whenWorkerFails("retrying", Failure.USER)
        .whenWorkerFails("bad", Failure.FATAL)
        .thenStepIs("bad", StepStatus.FATALLY_FAILED)
        .thenStepsAre(StepStatus.STOPPED, "busy", "retrying", "asleep")
        .thenStepsWereNotCreated("next")
        .thenCancelled("busy")
        .thenRunIs(RunStatus.FAILED)
        .thenRunEndedAfter(Duration.ZERO);
  }

  @Test
  void shouldRetryBeforeAFailureModeCounts() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("bad").mode(FailureMode.FAIL_IMMEDIATELY),
                GivenStep.worker("busy")))
        .whenStarted()
        .whenWorkerFails("bad", Failure.USER)
        .thenStepsAre(StepStatus.RUNNING, "busy")
        .whenTimePasses(Duration.ofSeconds(60))
        .whenWorkerSucceeds("bad")
        .whenWorkerSucceeds("busy")
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldGoOnAfterAFailureThatIsIgnored() {
    scenarios
        .given(
            GivenWorkflow.sequence(
                GivenStep.worker("bad").mode(FailureMode.IGNORE_FAILURE), GivenStep.noOp("next")))
        .whenStarted()
        .whenWorkerFails("bad", Failure.FATAL)
        .thenStepIs("bad", StepStatus.COMPLETED_WITH_ERROR)
        .thenStepIs("next", StepStatus.SUCCEEDED)
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldNotIgnoreATimeout() {
    scenarios
        .given(
            GivenWorkflow.sequence(
                GivenStep.worker("late")
                    .mode(FailureMode.IGNORE_FAILURE)
                    .timeout(Duration.ofSeconds(1)),
                GivenStep.noOp("next")))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(1))
        .thenStepIs("late", StepStatus.TIMED_OUT)
        .thenStepsWereNotCreated("next")
        .thenRunIs(RunStatus.TIMED_OUT);
  }

  @Test
  void shouldFailRatherThanTimeOutIfBothHappened() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("late").timeout(Duration.ofSeconds(1)), GivenStep.worker("bad")))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(2))
        .whenWorkerFails("bad", Failure.FATAL)
        .thenRunIs(RunStatus.FAILED);
  }

  @Test
  void shouldNeverCreateAJoinBehindAFailure() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("bad").then("join"),
                GivenStep.worker("good").then("join"),
                GivenStep.noOp("join")))
        .whenStarted()
        .whenWorkerSucceeds("good")
        .whenWorkerFails("bad", Failure.FATAL)
        .thenStepsWereNotCreated("join")
        .thenRunIs(RunStatus.FAILED);
  }

  // ---- timeouts

  @Test
  void shouldEndASleepByItsTimeout() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.sleep("nap", Duration.ofSeconds(10)).timeout(Duration.ofSeconds(9))))
        .whenStarted()
        .whenTimePasses(Duration.ofHours(1))
        .thenStepIs("nap", StepStatus.TIMED_OUT)
        .thenRunEndedAfter(Duration.ofSeconds(9));
  }

  @Test
  void shouldLetASleepEndBeforeATimeoutOfTheSameInstant() {
    scenarios
        .given(
            GivenWorkflow.of(
                    GivenStep.sleep("nap", Duration.ofSeconds(10)).timeout(Duration.ofSeconds(10)))
                .timeout(Duration.ofSeconds(10)))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(10))
        .thenStepIs("nap", StepStatus.SUCCEEDED)
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldTimeOutTheWholeRun() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                        GivenStep.worker("done").then("busy"),
                        GivenStep.worker("busy"),
                        GivenStep.worker("retrying"),
                        GivenStep.sleep("asleep", Duration.ofHours(1)))
                    .timeout(Duration.ofSeconds(30)))
            .whenStarted()
            .whenWorkerSucceeds("done")
            .whenWorkerFails("retrying", Failure.PLATFORM)
            .whenTimeIs(Duration.ofMillis(29_999))
            .thenRunIs(RunStatus.IN_PROGRESS)
            .whenTimeIs(Duration.ofSeconds(30))
            .thenRunIs(RunStatus.TIMED_OUT)
            .thenStepIs("done", StepStatus.SUCCEEDED)
            .thenStepsAre(StepStatus.TIMED_OUT, "busy", "retrying", "asleep")
            .thenCancelled("busy");

    assertThat(scenario.run().reason()).isEqualTo("The run took longer than PT30S.");
  }

  @Test
  void shouldCountARunsTimeFromLeavingTheQueue() {
    scenarios
        .given(GivenWorkflow.sequence("a").timeout(Duration.ofSeconds(30)))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(29))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(1))
        .thenRunIs(1, RunStatus.TIMED_OUT)
        .thenRunIs(2, RunStatus.IN_PROGRESS)
        .whenTimePasses(Duration.ofSeconds(29))
        .thenRunIs(2, RunStatus.IN_PROGRESS)
        .whenTimePasses(Duration.ofSeconds(1))
        .thenRunIs(2, RunStatus.TIMED_OUT);
  }

  // ---- queues and outputs

  @Test
  void shouldFailAsThePlatformsFaultOnAnUndeclaredQueue() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.ofType("a", "Spark")
                        .platformRetries(1)
                        .fixedBackoff(
                            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1))))
            .whenStarted()
            .thenStepIs("a", StepStatus.PLATFORM_FAILED);

    assertThat(scenario.step("a").message()).startsWith("Expected queue 'spark' to be declared");
    scenario
        .whenTimePasses(Duration.ofSeconds(5))
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenRunIs(RunStatus.FAILED);
    assertThat(scenario.cluster().outcome().tasks()).isEmpty();
  }

  @Test
  void shouldSendATaskToTheQueueTheStepNames() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.of(GivenStep.ofType("a", "Spark").param("queue", "work")))
            .whenStarted();

    assertThat(scenario.task("a").queue()).isEqualTo("work");
    assertThat(scenario.task("a").type()).isEqualTo("Spark");
  }

  @Test
  void shouldRefuseOutputsTheStepDoesNotDefine() {
    Scenario scenario = answeredWith(GivenStep.worker("a"), new ParamValue.Int(1));

    assertThat(scenario.step("a").message()).contains("'x'", "it defines none");
  }

  @Test
  void shouldRefuseOutputsOfAnotherType() {
    Scenario scenario =
        answeredWith(GivenStep.worker("a").param("x", 1), new ParamValue.Text("one"));

    assertThat(scenario.step("a").message()).contains("to be LONG, but it is given as STRING");
  }

  @Test
  void shouldRefuseOutputsThatMayNotChange() {
    Scenario scenario = answeredWith(GivenStep.worker("a").constant("x", 1), new ParamValue.Int(2));

    assertThat(scenario.step("a").message()).contains("to be MUTABLE");
  }

  /** A worker answers with an output that cannot be taken; nothing is retried. */
  private Scenario answeredWith(GivenStep step, ParamValue output) {
    return scenarios
        .given(GivenWorkflow.of(step))
        .whenStarted()
        .whenWorkerSucceeds("a", Map.of("x", output))
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenAttemptsOf("a", 1)
        .thenRunIs(RunStatus.FAILED);
  }
}

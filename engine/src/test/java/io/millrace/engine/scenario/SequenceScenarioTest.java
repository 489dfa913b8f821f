package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How steps follow each other. */
final class SequenceScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldRunStepsOneAfterTheOther() {
    scenarios
        .given(GivenWorkflow.sequence("a", "b"))
        .whenStarted()
        .thenRunIs(RunStatus.IN_PROGRESS)
        .thenStepIs("a", StepStatus.RUNNING)
        .thenStepsWereNotCreated("b")
        .whenWorkerSucceeds("a")
        .thenStepIs("b", StepStatus.RUNNING)
        .whenWorkerSucceeds("b")
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenStepsAre(StepStatus.SUCCEEDED, "a", "b");
  }

  @Test
  void shouldDoNoOpStepsWithinTheTurnOfTheStart() {
    scenarios
        .given(
            GivenWorkflow.sequence(GivenStep.noOp("a"), GivenStep.noOp("b"), GivenStep.noOp("c")))
        .whenStarted()
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenRunEndedAfter(Duration.ZERO)
        .thenStepsAre(StepStatus.SUCCEEDED, "a", "b", "c");
  }

  @Test
  void shouldWaitForAllPredecessorsOfAJoin() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("left").then("join"),
                GivenStep.worker("right").then("join"),
                GivenStep.worker("join")))
        .whenStarted()
        .whenWorkerSucceeds("right")
        .thenStepsWereNotCreated("join")
        .whenWorkerSucceeds("left")
        .thenStepIs("join", StepStatus.RUNNING)
        .thenAttemptsOf("join", 1);
  }

  @Test
  void shouldRunUnconnectedStepsSideBySide() {
    scenarios
        .given(GivenWorkflow.sideBySide("a", "b", "c"))
        .whenStarted()
        .thenStepsAre(StepStatus.RUNNING, "a", "b", "c")
        .whenWorkerSucceeds("b")
        .whenWorkerSucceeds("a")
        .thenRunIs(RunStatus.IN_PROGRESS)
        .whenWorkerSucceeds("c")
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldSleepExactlyAsLongAsSaid() {
    scenarios
        .given(GivenWorkflow.sequence(GivenStep.sleep("nap", Duration.ofSeconds(7))))
        .whenStarted()
        .whenTimeIs(Duration.ofMillis(6_999))
        .thenStepIs("nap", StepStatus.RUNNING)
        .whenTimeIs(Duration.ofMillis(7_000))
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenRunEndedAfter(Duration.ofSeconds(7));
  }

  @Test
  void shouldSleepThreeSecondsUnlessSaidOtherwise() {
    scenarios
        .given(GivenWorkflow.sequence(GivenStep.sleep("nap")))
        .whenStarted()
        .whenTimePasses(Duration.ofHours(1))
        .thenRunEndedAfter(Duration.ofSeconds(3));
  }

  @Test
  void shouldGoOnAtOnceAfterASleepOfNoTime() {
    scenarios
        .given(
            GivenWorkflow.sequence(GivenStep.sleep("nap", Duration.ZERO), GivenStep.noOp("next")))
        .whenStarted()
        .whenTimePasses(Duration.ZERO)
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenRunEndedAfter(Duration.ZERO);
  }

  @Test
  void shouldGiveAWorkerTheParamsOfWorkflowAndStep() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(GivenStep.worker("a").param("day", "monday").param("n", 1))
                    .param("day", "sunday")
                    .param("city", "rome"))
            .whenStartedWith(Map.of("city", new ParamValue.Text("oslo")));

    assertThat(scenario.task("a").params())
        .containsEntry("day", new ParamValue.Text("monday"))
        .containsEntry("city", new ParamValue.Text("oslo"))
        .containsEntry("n", new ParamValue.Int(1));
    assertThat(scenario.task("a").queue()).isEqualTo(GivenStep.QUEUE);
  }

  @Test
  void shouldKeepAWorkersOutputs() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.of(GivenStep.worker("a").param("rows", 0)))
            .whenStarted()
            .whenWorkerSucceeds("a", Map.of("rows", new ParamValue.Int(42)))
            .thenRunIs(RunStatus.SUCCEEDED);

    assertThat(scenario.step("a").params()).containsEntry("rows", new ParamValue.Int(42));
  }

  @Test
  void shouldRetryAUserErrorAndThenSucceed() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(5))
        .whenWorkerFails("a", Report.Failure.USER)
        .thenStepIs("a", StepStatus.USER_FAILED)
        .whenTimePasses(Duration.ofSeconds(60))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenWorkerSucceeds("a")
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenAttemptsOf("a", 2)
        .thenAttemptsBegan("a", Duration.ZERO, Duration.ofSeconds(65));
  }
}

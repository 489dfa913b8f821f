package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Effect;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stops, and reports that nobody waits for. */
final class StopScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldStopARunAndCancelItsTasks() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("busy").then("next"),
                    GivenStep.sleep("asleep", Duration.ofHours(1)),
                    GivenStep.noOp("done"),
                    GivenStep.noOp("next")))
            .whenStarted()
            .whenStopped()
            .thenDone()
            .thenRunIs(RunStatus.STOPPED)
            .thenStepsAre(StepStatus.STOPPED, "busy", "asleep")
            .thenStepIs("done", StepStatus.SUCCEEDED)
            .thenStepsWereNotCreated("next")
            .thenCancelled("busy");

    assertThat(scenario.run().reason()).isEqualTo("It was asked for.");
  }

  @Test
  void shouldStopARunThatWaitsForARetry() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenWorkerFails("a", Failure.USER)
        .whenStopped()
        .thenStepIs("a", StepStatus.STOPPED)
        .thenRunIs(RunStatus.STOPPED)
        .thenCancelled()
        .whenTimePasses(Duration.ofHours(1))
        .thenAttemptsOf("a", 1);
  }

  @Test
  void shouldEndFailedIfAStepHadFailedBeforeTheStop() {
    scenarios
        .given(GivenWorkflow.sideBySide("bad", "busy"))
        .whenStarted()
        .whenWorkerFails("bad", Failure.FATAL)
        .whenStopped()
        .thenRunIs(RunStatus.FAILED)
        .thenStepIs("busy", StepStatus.STOPPED);
  }

  @Test
  void shouldRefuseToStopARunTwice() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenStopped()
        .whenStopped()
        .thenRefused("ALREADY_ENDED");
  }

  @Test
  void shouldRefuseToStopAnotherRun() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStarted()
            .whenStoppedAs("another uuid")
            .thenRefused("OTHER_RUN")
            .thenRunIs(RunStatus.IN_PROGRESS);

    scenario.whenStoppedAs(scenario.run().runUuid()).thenDone().thenRunIs(RunStatus.STOPPED);
  }

  @Test
  void shouldStopForSomebodyWhoDoesNotListen() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenStoppedSilently()
        .thenRunIs(RunStatus.STOPPED);
  }

  @Test
  void shouldKeepALostStopIfNobodyListens() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStarted()
            .whenStopped()
            .whenStoppedSilently();

    assertThat(scenario.cluster().outcome().lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost.code()).isEqualTo("ALREADY_ENDED"));
  }

  // ---- reports

  @Test
  void shouldNoteWhatAWorkerSaysOfItself() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted().whenShown();
    assertThat(Told.step(scenario, "a").waitingFor())
        .isEqualTo("It waits for a worker to take its task.");

    scenario.whenReported(WorkerSays.started(scenario.task("a"))).whenShown();
    assertThat(Told.step(scenario, "a").waitingFor()).isNull();

    scenario.whenReported(WorkerSays.progress(scenario.task("a"), "Half of it.")).whenShown();
    assertThat(Told.step(scenario, "a").message()).isEqualTo("Half of it.");
    assertThat(Told.step(scenario, "a").progress()).isEqualTo(0.5);
    assertThat(Told.step(scenario, "a").logTail()).isEqualTo("last line");
    assertThat(Told.step(scenario, "a").link()).isEqualTo("https://example.org/log");
    assertThat(scenario.step("a").worker()).isEqualTo(WorkerSays.WORKER);
  }

  @Test
  void shouldRememberWhoAnsweredWithoutHavingSaidThatItStarted() {
    Scenario scenario =
        scenarios.given(GivenWorkflow.sequence("a")).whenStarted().whenWorkerSucceeds("a");

    assertThat(scenario.step("a").worker()).isEqualTo(WorkerSays.WORKER);
  }

  @Test
  void shouldKeepAThousandCharactersOfAWorkersMessage() {
    Scenario scenario = scenarios.given(GivenWorkflow.sideBySide("a", "b")).whenStarted();
    String atLimit = "x".repeat(Report.MAX_MESSAGE_CHARS);

    scenario
        .whenReported(WorkerSays.progress(scenario.task("a"), atLimit))
        .whenReported(WorkerSays.progress(scenario.task("b"), atLimit + "y"));

    assertThat(scenario.step("a").message()).isEqualTo(atLimit);
    assertThat(scenario.step("b").message()).isEqualTo(atLimit);
  }

  @Test
  void shouldKeepTheEndOfALongLogAndTheStartOfALink() {
    Scenario scenario = scenarios.given(GivenWorkflow.sideBySide("a", "b")).whenStarted();
    String log = "x".repeat(Report.MAX_LOG_TAIL_CHARS);
    String link = "x".repeat(Report.MAX_LINK_CHARS);

    scenario
        .whenReported(WorkerSays.progress(scenario.task("a"), log, link))
        .whenReported(WorkerSays.progress(scenario.task("b"), "y" + log, link + "y"));

    for (String step : List.of("a", "b")) {
      assertThat(scenario.step(step).logTail()).isEqualTo(log);
      assertThat(scenario.step(step).link()).isEqualTo(link);
    }
  }

  @Test
  void shouldKeepAThousandCharactersOfAFailure() {
    Scenario scenario = scenarios.given(GivenWorkflow.sideBySide("a", "b")).whenStarted();
    String atLimit = "x".repeat(Report.MAX_MESSAGE_CHARS);

    scenario
        .whenReported(WorkerSays.failedWith(scenario.task("a"), atLimit))
        .whenReported(WorkerSays.failedWith(scenario.task("b"), atLimit + "y"));

    assertThat(scenario.step("a").message()).isEqualTo(atLimit);
    assertThat(scenario.step("b").message()).isEqualTo(atLimit);
  }

  @Test
  void shouldCountAStaleReportAndChangeNothing() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a", "b")).whenStarted();
    Task first = scenario.task("a");
    scenario
        .whenWorkerFails("a", Failure.USER)
        .whenReported(WorkerSays.succeeded(first, Map.of()))
        .thenStepIs("a", StepStatus.USER_FAILED)
        .whenTimePasses(Duration.ofMinutes(1))
        .whenReported(WorkerSays.succeeded(first, Map.of()))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenWorkerSucceeds("a")
        .whenWorkerFails("a", Failure.FATAL)
        .thenStepIs("a", StepStatus.SUCCEEDED)
        .whenWorkerSucceeds("b")
        .whenWorkerSucceeds("b")
        .thenRunIs(RunStatus.SUCCEEDED);

    assertThat(scenario.cluster().outcome().noted(Effect.Note.Kind.STALE_REPORT)).isEqualTo(4);
    assertThat(scenario.cluster().outcome().lost()).isEmpty();
  }

  @Test
  void shouldCountReportsOfUnknownTasks() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted();
    Task task = scenario.task("a");

    scenario
        .whenReported(WorkerSays.succeededAs(task, task.dispatchId() + "0"))
        .whenReported(WorkerSays.succeededAs(task, "nonsense"))
        .whenReported(WorkerSays.succeededAs(task, task.dispatchId().replace("/a@", "/b@")))
        .thenStepIs("a", StepStatus.RUNNING);
    scenario.told(
        MachineAddress.instance(InstanceAddress.of(GivenWorkflow.DEFAULT_ID, 99)),
        new Message.Reported(WorkerSays.succeeded(task, Map.of())));

    assertThat(scenario.cluster().outcome().noted(Effect.Note.Kind.STALE_REPORT)).isEqualTo(4);
    assertThat(scenario.cluster().machines()).hasSize(2);
  }

  @Test
  void shouldNotListenToWorkersAfterAStop() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenStopped()
        .whenWorkerSucceeds("a")
        .thenStepIs("a", StepStatus.STOPPED)
        .thenRunIs(RunStatus.STOPPED);
  }
}

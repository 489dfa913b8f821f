package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.sleep;
import static io.millrace.engine.scenario.StepText.step;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DagScenariosTest {

  @Test
  void shouldRunStepsOneAfterTheOther() {
    Scenario scenario =
        Scenario.given(workflow("etl").steps(work("a").to("b"), work("b").to("c"), noOp("c")));

    scenario.start("etl");
    assertThat(scenario.tasks()).singleElement().extracting(task -> task.stepId()).isEqualTo("a");
    scenario.workerSucceeds("etl/1", "a");
    scenario.workerSucceeds("etl/1", "b");

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(scenario.stepStatus("etl/1", "c")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldJoinBranchesOnlyWhenAllAreComplete() {
    Scenario scenario =
        Scenario.given(
            workflow("etl")
                .steps(
                    noOp("fork").to("left", "right"),
                    work("left").to("join"),
                    work("right").to("join"),
                    noOp("join")));

    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "left");

    assertThat(scenario.stepStatus("etl/1", "join")).isEqualTo(StepStatus.NOT_CREATED);
    scenario.workerSucceeds("etl/1", "right");
    assertThat(scenario.stepStatus("etl/1", "join")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldPassThroughEveryStatusOfAnAttempt() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));

    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.life("etl/1", "a"))
        .containsExactly(
            StepStatus.CREATED,
            StepStatus.INITIALIZED,
            StepStatus.WAITING_FOR_SIGNALS,
            StepStatus.EVALUATING_PARAMS,
            StepStatus.WAITING_FOR_PERMITS,
            StepStatus.STARTING,
            StepStatus.RUNNING,
            StepStatus.FINISHING,
            StepStatus.SUCCEEDED);
  }

  @Test
  void shouldSleepExactlyAsLongAsAsked() {
    Scenario scenario = Scenario.given(workflow("nap").steps(sleep("s", 30)));

    scenario.start("nap");
    scenario.passes(Duration.ofMillis(29_999));
    assertThat(scenario.stepStatus("nap/1", "s")).isEqualTo(StepStatus.RUNNING);
    assertThat(scenario.step("nap/1", "s").waitingFor()).contains("2026-01-01T00:00:30Z");

    scenario.passes(Duration.ofMillis(1));
    assertThat(scenario.status("nap/1")).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(scenario.step("nap/1", "s").endedAt()).isEqualTo(Scenario.BEGIN + 30_000);
  }

  @Test
  void shouldSleepForAVeryLongTimeWithoutOverflow() {
    Scenario scenario =
        Scenario.given(
            workflow("nap")
                .param("sleep_seconds", "1")
                .steps(step("s", "Sleep").param("sleep_seconds", "LONG", "10000000000")));

    scenario.start("nap");

    assertThat(scenario.stepStatus("nap/1", "s")).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void shouldGiveWorkersTheWorkflowsParamsOverlaidByTheSteps() {
    Scenario scenario =
        Scenario.given(
            workflow("etl")
                .param("day", "\"monday\"")
                .param("size", "1")
                .steps(work("a").param("size", "LONG", "2")));

    scenario.start("etl", "r", Map.of("day", ParamDefinition.literal(text("friday"))));

    assertThat(scenario.task("etl/1", "a").params())
        .containsEntry("day", text("friday"))
        .containsEntry("size", new ParamValue.Int(2));
  }

  @Test
  void shouldFailARunWhoseParamsDoNotFit() {
    Scenario scenario =
        Scenario.given(
            workflow("etl")
                .param("day", "{\"value\":\"monday\",\"type\":\"STRING\",\"mode\":\"CONSTANT\"}")
                .steps(work("a")));

    scenario.start(
        "etl",
        "r",
        Map.of(
            "day",
            new ParamDefinition(ParamType.STRING, text("friday"), ParamMode.MUTABLE, List.of())));

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
    assertThat(scenario.run("etl/1").reason()).contains("day");
    assertThat(scenario.tasks()).isEmpty();
  }

  @Test
  void shouldKeepTheOutputsOfAWorkerInTheStepsParams() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").param("rows", "LONG", "0")));

    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "a", Map.of("rows", new ParamValue.Int(12)));

    assertThat(scenario.step("etl/1", "a").params()).containsEntry("rows", new ParamValue.Int(12));
  }

  @Test
  void shouldFailAStepWhoseOutputsDoNotFit() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").param("rows", "LONG", "0")));

    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "a", Map.of("rows", text("many")));

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(scenario.step("etl/1", "a").message()).contains("rows");
  }

  @Test
  void shouldFailAStepOfAnUndeclaredQueueWithoutGivingATaskOut() {
    Scenario scenario = Scenario.given(workflow("etl").steps(step("a", "Nobody").retries(0, 1, 0)));

    scenario.start("etl");
    assertThat(scenario.life("etl/1", "a")).endsWith(StepStatus.PLATFORM_FAILED);
    assertThat(scenario.step("etl/1", "a").message()).startsWith("Expected queue 'nobody'");
    scenario.passes(Duration.ofSeconds(1));

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
    assertThat(scenario.tasks()).isEmpty();
  }

  @Test
  void shouldShowWhatAWorkerSaysWhileItWorks() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));

    scenario.start("etl");
    assertThat(scenario.step("etl/1", "a").waitingFor())
        .isEqualTo("It waits for a worker to take its task.");
    scenario.workerSays("etl/1", "a", Report.Kind.STARTED);
    assertThat(scenario.step("etl/1", "a").waitingFor()).isNull();
    String dispatchId = scenario.task("etl/1", "a").dispatchId();
    scenario.deliver(
        new Report(
            1,
            dispatchId,
            Report.Kind.PROGRESS,
            "w",
            Map.of(),
            null,
            null,
            "half way",
            0.5,
            "line 1",
            "http://log"));

    assertThat(scenario.step("etl/1", "a"))
        .satisfies(
            step -> {
              assertThat(step.message()).isEqualTo("half way");
              assertThat(step.progress()).isEqualTo(0.5);
              assertThat(step.logTail()).isEqualTo("line 1");
              assertThat(step.link()).isEqualTo("http://log");
            });
  }

  @Test
  void shouldWorkOffMoreStepsThanOneTurnMay() {
    int wide = EngineLimits.DEFAULT.followUpsPerTurn() + 20;
    EngineLimits few =
        new EngineLimits(
            7,
            EngineLimits.DEFAULT.instanceRetention(),
            EngineLimits.DEFAULT.requestRetention(),
            EngineLimits.DEFAULT.watchersPerRun(),
            EngineLimits.DEFAULT.watchLease(),
            EngineLimits.DEFAULT.runParams(),
            EngineLimits.DEFAULT.offerAgain());

    for (EngineLimits limits : List.of(EngineLimits.DEFAULT, few)) {
      Scenario scenario = Scenario.given(limits, workflow("wide").steps(Wide.steps(wide)));

      scenario.start("wide");

      assertThat(scenario.status("wide/1")).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(scenario.run("wide/1").steps()).hasSize(wide);
    }
  }

  private static ParamValue text(String text) {
    return new ParamValue.Text(text);
  }
}

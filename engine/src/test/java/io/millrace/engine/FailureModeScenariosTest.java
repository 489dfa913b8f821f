package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.sleep;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.engine.scenario.WorkflowText;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Maestro semantics 2.12, and time-outs of workflows. */
class FailureModeScenariosTest {

  @Test
  void shouldLetOtherBranchesGoOnToTheirEndAndThenFail() {
    Scenario scenario = Scenario.given(twoBranches("FAIL_AFTER_RUNNING"));
    scenario.start("etl");

    scenario.workerFails("etl/1", "fragile", Failure.FATAL);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.IN_PROGRESS);
    scenario.workerSucceeds("etl/1", "other");

    assertThat(scenario.stepStatus("etl/1", "after_other")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(scenario.stepStatus("etl/1", "after_fragile")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldStopEverythingElseAtOnce() {
    Scenario scenario = Scenario.given(twoBranches("FAIL_IMMEDIATELY"));
    scenario.start("etl");
    String other = scenario.task("etl/1", "other").dispatchId();

    scenario.workerFails("etl/1", "fragile", Failure.FATAL);

    assertThat(scenario.stepStatus("etl/1", "other")).isEqualTo(StepStatus.STOPPED);
    assertThat(scenario.stepStatus("etl/1", "after_other")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(scenario.cancelled()).containsExactly(other);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldGoOnAsIfNothingHadFailed() {
    Scenario scenario = Scenario.given(twoBranches("IGNORE_FAILURE"));
    scenario.start("etl");

    scenario.workerFails("etl/1", "fragile", Failure.FATAL);
    scenario.workerSucceeds("etl/1", "other");

    assertThat(scenario.stepStatus("etl/1", "fragile")).isEqualTo(StepStatus.COMPLETED_WITH_ERROR);
    assertThat(scenario.stepStatus("etl/1", "after_fragile")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldTimeOutEverythingOpenWhenTheWorkflowTakesTooLong() {
    Scenario scenario =
        Scenario.given(
            workflow("etl").timeout("1 minute").steps(work("a"), sleep("b", 3600), noOp("c")));
    scenario.start("etl");

    scenario.passes(Duration.ofMillis(59_999));
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.IN_PROGRESS);
    scenario.passes(Duration.ofMillis(1));

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(scenario.stepStatus("etl/1", "b")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(scenario.stepStatus("etl/1", "c")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(scenario.cancelled()).hasSize(1);
  }

  @Test
  void shouldTimeARetryOutWithItsWorkflow() {
    Scenario scenario = Scenario.given(workflow("etl").timeout("30s").steps(work("a")));
    scenario.start("etl");
    scenario.workerFails("etl/1", "a", Failure.USER);

    scenario.passes(Duration.ofSeconds(30));

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.TIMED_OUT);
  }

  private static WorkflowText twoBranches(String failureMode) {
    return workflow("etl")
        .steps(
            work("fragile").failureMode(failureMode).to("after_fragile"),
            noOp("after_fragile"),
            work("other").to("after_other"),
            noOp("after_other"));
  }
}

package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is over is kept for a while, and then nothing of it is left (decisions: defaults). */
class RetentionScenariosTest {

  @Test
  void shouldKeepAnInstanceForSevenDaysAfterItsEndAndThenForgetAll() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));
    scenario.start("etl");

    scenario.passes(Duration.ofDays(7).minusMillis(1));
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.SUCCEEDED);
    scenario.passes(Duration.ofMillis(1));

    assertThat(scenario.state(Scenario.address("etl/1")).isEmpty()).isTrue();
    assertThat(scenario.act(Action.SHOW, "etl/1", null))
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.code()).isEqualTo("UNKNOWN_RUN"));
  }

  @Test
  void shouldLeaveOnlyVersionsBehindAndNoTimer() {
    Scenario scenario = Scenario.given(workflow("etl").parallel(3).steps(work("a")));
    for (int i = 1; i <= 5; i++) {
      scenario.start("etl");
    }
    scenario.stop("etl/5");
    for (int i = 1; i <= 4; i++) {
      scenario.workerSucceeds("etl/" + i, "a");
    }

    scenario.passes(Duration.ofDays(31));

    assertThat(scenario.machines()).containsExactly(MachineAddress.workflow("etl"));
    assertThat(scenario.state(MachineAddress.workflow("etl")).documents().keySet())
        .containsExactlyInAnyOrder("timers", "version:1", "workflow");
    assertThat(scenario.nextTimer()).isEqualTo(-1);
  }

  @Test
  void shouldDropTheDefinitionOfARunThatHasEnded() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    assertThat(scenario.state(Scenario.address("etl/1")).documents()).containsKey("definition");

    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.state(Scenario.address("etl/1")).documents())
        .doesNotContainKey("definition");
  }
}

package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.sleep;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Report;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Stops, and what comes too late: nothing that is over changes any more. */
class StopScenariosTest {

  @Test
  void shouldStopWhateverIsOpen() {
    Scenario scenario =
        Scenario.given(
            workflow("etl").steps(work("a").to("after"), sleep("b", 60), work("c"), noOp("after")));
    scenario.start("etl");
    scenario.workerFails("etl/1", "c", Failure.USER);

    assertThat(scenario.stop("etl/1")).isInstanceOf(Reply.Done.class);

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.STOPPED);
    for (String step : new String[] {"a", "b", "c"}) {
      assertThat(scenario.stepStatus("etl/1", step)).isEqualTo(StepStatus.STOPPED);
    }
    assertThat(scenario.stepStatus("etl/1", "after")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(scenario.cancelled()).containsExactly(scenario.task("etl/1", "a").dispatchId());
    assertThat(scenario.run("etl/1").reason()).isEqualTo("a reason");
  }

  @Test
  void shouldStopAQueuedRunWithoutEverBeginningIt() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    scenario.start("etl");
    scenario.start("etl");

    scenario.stop("etl/2");

    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.STOPPED);
    assertThat(scenario.tasks()).hasSize(1);
    scenario.workerSucceeds("etl/1", "a");
    assertThat(scenario.status("etl/3")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldTellTheFollowerOfAQueuedRunThatItWasStopped() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    int question = scenario.nextQuestion();
    scenario.start("etl");

    scenario.stop("etl/2");

    assertThat(scenario.answers(question).get(1))
        .isInstanceOfSatisfying(
            Reply.RunTold.class,
            told -> assertThat(told.run().status()).isEqualTo(RunStatus.STOPPED));
  }

  @Test
  void shouldRefuseToStopWhatHasEnded() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));
    scenario.start("etl");

    assertThat(code(scenario.stop("etl/1"))).isEqualTo("ALREADY_ENDED");
  }

  @Test
  void shouldRefuseToStopWhatNeverWas() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));

    assertThat(code(scenario.stop("etl/7"))).isEqualTo("UNKNOWN_RUN");
    assertThat(code(scenario.stop("nobody/7"))).isEqualTo("UNKNOWN_RUN");
  }

  @Test
  void shouldRefuseToStopAnotherRunThanTheOneMeant() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    Reply.Started started = (Reply.Started) Objects.requireNonNull(scenario.start("etl"));
    scenario.start("etl");

    assertThat(code(scenario.act(Action.STOP, "etl/1", "another"))).isEqualTo("OTHER_RUN");
    assertThat(code(scenario.act(Action.STOP, "etl/2", "another"))).isEqualTo("OTHER_RUN");
    assertThat(scenario.act(Action.STOP, "etl/1", started.runUuid()))
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void shouldChangeNothingForAReportThatComesTooLate() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    scenario.stop("etl/1");
    int events = scenario.timeline().size();

    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.refusals()).containsExactly("STALE_REPORT");
    assertThat(scenario.timeline()).hasSize(events);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void shouldChangeNothingForARepeatedReport() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").to("b"), work("b")));
    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "a");

    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.refusals()).containsExactly("STALE_REPORT");
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldChangeNothingForAReportOfAnEarlierAttempt() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").retries(1, 0, 0)));
    scenario.start("etl");
    String first = scenario.task("etl/1", "a").dispatchId();
    scenario.workerFails("etl/1", "a", Failure.USER).passes(Duration.ofSeconds(1));

    scenario.deliver(succeeded(first));

    assertThat(scenario.refusals()).containsExactly("STALE_REPORT");
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void shouldChangeNothingForAReportOfAnotherRunUnderTheSameAddress() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    String real = scenario.task("etl/1", "a").dispatchId();

    scenario.deliver(succeeded(real.substring(0, real.indexOf('#')) + "#0123456789abcdef"));

    assertThat(scenario.refusals()).containsExactly("STALE_REPORT");
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void shouldChangeNothingForASecondEndOfARun() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    scenario.start("etl");
    scenario.workerSucceeds("etl/1", "a");

    scenario.tell(MachineAddress.workflow("etl"), new Message.RunEnded(1, 1, RunStatus.SUCCEEDED));

    assertThat(scenario.refusals()).containsExactly("ALREADY_ENDED");
  }

  @Test
  void shouldChangeNothingForATimerThatFiresTwice() {
    Scenario scenario = Scenario.given(workflow("etl").steps(sleep("a", 10)));
    scenario.start("etl");

    scenario.tell(Scenario.address("etl/1"), new Message.Due());
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.RUNNING);
    scenario.passes(Duration.ofSeconds(10));
    scenario.tell(Scenario.address("etl/1"), new Message.Due());

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(scenario.timeline())
        .filteredOn(event -> event.event() instanceof TimelineEvent.StepStatusChanged)
        .hasSize(2);
  }

  private static Report succeeded(String dispatchId) {
    return new Report(
        1, dispatchId, Report.Kind.SUCCEEDED, null, Map.of(), null, null, null, null, null, null);
  }

  private static String code(Reply.Answer answer) {
    return ((Reply.Refused) Objects.requireNonNull(answer)).code();
  }
}

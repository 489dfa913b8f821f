package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.sleep;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes, versions, starts, request ids and run strategies (Maestro semantics 1, 6, 9.1). */
class StartScenariosTest {

  @Test
  void shouldNumberVersionsAndRunTheActiveOne() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));

    Reply.Answer second = scenario.push(workflow("etl").inactive().steps(noOp("b")));
    Reply.Answer active = scenario.start("etl", "r1", Map.of());
    Reply.Answer latest = scenario.start("etl", "r2", Map.of(), "latest");
    Reply.Answer exact = scenario.start("etl", "r3", Map.of(), "1");

    assertThat(second)
        .isInstanceOfSatisfying(
            Reply.Pushed.class,
            pushed -> {
              assertThat(pushed.version()).isEqualTo(2);
              assertThat(pushed.active()).isFalse();
            });
    assertThat(active).extracting(StartScenariosTest::version).isEqualTo(1L);
    assertThat(latest).extracting(StartScenariosTest::version).isEqualTo(2L);
    assertThat(exact).extracting(StartScenariosTest::version).isEqualTo(1L);
  }

  @Test
  void shouldLetARunKeepTheVersionItBeganWith() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").to("b"), noOp("b")));
    scenario.start("etl");

    scenario.push(workflow("etl").steps(noOp("other")));
    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.run("etl/1").steps())
        .extracting(step -> step.stepId())
        .containsExactly("a", "b");
    assertThat(scenario.run("etl/1").version()).isEqualTo(1);
  }

  @Test
  void shouldKeepThePropertiesWhenAPushHasNone() {
    Scenario scenario = Scenario.given(workflow("etl").parallel(7).steps(sleep("a", 9)));

    scenario.push(workflow("etl").withoutProperties().steps(sleep("a", 9)));
    scenario.start("etl");
    scenario.start("etl");

    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldRefuseAFirstPushWithoutProperties() {
    Scenario scenario = Scenario.given();

    Reply.Answer answer = scenario.push(workflow("etl").withoutProperties().steps(noOp("a")));

    assertThat(answer).extracting(StartScenariosTest::code).isEqualTo("MISSING");
    assertThat(scenario.machines()).isEmpty();
  }

  @Test
  void shouldRefuseAnInvalidDefinitionAndKeepNothingOfIt() {
    Scenario scenario = Scenario.given();

    Reply.Answer answer = scenario.push(workflow("etl").steps(noOp("a").to("nowhere")));

    assertThat(answer).extracting(StartScenariosTest::code).isEqualTo("INVALID_DEFINITION");
    assertThat(((Reply.Refused) answer).problems()).isNotEmpty();
    assertThat(scenario.machines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7", "nearly-latest"})
  void shouldRefuseAVersionThereIsNot(String version) {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));

    Reply.Answer answer = scenario.start("etl", "r", Map.of(), version);

    assertThat(answer).extracting(StartScenariosTest::code).isEqualTo("UNKNOWN_VERSION");
  }

  @Test
  void shouldRefuseAStartOfAnUnknownWorkflow() {
    Scenario scenario = Scenario.given();

    assertThat(scenario.start("nobody"))
        .extracting(StartScenariosTest::code)
        .isEqualTo("UNKNOWN_WORKFLOW");
    assertThat(scenario.machines()).isEmpty();
  }

  @Test
  void shouldAnswerARepeatedRequestIdWithTheRunItMade() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));

    Reply.Answer first = scenario.start("etl", "same", Map.of());
    Reply.Answer second = scenario.start("etl", "same", Map.of());

    assertThat(((Reply.Started) second).run()).isEqualTo(((Reply.Started) first).run());
    assertThat(((Reply.Started) second).duplicate()).isTrue();
    assertThat(scenario.refusals()).containsExactly("DUPLICATED");
  }

  @Test
  void shouldRememberARequestIdForThirtyDaysAndNoLonger() {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));
    scenario.start("etl", "same", Map.of());

    scenario.passes(Duration.ofDays(30).minusMillis(1));
    assertThat(((Reply.Started) scenario.start("etl", "same", Map.of())).duplicate()).isTrue();
    scenario.passes(Duration.ofMillis(1));

    assertThat(((Reply.Started) scenario.start("etl", "same", Map.of())).duplicate()).isFalse();
  }

  @Test
  void shouldDeriveTheRunsUuidFromItsRequestId() {
    Scenario one = Scenario.given(workflow("etl").steps(noOp("a")));
    Scenario two = Scenario.given(workflow("etl").steps(noOp("a")));
    two.start("etl", "first", Map.of());

    Reply.Started here = (Reply.Started) one.start("etl", "r", Map.of());
    Reply.Started there = (Reply.Started) two.start("etl", "r", Map.of());

    assertThat(here.runUuid()).isEqualTo(there.runUuid());
    assertThat(here.run()).isNotEqualTo(there.run());
  }

  @ParameterizedTest
  @CsvSource({"128, true", "129, false"})
  void shouldTakeRunParamsUpToTheLimit(int count, boolean taken) {
    Scenario scenario = Scenario.given(workflow("etl").steps(noOp("a")));
    Map<String, ParamDefinition> params = new HashMap<>();
    for (int i = 0; i < count; i++) {
      params.put("p" + i, ParamDefinition.literal(new ParamValue.Int(i)));
    }

    Reply.Answer answer = scenario.start("etl", "r", params);

    assertThat(answer instanceof Reply.Started).isEqualTo(taken);
  }

  @Test
  void shouldRunOneAfterTheOtherInTheOrderOfTheirStarts() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));

    for (int i = 0; i < 3; i++) {
      scenario.start("etl");
    }
    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.CREATED);
    assertThat(scenario.run("etl/3").waitingFor()).isNotBlank();
    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.IN_PROGRESS);
    assertThat(scenario.status("etl/3")).isEqualTo(RunStatus.CREATED);
    scenario.workerSucceeds("etl/2", "a").workerSucceeds("etl/3", "a");
    assertThat(scenario.status("etl/3")).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRunAsManyAtOnceAsTheStrategyAllowsAndNoMore() {
    Scenario scenario = Scenario.given(workflow("etl").parallel(2).steps(work("a")));

    for (int i = 0; i < 3; i++) {
      scenario.start("etl");
    }

    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.IN_PROGRESS);
    assertThat(scenario.status("etl/3")).isEqualTo(RunStatus.CREATED);
    scenario.workerSucceeds("etl/2", "a");
    assertThat(scenario.status("etl/3")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLetQueuedStartsGoWhenAPushWidensTheStrategy() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    scenario.start("etl");

    scenario.push(workflow("etl").parallel(2).steps(work("a")));

    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldBeginNoRunWhileTheLoopIsDeep() {
    Scenario scenario = Scenario.given(workflow("etl").parallel(10).steps(work("a")));

    scenario.room(false);
    scenario.start("etl");
    scenario.start("etl");
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.CREATED);
    scenario.room(true);

    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.IN_PROGRESS);
    assertThat(scenario.status("etl/2")).isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLookForRoomByItselfShouldTheHintBeLost() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.room(false);
    scenario.start("etl");
    scenario.state(MachineAddress.workflow("etl"));

    scenario.passes(EngineLimits.DEFAULT.offerAgain());
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.CREATED);
    assertThat(scenario.nextTimer()).isPositive();
  }

  @Test
  void shouldTellTheFollowerTheEnd() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    int question = scenario.nextQuestion();
    scenario.start("etl");

    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.answers(question)).hasSize(2);
    assertThat(scenario.answers(question).get(1))
        .isInstanceOfSatisfying(
            Reply.RunTold.class,
            told -> {
              assertThat(told.last()).isTrue();
              assertThat(told.run().status()).isEqualTo(RunStatus.SUCCEEDED);
            });
  }

  @Test
  void shouldTellAWatcherEachChangeUntilTheEnd() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").to("b"), work("b")));
    scenario.start("etl");
    int question = scenario.nextQuestion();
    scenario.act(Action.WATCH, "etl/1", null);

    scenario.workerSucceeds("etl/1", "a").workerSucceeds("etl/1", "b");

    assertThat(scenario.answers(question))
        .extracting(answer -> ((Reply.RunTold) answer).last())
        .containsExactly(false, false, true);
  }

  @Test
  void shouldTellAWatcherNothingAfterItsLease() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");
    int question = scenario.nextQuestion();
    scenario.act(Action.WATCH, "etl/1", null);

    scenario.passes(EngineLimits.DEFAULT.watchLease());
    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.answers(question)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"64, true", "65, false"})
  void shouldTakeWatchersUpToTheLimit(int watchers, boolean taken) {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");

    Reply.Answer last = null;
    for (int i = 0; i < watchers; i++) {
      int question = scenario.nextQuestion();
      scenario.act(Action.WATCH, "etl/1", null);
      last = scenario.answers(question).get(scenario.answers(question).size() - 1);
    }

    assertThat(last instanceof Reply.RunTold).isEqualTo(taken);
  }

  private static long version(Reply.Answer answer) {
    return ((Reply.Started) answer).version();
  }

  private static String code(Reply.Answer answer) {
    return ((Reply.Refused) answer).code();
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Message;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Report;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Restart, kill and skip (Maestro semantics 9.2 to 9.6, 3.4; decisions, the tree). */
final class RestartScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static String worker(String id, String... next) {
    String successors =
        String.join(",", List.of(next).stream().map(to -> "'" + to + "':'true'").toList());
    return "{'step':{'id':'%s','type':'Work','retry_policy':{'error_retry_limit':0},'transition':{'successors':{%s}}}}"
        .formatted(id, successors);
  }

  private static final String CHAIN = worker("a", "b") + "," + worker("b", "c") + "," + worker("c");

  private static String loop(String steps) {
    return "{'foreach':{'id':'fe','concurrency':10,'params':{'loop_params':{'type':'MAP','value':"
        + "{'i':{'type':'LONG_ARRAY','value':[1,2,3]}}}},'steps':["
        + steps
        + "]}}";
  }

  private static ActionRequest request(
      Action action, String target, @Nullable String step, @Nullable RestartPolicy policy) {
    return request(action, target, step, policy, Map.of());
  }

  private static ActionRequest request(
      Action action,
      String target,
      @Nullable String step,
      @Nullable RestartPolicy policy,
      Map<String, ParamDefinition> params) {
    return new ActionRequest(action, target, null, null, "ada", null, step, policy, params, null);
  }

  private TreeScenario failedInTheMiddle() {
    return scenarios
        .tree(CHAIN)
        .whenStarted()
        .whenWorkerSucceeds("flow/1", "a")
        .whenWorkerFails("flow/1", "b")
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldRunWhatIsIncompleteAgain() {
    TreeScenario story =
        failedInTheMiddle()
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .thenNotCreated("flow/1", "a")
            .whenWorkerSucceeds("flow/1", "b")
            .whenWorkerSucceeds("flow/1", "c")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(2);
    assertThat(story.run("flow/1").aggregated()).isNull();
  }

  @Test
  void shouldRunAllAgainFromTheBeginning() {
    failedInTheMiddle()
        .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_BEGINNING))
        .whenWorkerSucceeds("flow/1", "a")
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "c")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRunTheNamedStepAndWhatFollowsItAgain() {
    scenarios
        .tree(CHAIN)
        .whenStarted()
        .whenWorkerSucceeds("flow/1", "a")
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "c")
        .whenActed(request(Action.RESTART, "flow/1", "b", null))
        .thenNotCreated("flow/1", "a")
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "c")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRefuseToRestartWhatIsComplete() {
    TreeScenario story =
        scenarios
            .tree("{'step':{'id':'a','type':'NoOp'}}")
            .whenStarted()
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE));
    story.base().thenRefused("NOTHING_INCOMPLETE");
  }

  @Test
  void shouldTakeTheParamsOfTheRestart() {
    scenarios
        .tree("{'step':{'id':'a','type':'NoOp'}}")
        .and(
            "flow",
            ",'params':{'n':{'type':'LONG','value':1}}",
            "{'step':{'id':'a','type':'NoOp','params':{'m':{'type':'LONG','expression':'n + 1'}}}}")
        .whenStarted()
        .thenParamIs("flow/1", "a", "m", 2)
        .whenActed(
            request(
                Action.RESTART,
                "flow/1",
                null,
                RestartPolicy.FROM_BEGINNING,
                TreeScenario.literals(Map.of("n", new ParamValue.Int(10)))))
        .thenParamIs("flow/1", "a", "m", 11)
        .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_BEGINNING))
        .thenParamIs("flow/1", "a", "m", 11);
  }

  @Test
  void shouldRunOnlyTheIncompleteIterationsAgain() {
    TreeScenario story =
        scenarios
            .tree(loop(worker("w")))
            .whenStarted()
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .whenWorkerFails("flow/1/fe/1", "w")
            .whenWorkerSucceeds("flow/1/fe/2", "w")
            .thenRunIs("flow/1", RunStatus.FAILED)
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .thenStepIs("flow/1", "fe", StepStatus.RUNNING)
            .whenWorkerSucceeds("flow/1/fe/1", "w")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1/fe/0").run()).isEqualTo(1);
    assertThat(story.run("flow/1/fe/1").run()).isEqualTo(2);
  }

  @Test
  void shouldRestartAnIterationOfALoopThatStillRuns() {
    TreeScenario story =
        scenarios
            .tree(loop(worker("w")))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/1", "w")
            .whenActed(
                new ActionRequest(
                    Action.RESTART, "flow/1", null, null, null, null, null, null, Map.of(), null));
    story.base().thenRefused("NOT_ENDED");
    story
        .base()
        .told(
            TreeScenario.machine("flow/1"),
            new Message.Act(
                request(Action.RESTART, "flow/1/fe/1", null, null), story.base().asker()))
        .thenDone();
    story
        .whenWorkerSucceeds("flow/1/fe/1", "w")
        .whenWorkerSucceeds("flow/1/fe/0", "w")
        .whenWorkerSucceeds("flow/1/fe/2", "w")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRestartAWhileAtItsLastIteration() {
    String count =
        "{'while':{'id':'wh','condition':'i < 3','params':{'loop_params':{'type':'MAP','value':{'i':{'type':'LONG','value':0}}}},"
            + "'steps':[{'step':{'id':'a','type':'Work','retry_policy':{'error_retry_limit':0},"
            + "'params':{'i':{'type':'LONG','expression':'i + 1'}}}}]}}";
    TreeScenario story =
        scenarios
            .tree(count)
            .whenStarted()
            .whenWorkerSucceeds("flow/1/wh/0", "a")
            .whenWorkerFails("flow/1/wh/1", "a")
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .whenWorkerSucceeds("flow/1/wh/1", "a")
            .thenParamIs("flow/1/wh/1", "a", "i", 2)
            .whenWorkerSucceeds("flow/1/wh/2", "a")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1/wh/0").run()).isEqualTo(1);
    assertThat(story.run("flow/1/wh/1").run()).isEqualTo(2);
  }

  @Test
  void shouldTryAStepAgainInARunThatGoesOn() {
    scenarios
        .tree(worker("a") + "," + worker("b", "c") + "," + worker("c"))
        .whenStarted()
        .whenWorkerFails("flow/1", "b")
        .whenActed(request(Action.RESTART, "flow/1", "b", null))
        .thenStepIs("flow/1", "b", StepStatus.RUNNING)
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "c")
        .whenWorkerSucceeds("flow/1", "a")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldSkipARunningStep() {
    scenarios
        .tree(CHAIN)
        .whenStarted()
        .whenActed(request(Action.SKIP, "flow/1", "a", null))
        .thenStepIs("flow/1", "a", StepStatus.SKIPPED)
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "c")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldSkipAFailedStepOfARunThatHasEnded() {
    failedInTheMiddle()
        .whenActed(request(Action.SKIP, "flow/1", "b", null))
        .thenStepIs("flow/1", "b", StepStatus.SKIPPED)
        .whenWorkerSucceeds("flow/1", "c")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldApplyTheFailureModeToAStepThatIsKilled() {
    scenarios
        .tree(worker("a") + "," + worker("b", "c") + "," + worker("c"))
        .whenStarted()
        .whenActed(request(Action.KILL, "flow/1", "b", null))
        .thenStepIs("flow/1", "b", StepStatus.FATALLY_FAILED)
        .thenStepIs("flow/1", "a", StepStatus.RUNNING)
        .whenWorkerSucceeds("flow/1", "a")
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldEndAKilledRunFailed() {
    TreeScenario story =
        scenarios
            .tree(loop(worker("w")))
            .whenStarted()
            .whenActed(request(Action.KILL, "flow/1", null, null))
            .thenRunIs("flow/1/fe/1", RunStatus.STOPPED)
            .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
            .thenRunIs("flow/1", RunStatus.FAILED);
    assertThat(story.base().lastReply()).isInstanceOf(Reply.Done.class);
  }

  @Test
  void shouldKeepTheAggregatedStatusOfWhatARestartLeftOut() {
    TreeScenario story =
        scenarios
            .tree(worker("a") + "," + worker("b"))
            .whenStarted()
            .whenWorkerFails("flow/1", "a")
            .whenWorkerFails("flow/1", "b")
            .whenActed(request(Action.RESTART, "flow/1", "a", null))
            .whenWorkerSucceeds("flow/1", "a")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").aggregated()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldStopARestartThatIsQueued() {
    TreeScenario story =
        scenarios
            .tree(worker("a"))
            .whenStarted()
            .whenWorkerFails("flow/1", "a")
            .whenStarted()
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .whenActed(request(Action.STOP, "flow/1", null, null));
    assertThat(story.base().lastReply()).isInstanceOf(Reply.Done.class);
    story.thenRunIs("flow/1", RunStatus.STOPPED);
    assertThat(story.run("flow/1").run()).isEqualTo(2);
  }

  private static final String RETRIED =
      "{'step':{'id':'a','type':'Work','timeout':'60','retry_policy':"
          + "{'error_retry_limit':1,'platform_retry_limit':1,'timeout_retry_limit':1}}}";

  @Test
  void shouldSkipAStepThatFailedAndWaitsForAnotherAttempt() {
    for (Report.Failure whose : List.of(Report.Failure.USER, Report.Failure.PLATFORM)) {
      scenarios
          .tree(RETRIED)
          .whenStarted()
          .whenWorkerFails("flow/1", "a", whose)
          .whenActed(request(Action.SKIP, "flow/1", "a", null))
          .thenStepIs("flow/1", "a", StepStatus.SKIPPED)
          .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    }
  }

  @Test
  void shouldSkipAStepThatTookTooLongAndWaitsForAnotherAttempt() {
    scenarios
        .tree(RETRIED)
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(60))
        .thenStepIs("flow/1", "a", StepStatus.TIMEOUT_FAILED)
        .whenActed(request(Action.SKIP, "flow/1", "a", null))
        .thenStepIs("flow/1", "a", StepStatus.SKIPPED);
  }

  @Test
  void shouldTryAStepAgainThatWasStopped() {
    scenarios
        .tree(worker("a") + "," + worker("b"))
        .whenStarted()
        .whenActed(request(Action.STOP, "flow/1", "b", null))
        .thenStepIs("flow/1", "b", StepStatus.STOPPED)
        .whenActed(request(Action.RESTART, "flow/1", "b", null))
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "a")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldTryAStepAgainThatTookTooLong() {
    scenarios
        .tree(worker("a") + "," + "{'step':{'id':'b','type':'Work','timeout':'60'}}")
        .whenStarted()
        .whenTimePasses(Duration.ofSeconds(60))
        .thenStepIs("flow/1", "b", StepStatus.TIMED_OUT)
        .whenActed(request(Action.RESTART, "flow/1", "b", null))
        .whenWorkerSucceeds("flow/1", "b")
        .whenWorkerSucceeds("flow/1", "a")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldTryAStepAgainWhoseParamFailedWithOtherParams() {
    scenarios
        .tree(
            worker("a")
                + ",{'step':{'id':'b','type':'NoOp','params':{"
                + "'d':{'type':'LONG','value':0},'n':{'type':'LONG','expression':'1 / d'}}}}")
        .whenStarted()
        .thenStepIs("flow/1", "b", StepStatus.INTERNALLY_FAILED)
        .whenActed(
            request(
                Action.RESTART,
                "flow/1",
                "b",
                null,
                TreeScenario.literals(Map.of("d", new ParamValue.Int(1)))))
        .thenParamIs("flow/1", "b", "n", 1)
        .whenWorkerSucceeds("flow/1", "a")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRefuseWhatARestartCannotMean() {
    TreeScenario story = failedInTheMiddle();
    story.whenActed(request(Action.RESTART, "flow/1", "nobody", null));
    story.base().thenRefused("UNKNOWN_STEP");
    story.whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_SPECIFIC));
    story.base().thenRefused("BAD_POLICY");
    story.thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldRefuseAnActionOnARunThatIsNotTheLatest() {
    TreeScenario story =
        failedInTheMiddle()
            .whenActed(request(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE));
    story
        .base()
        .told(
            TreeScenario.machine("flow/1"),
            new Message.Act(request(Action.STOP, "flow/1:1", null, null), story.base().asker()))
        .thenRefused("OTHER_RUN");
    story.thenRunIs("flow/1", RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldAnswerARepeatedRestartWithTheRunItMade() {
    ActionRequest again =
        new ActionRequest(
            Action.RESTART, "flow/1", null, null, "ada", null, null, null, Map.of(), "once");
    TreeScenario story = failedInTheMiddle().whenActed(again).whenActed(again);
    assertThat(story.base().lastReply())
        .isInstanceOfSatisfying(
            Reply.Started.class,
            started -> {
              assertThat(started.run()).isEqualTo("flow/1:2");
              assertThat(started.duplicate()).isTrue();
            });
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loops that are restarted, stopped and forgotten (Maestro semantics 2.8, 2.9, 9.2). */
final class LoopRestartScenarioTest {
  private static final String WORKER = worker("w", "");

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static String worker(String id, String params) {
    return "{'step':{'id':'%s','type':'Work','retry_policy':{'error_retry_limit':0},'params':{%s}}}"
        .formatted(id, params);
  }

  private static String foreach(String id, String fields, String values, String steps) {
    return "{'foreach':{'id':'%s'%s,'params':{'loop_params':{'type':'MAP','value':{'%s_i':{'type':'LONG_ARRAY',%s}}}},'steps':[%s]}}"
        .formatted(id, fields, id, values, steps);
  }

  /** As long as {@code i} is below a number; {@code steps} make the next one of it. */
  private static String counting(int until, String steps) {
    return "{'while':{'id':'wh','condition':'i < %d','params':{'loop_params':{'type':'MAP','value':{'i':{'type':'LONG','value':0}}}},'steps':[%s]}}"
        .formatted(until, steps);
  }

  private static final String ADDING = "'i':{'type':'LONG','expression':'i + 1'}";

  private static ActionRequest restart(String target, @Nullable RestartPolicy policy) {
    return restart(target, null, policy);
  }

  private static ActionRequest restart(
      String target, @Nullable String step, @Nullable RestartPolicy policy) {
    return new ActionRequest(
        Action.RESTART, target, null, null, "ada", null, step, policy, Map.of(), null);
  }

  private static List<String> inner() {
    return List.of(
        "flow/1/wh/0/out/0/in/0",
        "flow/1/wh/0/out/0/in/1",
        "flow/1/wh/0/out/1/in/0",
        "flow/1/wh/0/out/1/in/1",
        "flow/1/wh/1/out/0/in/0",
        "flow/1/wh/1/out/0/in/1",
        "flow/1/wh/1/out/1/in/0",
        "flow/1/wh/1/out/1/in/1");
  }

  /** As on a cluster, where what has succeeded is known by its letter alone, and with all kept. */
  @Test
  void shouldRunOnlyWhatIsIncompleteOfAForeachInAForeachInAWhile() {
    String loops =
        foreach(
            "out",
            ",'transition':{'successors':{'add':'true'}}",
            "'value':[1,2]",
            foreach("in", "", "'value':[1,2]", WORKER));
    String steps =
        counting(2, loops + ",{'step':{'id':'add','type':'NoOp','params':{%s}}}".formatted(ADDING));
    for (TreeScenario story :
        List.of(scenarios.tree(steps), scenarios.forgetfulTree(EngineLimits.DEFAULT, steps))) {
      // given two iterations that failed, below each of the two of the same loop
      story.whenStarted();
      List<String> failing = List.of("flow/1/wh/1/out/0/in/1", "flow/1/wh/1/out/1/in/0");
      for (String iteration : inner()) {
        if (failing.contains(iteration)) {
          story.whenWorkerFails(iteration, "w");
        } else {
          story.whenWorkerSucceeds(iteration, "w");
        }
      }
      story.thenRunIs("flow/1", RunStatus.FAILED);

      // when
      story.whenActed(restart("flow/1", RestartPolicy.FROM_INCOMPLETE));
      failing.forEach(iteration -> story.whenWorkerSucceeds(iteration, "w"));

      // then
      story.thenRunIs("flow/1", RunStatus.SUCCEEDED);
      assertThat(story.tasks("flow/1").keySet()).containsExactlyElementsOf(inner());
      story
          .tasks("flow/1")
          .forEach(
              (iteration, tasks) ->
                  assertThat(tasks).as(iteration).isEqualTo(failing.contains(iteration) ? 2 : 1));
    }
  }

  @Test
  void shouldGoOnWithAWhileFromWhereTheNamedIterationBegan() {
    TreeScenario story = scenarios.tree(counting(3, worker("w", ADDING))).whenStarted();
    for (int i = 0; i < 3; i++) {
      story.whenWorkerSucceeds("flow/1/wh/" + i, "w");
    }

    // when
    story
        .thenRunIs("flow/1", RunStatus.SUCCEEDED)
        .whenActed(restart("flow/1/wh/1", RestartPolicy.FROM_BEGINNING))
        .whenWorkerSucceeds("flow/1/wh/1", "w");

    // then it counts on from there, and the last one runs again
    story
        .thenParamIs("flow/1/wh/1", "w", "i", 2)
        .whenWorkerSucceeds("flow/1/wh/2", "w")
        .thenParamIs("flow/1/wh/2", "w", "i", 3)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.tasks("flow/1"))
        .isEqualTo(Map.of("flow/1/wh/0", 1L, "flow/1/wh/1", 2L, "flow/1/wh/2", 2L));
  }

  @Test
  void shouldRunAnIterationThatSucceededAsAWholeWhenItIsNamed() {
    TreeScenario story =
        scenarios
            .tree(foreach("fe", "", "'value':[1,2]", WORKER))
            .whenStarted()
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .whenWorkerSucceeds("flow/1/fe/1", "w")
            .whenActed(restart("flow/1/fe/1", null))
            .whenWorkerSucceeds("flow/1/fe/1", "w")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.tasks("flow/1")).isEqualTo(Map.of("flow/1/fe/0", 1L, "flow/1/fe/1", 2L));
  }

  @Test
  void shouldNumberTheEventsOfAForgottenIterationOnThatRunsAgain() {
    TreeScenario story =
        scenarios
            .forgetfulTree(EngineLimits.DEFAULT, foreach("fe", "", "'value':[1]", WORKER))
            .whenStarted()
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .whenActed(restart("flow/1/fe/0", null))
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.base().cluster().outcome().timeline())
        .filteredOn(event -> event.address().equals("flow/1/fe/0"))
        .extracting(TimelineEvent::sequence)
        .doesNotHaveDuplicates()
        .contains(1L, 1_000_001L)
        .isSorted();
  }

  /** Decisions, the tree 7: also if a step before it has to run first. */
  @Test
  void shouldKeepWhatSucceededOfALoopBehindAStepThatRunsAgain() {
    String first =
        worker("first", "").replace("'params':{}", "'transition':{'successors':{'fe':'true'}}");
    TreeScenario story =
        scenarios
            .forgetfulTree(
                EngineLimits.DEFAULT, first + "," + foreach("fe", "", "'value':[1]", WORKER))
            .whenStarted()
            .whenWorkerSucceeds("flow/1", "first")
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .whenActed(restart("flow/1", RestartPolicy.FROM_BEGINNING))
            .whenWorkerFails("flow/1", "first")
            .thenRunIs("flow/1", RunStatus.FAILED)
            .whenActed(restart("flow/1", RestartPolicy.FROM_INCOMPLETE))
            .whenWorkerSucceeds("flow/1", "first")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.tasks("flow/1/fe")).isEqualTo(Map.of("flow/1/fe/0", 1L));
  }

  /** A restart of a part that succeeded leaves the rest as it was, and that is still to be had. */
  @Test
  void shouldKeepAnIterationOfWhichOnlyAPartWasPutRight() {
    TreeScenario story =
        scenarios
            .forgetfulTree(
                EngineLimits.DEFAULT,
                foreach("fe", "", "'value':[1]", worker("v", "") + "," + WORKER))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/0", "v")
            .whenWorkerFails("flow/1/fe/0", "w")
            .whenActed(restart("flow/1/fe/0", "w", null))
            .whenWorkerSucceeds("flow/1/fe/0", "w")
            .thenRunIs("flow/1", RunStatus.FAILED)
            .whenActed(restart("flow/1", RestartPolicy.FROM_INCOMPLETE))
            .thenNotCreated("flow/1/fe/0", "w")
            .whenWorkerSucceeds("flow/1/fe/0", "v")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.tasks("flow/1")).isEqualTo(Map.of("flow/1/fe/0", 4L));
  }

  @Test
  void shouldForgetWhatFailedBeforeTheLoopBeganAnewWithLess() {
    String values = "'expression':'Util.intsBetween(0, n, 1)'";
    TreeScenario story =
        scenarios
            .forgetfulTree(EngineLimits.DEFAULT, WORKER)
            .and(
                "flow",
                ",'params':{'n':{'type':'LONG','value':0}}",
                foreach("fe", "", values, WORKER));
    story.whenStartedWith("n", 3);
    for (int i = 0; i < 3; i++) {
      story.whenWorkerFails("flow/1/fe/" + i, "w");
    }

    // when it begins anew with one iteration and is stopped
    story
        .whenActed(
            new ActionRequest(
                Action.RESTART,
                "flow/1",
                null,
                null,
                "ada",
                null,
                null,
                RestartPolicy.FROM_BEGINNING,
                TreeScenario.literals(Map.of("n", new ParamValue.Int(1))),
                null))
        .whenStopped()
        .thenRunIs("flow/1", RunStatus.STOPPED);
    assertThat(story.instances("flow/1"))
        .containsExactlyInAnyOrder("flow/1", "flow/1/fe/0", "flow/1/fe/1", "flow/1/fe/2");
    story.whenTimePasses(EngineLimits.DEFAULT.instanceRetention().plusMillis(1));

    // then
    assertThat(story.instances("flow/1")).isEmpty();
  }

  @Test
  void shouldForgetWhatFailedAndWasNotReachedAgain() {
    TreeScenario story =
        scenarios.forgetfulTree(
            EngineLimits.DEFAULT,
            foreach(
                "fe", ",'concurrency':1,'failure_mode':'IGNORE_FAILURE'", "'value':[1,2]", WORKER));
    story.whenStarted();
    story
        .whenWorkerFails("flow/1/fe/0", "w")
        .whenWorkerFails("flow/1/fe/1", "w")
        .whenActed(restart("flow/1", RestartPolicy.FROM_BEGINNING))
        .whenStopped();

    // when
    story.whenTimePasses(EngineLimits.DEFAULT.instanceRetention().plus(Duration.ofMillis(1)));

    // then
    assertThat(story.instances("flow/1")).isEmpty();
  }

  @Test
  void shouldStopMoreIterationsThanATurnMayTell() {
    TreeScenario story =
        scenarios
            .tree(
                EngineLimits.DEFAULT.withFollowUpsPerTurn(3),
                foreach("fe", "", "'expression':'Util.intsBetween(0, 10, 1)'", WORKER))
            .whenStarted();
    assertThat(story.tasks("flow/1")).hasSize(10);

    // when
    story.whenStopped();

    // then
    story.thenStepIs("flow/1", "fe", StepStatus.STOPPED).thenRunIs("flow/1", RunStatus.STOPPED);
    for (int i = 0; i < 10; i++) {
      story.thenRunIs("flow/1/fe/" + i, RunStatus.STOPPED);
    }
  }

  @Test
  void shouldStopMoreIterationsThanATurnMayTellWhenOneFails() {
    TreeScenario story =
        scenarios
            .tree(
                EngineLimits.DEFAULT.withFollowUpsPerTurn(2),
                foreach(
                    "fe",
                    ",'failure_mode':'FAIL_IMMEDIATELY'",
                    "'expression':'Util.intsBetween(0, 7, 1)'",
                    WORKER))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/3", "w")
            .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
            .thenRunIs("flow/1", RunStatus.FAILED);
    for (int i : new int[] {0, 1, 2, 4, 5, 6}) {
      story.thenRunIs("flow/1/fe/" + i, RunStatus.STOPPED);
    }
  }
}

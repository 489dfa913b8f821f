package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Report;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs know when those above them end them (decisions, the tree 11 and 14), and begin nothing after
 * it, whichever of the timers that came due in an outage fires first.
 */
final class DeadlineScenarioTest {
  private static final String LOOP =
      "{'foreach':{'id':'fe','timeout':'1 hour','concurrency':1,'params':{'loop_params':{'type':'MAP','value':{'i':{'type':'LONG_ARRAY','value':[1,2]}}}},'steps':[%s]}}";
  private static final String WORKER = "{'step':{'id':'w','type':'Work'}}";
  private static final String TWO_WORKERS =
      "{'step':{'id':'w','type':'Work','transition':{'successors':{'next':'true'}}}},{'step':{'id':'next','type':'Work'}}";
  private static final Duration OUTAGE = Duration.ofHours(2);

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static String sub(String fields) {
    return "{'subworkflow':{'id':'sub'%s,'params':{'subworkflow_id':{'type':'STRING','value':'child'}}}}"
        .formatted(fields);
  }

  private static void thenEndsWithin(TreeScenario story, String instance, Duration most) {
    Parent parent = story.run(instance).parent();
    assertThat(parent).isNotNull();
    assertThat(parent.deadline()).isEqualTo(Scenario.BEGIN + most.toMillis());
  }

  private static ActionRequest asked(
      ActionRequest.Action action, String target, @Nullable RestartPolicy policy) {
    return new ActionRequest(action, target, null, null, "ada", null, null, policy, Map.of(), null);
  }

  // ---- what is carried

  @Test
  void shouldTellEachIterationWhenTheLoopEnds() {
    TreeScenario story = scenarios.tree(LOOP.formatted(WORKER)).whenStarted();

    story.whenTimePasses(Duration.ofMinutes(20)).whenWorkerSucceeds("flow/1/fe/0", "w");

    thenEndsWithin(story, "flow/1/fe/0", Duration.ofHours(1));
    thenEndsWithin(story, "flow/1/fe/1", Duration.ofHours(1));
  }

  @Test
  void shouldTakeTheEarliestOfAllTimeoutsAbove() {
    TreeScenario story =
        scenarios
            .tree(sub(",'timeout':'50 minutes'"))
            .and("child", ",'timeout':'30 minutes'", LOOP.formatted(WORKER))
            .whenStarted();

    thenEndsWithin(story, "child/1", Duration.ofMinutes(50));
    thenEndsWithin(story, "child/1/fe/0", Duration.ofMinutes(30));
  }

  @Test
  void shouldCarryNothingIntoASubworkflowThatNobodyWaitsFor() {
    TreeScenario story =
        scenarios
            .tree(sub(",'timeout':'1 hour','sync':false"))
            .and("child", "", WORKER)
            .whenStarted();

    Parent parent = story.run("child/1").parent();
    assertThat(parent).isNotNull();
    assertThat(parent.deadline()).isNull();
  }

  // ---- what it is for

  @Test
  void shouldNotRetryWhenTheLoopIsOverdue() {
    TreeScenario story = scenarios.tree(LOOP.formatted(WORKER)).whenStarted();
    story.whenWorkerFails("flow/1/fe/0", "w", Report.Failure.PLATFORM);
    story.base().cluster().restartAfter(OUTAGE);

    story.base().told(TreeScenario.machine("flow/1/fe/0"), new Message.Due()); // before the loop's
    story
        .thenStepIs("flow/1/fe/0", "w", StepStatus.CREATED)
        .thenRunIs("flow/1", RunStatus.IN_PROGRESS);
    story.whenTimePasses(Duration.ZERO);

    story
        .thenStepIs("flow/1/fe/0", "w", StepStatus.TIMED_OUT)
        .thenRunIs("flow/1/fe/0", RunStatus.TIMED_OUT)
        .thenStepIs("flow/1", "fe", StepStatus.TIMED_OUT)
        .thenRunIs("flow/1", RunStatus.TIMED_OUT);
    assertThat(story.tasks("flow")).isEqualTo(Map.of("flow/1/fe/0", 1L));
  }

  @Test
  void shouldBeginNoSuccessorWhenTheRunAboveIsOverdue() {
    TreeScenario story =
        scenarios.tree(sub(",'timeout':'1 hour'")).and("child", "", TWO_WORKERS).whenStarted();
    story.base().cluster().restartAfter(OUTAGE);

    story.whenWorkerSucceeds("child/1", "w");
    story
        .thenStepIs("child/1", "w", StepStatus.SUCCEEDED)
        .thenStepIs("child/1", "next", StepStatus.CREATED)
        .whenActed(asked(ActionRequest.Action.SHOW, "child/1", null));
    assertThat(story.base().lastReply().toString())
        .contains("The time of what it is part of is over, so that it is about to be ended.");
    story.whenTimePasses(Duration.ZERO);

    story
        .thenStepIs("child/1", "next", StepStatus.TIMED_OUT)
        .thenRunIs("child/1", RunStatus.TIMED_OUT)
        .thenRunIs("flow/1", RunStatus.TIMED_OUT);
    assertThat(story.tasks("child")).isEqualTo(Map.of("child/1", 1L));
  }

  @Test
  void shouldGiveNoIterationWorkWhenTheLoopIsOverdue() {
    TreeScenario story = scenarios.tree(LOOP.formatted(WORKER)).whenStarted();
    story.base().cluster().restartAfter(OUTAGE);

    story.whenWorkerSucceeds("flow/1/fe/0", "w").whenTimePasses(Duration.ZERO);

    story
        .thenRunIs("flow/1/fe/0", RunStatus.SUCCEEDED)
        .thenStepIs("flow/1", "fe", StepStatus.TIMED_OUT)
        .thenRunIs("flow/1", RunStatus.TIMED_OUT);
    assertThat(story.tasks("flow")).isEqualTo(Map.of("flow/1/fe/0", 1L));
  }

  @Test
  void shouldStillWorkAtTheVeryDeadline() {
    TreeScenario story =
        scenarios.tree(sub(",'timeout':'1 hour'")).and("child", "", TWO_WORKERS).whenStarted();
    story.base().cluster().restartAfter(Duration.ofHours(1));

    story.whenWorkerSucceeds("child/1", "w");

    story.thenStepIs("child/1", "next", StepStatus.RUNNING);
  }

  @Test
  void shouldBeginAnewWhenTheLoopIsRestarted() {
    TreeScenario story = scenarios.tree(LOOP.formatted(WORKER)).whenStarted();
    story.base().cluster().restartAfter(OUTAGE);
    story.whenTimePasses(Duration.ZERO).thenRunIs("flow/1", RunStatus.TIMED_OUT);

    story.whenActed(asked(ActionRequest.Action.RESTART, "flow/1", RestartPolicy.FROM_INCOMPLETE));

    thenEndsWithin(story, "flow/1/fe/0", OUTAGE.plusHours(1));
    story.whenWorkerSucceeds("flow/1/fe/0", "w").whenWorkerSucceeds("flow/1/fe/1", "w");
    story.thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }
}

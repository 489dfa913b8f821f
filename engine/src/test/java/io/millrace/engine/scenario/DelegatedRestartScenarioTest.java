package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Restarts of what lies below a step that waits for it: they go up to the first run that is still
 * in progress, else to the root, and down again (Maestro semantics 9.2).
 */
final class DelegatedRestartScenarioTest {
  private static final String SUB =
      "{'subworkflow':{'id':'sub','params':{'subworkflow_id':{'type':'STRING','value':'child'}}}}";
  private static final String CHAIN = worker("a", "'b':'true'") + "," + worker("b", "");

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static String worker(String id, String successors) {
    return "{'step':{'id':'%s','type':'Work','retry_policy':{'error_retry_limit':0},'transition':{'successors':{%s}}}}"
        .formatted(id, successors);
  }

  private static String foreach(String id, String fields, String steps) {
    return "{'foreach':{'id':'%s'%s,'params':{'loop_params':{'type':'MAP','value':{'%s_i':{'type':'LONG_ARRAY','value':[1,2]}}}},'steps':[%s]}}"
        .formatted(id, fields, id, steps);
  }

  private static ActionRequest act(
      Action action, String target, @Nullable String step, @Nullable RestartPolicy policy) {
    return new ActionRequest(action, target, null, null, "ada", null, step, policy, Map.of(), null);
  }

  @Test
  void shouldRestartTheSubworkflowItHadInPlace() {
    TreeScenario story =
        scenarios
            .tree(SUB)
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .thenStepIs("flow/1", "sub", StepStatus.FATALLY_FAILED)
            .whenActed(act(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .thenNotCreated("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .thenStepIs("flow/1", "sub", StepStatus.SUCCEEDED)
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("child/1").run()).isEqualTo(2);
    assertThat(story.instances("child/")).containsExactly("child/1");
  }

  @Test
  void shouldRestartASubworkflowThroughTheStepThatWaitsForIt() {
    TreeScenario story =
        scenarios
            .tree(SUB)
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .whenActed(act(Action.RESTART, "child/1", null, RestartPolicy.FROM_INCOMPLETE))
            .thenStepIs("flow/1", "sub", StepStatus.RUNNING)
            .whenWorkerSucceeds("child/1", "b")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(2);
  }

  @Test
  void shouldRestartAStepOfASubworkflowThroughTheRootThatHasEnded() {
    TreeScenario story =
        scenarios
            .tree(SUB)
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .thenRunIs("flow/1", RunStatus.FAILED)
            .whenActed(act(Action.RESTART, "child/1", "a", null))
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(2);
    assertThat(story.tasks("child/1")).isEqualTo(Map.of("child/1", 4L));
  }

  @Test
  void shouldSkipAStepOfASubworkflowThroughTheRootThatHasEnded() {
    scenarios
        .tree(SUB)
        .and("child", "", CHAIN)
        .whenStarted()
        .whenWorkerFails("child/1", "a")
        .whenActed(act(Action.SKIP, "child/1", "a", null))
        .thenStepIs("child/1", "a", StepStatus.SKIPPED)
        .whenWorkerSucceeds("child/1", "b")
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  /** The root goes on, so its step is tried again and no run is added to it. */
  @Test
  void shouldRestartAStepOfASubworkflowThroughTheRootThatIsInProgress() {
    TreeScenario story =
        scenarios
            .tree(SUB + "," + worker("beside", ""))
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .thenStepIs("flow/1", "sub", StepStatus.FATALLY_FAILED)
            .whenActed(act(Action.RESTART, "child/1", "b", null))
            .thenStepIs("flow/1", "sub", StepStatus.RUNNING)
            .thenNotCreated("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .thenStepIs("flow/1", "sub", StepStatus.SUCCEEDED)
            .whenWorkerSucceeds("flow/1", "beside")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(1);
    assertThat(story.run("child/1").run()).isEqualTo(2);
  }

  /** From a subworkflow in an iteration up to a loop that still runs. */
  @Test
  void shouldRestartTheIterationAroundASubworkflowInALoopThatRuns() {
    TreeScenario story =
        scenarios
            .tree(foreach("fe", "", SUB))
            .andParallel("child", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .thenRunIs("flow/1/fe/0", RunStatus.FAILED)
            .thenStepIs("flow/1", "fe", StepStatus.RUNNING)
            .whenActed(act(Action.RESTART, "child/1", null, null))
            .whenWorkerSucceeds("child/1", "b")
            .thenRunIs("flow/1/fe/0", RunStatus.SUCCEEDED)
            .whenWorkerSucceeds("child/2", "a")
            .whenWorkerSucceeds("child/2", "b")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(1);
    assertThat(story.tasks("child/1")).isEqualTo(Map.of("child/1", 3L));
  }

  /** From an iteration of a subworkflow of an iteration to a root that has ended, and back. */
  @Test
  void shouldRestartAnIterationDeepBelowTheRoot() {
    TreeScenario story =
        scenarios
            .forgetfulTree(EngineLimits.DEFAULT, foreach("fe", "", SUB))
            .andParallel("child", foreach("in", "", CHAIN))
            .whenStarted();
    for (String child : new String[] {"child/1", "child/2"}) {
      for (int i = 0; i < 2; i++) {
        story.whenWorkerSucceeds(child + "/in/" + i, "a");
        if (child.equals("child/2") && i == 1) {
          story.whenWorkerFails(child + "/in/" + i, "b");
        } else {
          story.whenWorkerSucceeds(child + "/in/" + i, "b");
        }
      }
    }
    story
        .thenRunIs("flow/1", RunStatus.FAILED)
        .whenActed(act(Action.RESTART, "child/2/in/1", null, RestartPolicy.FROM_INCOMPLETE))
        .whenWorkerSucceeds("child/2/in/1", "b")
        .thenRunIs("child/2", RunStatus.SUCCEEDED)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.tasks("child/"))
        .isEqualTo(
            Map.of("child/1/in/0", 2L, "child/1/in/1", 2L, "child/2/in/0", 2L, "child/2/in/1", 3L));
  }

  /** An iteration of a loop that has ended, in a run that goes on. */
  @Test
  void shouldRestartAnIterationOfALoopThatHasEndedInARunThatGoesOn() {
    TreeScenario story =
        scenarios
            .tree(foreach("fe", "", CHAIN) + "," + worker("beside", ""))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/0", "a")
            .whenWorkerFails("flow/1/fe/1", "a")
            .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
            .whenActed(act(Action.RESTART, "flow/1/fe/1", null, null))
            .whenWorkerSucceeds("flow/1/fe/1", "a")
            .whenWorkerSucceeds("flow/1/fe/1", "b")
            .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED);
    assertThat(story.tasks("flow/1/fe")).isEqualTo(Map.of("flow/1/fe/0", 1L, "flow/1/fe/1", 3L));
  }

  @Test
  void shouldNotRestartAnIterationThatTheLoopNeverHad() {
    TreeScenario story =
        scenarios
            .tree(foreach("fe", "", CHAIN) + "," + worker("beside", ""))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/0", "a")
            .whenWorkerFails("flow/1/fe/1", "a")
            .whenActed(act(Action.RESTART, "flow/1/fe/2", null, null));
    story.base().thenRefused("NOT_RESTARTABLE");
    story.thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED);
  }

  @Test
  void shouldNotRestartASubworkflowThatTheStepHasNoLonger() {
    TreeScenario story =
        scenarios
            .tree(SUB)
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .whenActed(act(Action.RESTART, "flow/1", null, RestartPolicy.FROM_BEGINNING));
    assertThat(story.instances("child/")).containsExactly("child/1", "child/2");
    story
        .whenWorkerFails("child/2", "a")
        .thenRunIs("flow/1", RunStatus.FAILED)
        .whenActed(act(Action.RESTART, "child/1", "a", null));
    story.base().thenRefused("NOT_RESTARTABLE");
  }

  @Test
  void shouldRestartAnAsynchronousSubworkflowByItself() {
    TreeScenario story =
        scenarios
            .tree(SUB.replace("'id':'sub'", "'id':'sub','sync':false"))
            .and("child", "", CHAIN)
            .whenStarted()
            .thenRunIs("flow/1", RunStatus.SUCCEEDED)
            .whenWorkerFails("child/1", "a")
            .whenActed(act(Action.RESTART, "child/1", "a", null))
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .thenRunIs("child/1", RunStatus.SUCCEEDED);
    assertThat(story.run("flow/1").run()).isEqualTo(1);
  }

  /** The step has succeeded: what it does is to start one, whatever became of the one before. */
  @Test
  void shouldStartAnotherAsynchronousSubworkflowWhenItsStepIsRestarted() {
    TreeScenario story =
        scenarios
            .tree(SUB.replace("'id':'sub'", "'id':'sub','sync':false"))
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerFails("child/1", "a")
            .thenRunIs("child/1", RunStatus.FAILED)
            .whenActed(act(Action.RESTART, "flow/1", "sub", RestartPolicy.FROM_INCOMPLETE))
            .thenRunIs("flow/1", RunStatus.SUCCEEDED)
            .thenRunIs("child/1", RunStatus.FAILED);
    assertThat(story.instances("child/")).containsExactly("child/1", "child/2");
    assertThat(story.run("child/2").run()).isEqualTo(1);
  }

  /** As a loop there does; the run in between, which began anew, did not get that far. */
  @Test
  void shouldGoOnWithASubworkflowBehindAStepThatRunsAgain() {
    TreeScenario story =
        scenarios
            .tree(worker("first", "'sub':'true'") + "," + SUB)
            .and("child", "", CHAIN)
            .whenStarted()
            .whenWorkerSucceeds("flow/1", "first")
            .whenWorkerSucceeds("child/1", "a")
            .whenWorkerFails("child/1", "b")
            .whenActed(act(Action.RESTART, "flow/1", null, RestartPolicy.FROM_BEGINNING))
            .whenWorkerFails("flow/1", "first")
            .whenActed(act(Action.RESTART, "flow/1", null, RestartPolicy.FROM_INCOMPLETE))
            .whenWorkerSucceeds("flow/1", "first")
            .thenNotCreated("child/1", "a")
            .whenWorkerSucceeds("child/1", "b")
            .thenRunIs("flow/1", RunStatus.SUCCEEDED);
    assertThat(story.instances("child/")).containsExactly("child/1");
    assertThat(story.run("child/1").run()).isEqualTo(2);
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conditions, loops and subworkflows (Maestro semantics 2.7 to 2.12; decisions, the tree). */
final class ControlFlowScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static final String NO_OP = "{'step':{'id':'%s','type':'NoOp'}}";

  private static String noOp(String id) {
    return NO_OP.formatted(id);
  }

  private static String worker(String id) {
    return "{'step':{'id':'%s','type':'Work','retry_policy':{'error_retry_limit':0}}}"
        .formatted(id);
  }

  private static String foreach(String more, String range, String steps) {
    return "{'foreach':{'id':'fe',%s'params':{'loop_params':{'type':'MAP','value':{%s}}},'steps':[%s]}}"
        .formatted(more, range, steps);
  }

  private static final String ITEMS = "'i':{'type':'LONG_ARRAY','value':[10,20,30]}";

  // ---- conditions

  private static final String CHOICE =
      """
      {'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','value':7}},
        'transition':{'successors':{'b':'n > 5','c':'n <= 5'}}}},
      {'step':{'id':'b','type':'NoOp','transition':{'successors':{'d':'true'}}}},
      {'step':{'id':'c','type':'NoOp','transition':{'successors':{'d':'true','e':'true'}}}},
      {'step':{'id':'d','type':'NoOp'}},
      {'step':{'id':'e','type':'NoOp'}}
      """;

  @Test
  void shouldTakeTheBranchWhoseConditionHoldsAndJoinAfterIt() {
    scenarios
        .tree(CHOICE)
        .whenStarted()
        .thenStepIs("flow/1", "b", StepStatus.SUCCEEDED)
        .thenStepIs("flow/1", "c", StepStatus.UNSATISFIED)
        .thenStepIs("flow/1", "d", StepStatus.SUCCEEDED)
        .thenStepIs("flow/1", "e", StepStatus.UNSATISFIED)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldFailAStepWhoseConditionCannotBeEvaluated() {
    scenarios
        .tree(
            """
            {'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','value':0}},
              'failure_mode':'IGNORE_FAILURE','transition':{'successors':{'b':'1 / n > 5'}}}},
            {'step':{'id':'b','type':'NoOp'}}
            """)
        .whenStarted()
        .thenStepIs("flow/1", "a", StepStatus.INTERNALLY_FAILED)
        .thenNotCreated("flow/1", "b")
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldFailAStepWhoseParamCannotBeEvaluated() {
    scenarios
        .tree("{'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','expression':'1/0'}}}}")
        .whenStarted()
        .thenStepIs("flow/1", "a", StepStatus.INTERNALLY_FAILED)
        .thenMessageOf("flow/1", "a", "'n'")
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldReadParamsOfStepsBeforeAndOfTheWorkflow() {
    scenarios
        .tree(
            """
            {'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','expression':'40 + 2'}},
              'transition':{'successors':{'b':'true'}}}},
            {'step':{'id':'b','type':'NoOp','params':{
              'm':{'type':'LONG','expression':'a__n * 2'},
              't':{'type':'STRING','value':'n is ${a__n}, by ${owner}'},
              's':{'type':'STRING','expression':"params.getFromStep('step_id')"},
              'z':{'type':'STRING','expression':"params.getFromStep('a', 'MAESTRO_STEP_STATUS')"}}}}
            """
                .replace("\"", "\\'")
                .replace(
                    "\\'params.getFromStep('step_id')\\'",
                    "\"params.getFromStep(\\\"step_id\\\")\"")
                .replace(
                    "\\'params.getFromStep('a', 'MAESTRO_STEP_STATUS')\\'",
                    "\"params.getFromStep(\\\"a\\\", \\\"MAESTRO_STEP_STATUS\\\")\""))
        .whenStarted()
        .thenParamIs("flow/1", "b", "m", 84)
        .thenParamIs("flow/1", "b", "t", "n is 42, by someone")
        .thenParamIs("flow/1", "b", "s", "b")
        .thenParamIs("flow/1", "b", "z", "SUCCEEDED");
  }

  // ---- foreach

  @Test
  void shouldRunAnIterationForEachCombinationWithTheFirstParamFastest() {
    TreeScenario story =
        scenarios
            .tree(
                foreach(
                    "",
                    ITEMS + ",'s':{'type':'STRING_ARRAY','value':['x','y']}",
                    "{'step':{'id':'a','type':'NoOp','params':{'p':{'type':'STRING','value':'$i $s ${loop_index}'}}}}"))
            .whenStarted()
            .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED)
            .thenRunIs("flow/1", RunStatus.SUCCEEDED)
            .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 6);
    assertThat(story.instances("flow/1/")).hasSize(6);
    story
        .thenParamIs("flow/1/fe/0", "a", "p", "10 x 0")
        .thenParamIs("flow/1/fe/1", "a", "p", "20 x 1")
        .thenParamIs("flow/1/fe/3", "a", "p", "10 y 3")
        .thenParamIs("flow/1/fe/5", "a", "p", "30 y 5");
  }

  @Test
  void shouldSucceedAtOnceWithNoIteration() {
    scenarios
        .tree(foreach("", "'i':{'type':'LONG_ARRAY','value':[]}", noOp("a")))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRunNoMoreIterationsAtOnceThanItsConcurrency() {
    TreeScenario story =
        scenarios.tree(foreach("'concurrency':2,", ITEMS, worker("w"))).whenStarted();
    assertThat(story.instances("flow/1/")).containsExactly("flow/1/fe/0", "flow/1/fe/1");
    story.whenWorkerSucceeds("flow/1/fe/1", "w");
    assertThat(story.instances("flow/1/")).hasSize(3);
    story
        .whenWorkerSucceeds("flow/1/fe/0", "w")
        .thenStepIs("flow/1", "fe", StepStatus.RUNNING)
        .whenWorkerSucceeds("flow/1/fe/2", "w")
        .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED);
  }

  @Test
  void shouldMoveTheWindowInOrderIfTheOrderingIsStrict() {
    TreeScenario story =
        scenarios
            .tree(foreach("'concurrency':2,'strict_ordering':true,", ITEMS, worker("w")))
            .whenStarted()
            .whenWorkerSucceeds("flow/1/fe/1", "w");
    assertThat(story.instances("flow/1/")).hasSize(2);
    story.whenWorkerSucceeds("flow/1/fe/0", "w");
    assertThat(story.instances("flow/1/")).hasSize(3);
  }

  @Test
  void shouldLaunchNoMoreAfterAFailureAndWaitForThoseThatRun() {
    TreeScenario story =
        scenarios
            .tree(foreach("'concurrency':2,", ITEMS, worker("w")))
            .whenStarted()
            .whenWorkerFails("flow/1/fe/0", "w")
            .thenStepIs("flow/1", "fe", StepStatus.RUNNING)
            .whenWorkerSucceeds("flow/1/fe/1", "w")
            .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
            .thenRunIs("flow/1", RunStatus.FAILED);
    assertThat(story.instances("flow/1/")).hasSize(2);
  }

  @Test
  void shouldRunTheRemainingIterationsIfFailuresAreIgnored() {
    scenarios
        .tree(foreach("'concurrency':1,'failure_mode':'IGNORE_FAILURE',", ITEMS, worker("w")))
        .whenStarted()
        .whenWorkerFails("flow/1/fe/0", "w")
        .whenWorkerSucceeds("flow/1/fe/1", "w")
        .whenWorkerSucceeds("flow/1/fe/2", "w")
        .thenStepIs("flow/1", "fe", StepStatus.COMPLETED_WITH_ERROR)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldStopTheOtherIterationsIfOneFailsAndTheModeIsFailImmediately() {
    scenarios
        .tree(foreach("'concurrency':2,'failure_mode':'FAIL_IMMEDIATELY',", ITEMS, worker("w")))
        .whenStarted()
        .whenWorkerFails("flow/1/fe/0", "w")
        .thenRunIs("flow/1/fe/1", RunStatus.STOPPED)
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldStopTheIterationsBeforeTheRunIsStopped() {
    scenarios
        .tree(foreach("", ITEMS, worker("w")))
        .whenStarted()
        .whenStopped()
        .thenRunIs("flow/1/fe/0", RunStatus.STOPPED)
        .thenRunIs("flow/1/fe/2", RunStatus.STOPPED)
        .thenStepIs("flow/1", "fe", StepStatus.STOPPED)
        .thenRunIs("flow/1", RunStatus.STOPPED);
  }

  @Test
  void shouldTimeOutAllThatIsOpenBelowALoop() {
    scenarios
        .tree(foreach("'timeout':'1 hour',", ITEMS, worker("w")))
        .whenStarted()
        .whenTimePasses(Duration.ofMinutes(60))
        .thenStepIs("flow/1/fe/0", "w", StepStatus.TIMED_OUT)
        .thenRunIs("flow/1/fe/0", RunStatus.TIMED_OUT)
        .thenStepIs("flow/1", "fe", StepStatus.TIMED_OUT)
        .thenRunIs("flow/1", RunStatus.TIMED_OUT);
  }

  @Test
  void shouldRunALoopWithinALoop() {
    String inner =
        "{'foreach':{'id':'in','params':{'loop_params':{'type':'MAP','value':{'j':{'type':'LONG_ARRAY','value':[1,2]}}}},"
            + "'steps':[{'step':{'id':'a','type':'NoOp','params':{'p':{'type':'LONG','expression':'i + j'}}}}]}}";
    scenarios
        .tree(foreach("", ITEMS, inner))
        .whenStarted()
        .thenParamIs("flow/1/fe/2/in/1", "a", "p", 32)
        .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 6)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldReadWhatIterationsMadeAsAnArray() {
    String steps =
        """
        {'foreach':{'id':'fe','params':{'loop_params':{'type':'MAP','value':{'i':{'type':'LONG_ARRAY','value':[1,2,3]}}}},
          'transition':{'successors':{'b':'true'}},
          'steps':[{'step':{'id':'a','type':'NoOp','params':{'p':{'type':'LONG','expression':'i * i'}}}}]}},
        {'step':{'id':'b','type':'NoOp','params':{'all':{'type':'LONG_ARRAY',
          'expression':"params.getFromForeach(\\"fe\\", \\"a\\", \\"p\\")"}}}}
        """;
    scenarios
        .tree(steps)
        .whenStarted()
        .thenParamIs("flow/1", "b", "all", new ParamValue.LongArray(List.of(1L, 4L, 9L)));
  }

  // ---- while

  private static final String COUNT =
      """
      {'while':{'id':'wh','condition':'i < 3','params':{'loop_params':{'type':'MAP','value':{'i':{'type':'LONG','value':0}}}},
        'steps':[{'step':{'id':'a','type':'%s','params':{'i':{'type':'LONG','expression':'i + 1'}}}}]}}
      """;

  @Test
  void shouldRunAgainWhileTheConditionHolds() {
    TreeScenario story =
        scenarios
            .tree(COUNT.formatted("NoOp"))
            .whenStarted()
            .thenStepIs("flow/1", "wh", StepStatus.SUCCEEDED)
            .thenParamIs("flow/1/wh/2", "a", "i", 3)
            .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 3);
    assertThat(story.instances("flow/1/")).hasSize(3);
  }

  @Test
  void shouldFailAWhileWithItsIteration() {
    scenarios
        .tree(COUNT.formatted("Work"))
        .whenStarted()
        .whenWorkerSucceeds("flow/1/wh/0", "a")
        .whenWorkerFails("flow/1/wh/1", "a")
        .thenStepIs("flow/1", "wh", StepStatus.FATALLY_FAILED)
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  // ---- subworkflow

  private static String subworkflow(String more) {
    return "{'subworkflow':{'id':'sub',%s'params':{'subworkflow_id':{'type':'STRING','value':'child'},"
            .formatted(more)
        + "'n':{'type':'LONG','value':5}}}}";
  }

  @Test
  void shouldEndWithItsSubworkflow() {
    scenarios
        .tree(subworkflow(""))
        .and(
            "child",
            ",'params':{'n':{'type':'LONG','value':1}}",
            "{'step':{'id':'a','type':'Work','params':{'m':{'type':'LONG','expression':'n + 1'}}}}")
        .whenStarted()
        .thenStepIs("flow/1", "sub", StepStatus.RUNNING)
        .thenParamIs("child/1", "a", "m", 6)
        .whenWorkerSucceeds("child/1", "a")
        .thenStepIs("flow/1", "sub", StepStatus.SUCCEEDED)
        .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 1)
        .thenRunIs("flow/1", RunStatus.SUCCEEDED);
  }

  @Test
  void shouldNotWaitForAnAsynchronousSubworkflow() {
    scenarios
        .tree(subworkflow("'sync':false,"))
        .and("child", "", worker("a"))
        .whenStarted()
        .thenRunIs("flow/1", RunStatus.SUCCEEDED)
        .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 1)
        .thenRunIs("child/1", RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldFailIfThereIsNoSuchWorkflow() {
    scenarios
        .tree(subworkflow(""))
        .whenStarted()
        .thenStepIs("flow/1", "sub", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "sub", "nobody has pushed it")
        .thenRunIs("flow/1", RunStatus.FAILED);
  }

  @Test
  void shouldStopTheSubworkflowBeforeTheRunIsStopped() {
    scenarios
        .tree(subworkflow(""))
        .and("child", "", worker("a"))
        .whenStarted()
        .whenStopped()
        .thenRunIs("child/1", RunStatus.STOPPED)
        .thenStepIs("flow/1", "sub", StepStatus.STOPPED)
        .thenRunIs("flow/1", RunStatus.STOPPED);
  }
}

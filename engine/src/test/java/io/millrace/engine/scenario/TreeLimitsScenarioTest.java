package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of trees, each at the limit and one beyond. */
final class TreeLimitsScenarioTest {
  private static final EngineLimits LIMITS = EngineLimits.DEFAULT.withTrees(3, 4, 4, 10);
  private static final String NO_OP = "{'step':{'id':'a','type':'NoOp'}}";
  private static final String ONE = "'value':[1]";

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static String foreach(String id, String values, String steps) {
    return "{'foreach':{'id':'%s','params':{'loop_params':{'type':'MAP','value':".formatted(id)
        + "{'%s_i':{'type':'LONG_ARRAY',%s}}}},'steps':[%s]}}".formatted(id, values, steps);
  }

  @Test
  void shouldRunAsManyIterationsAsAllowed() {
    scenarios
        .tree(LIMITS, foreach("fe", "'value':[1,2,3,4]", NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED);
    scenarios
        .tree(LIMITS, foreach("fe", "'expression':'Util.intsBetween(0, 8, 2)'", NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED)
        .thenLeavesAre("flow/1", StepStatus.SUCCEEDED, 4);
  }

  @Test
  void shouldRefuseOneIterationMore() {
    scenarios
        .tree(LIMITS, foreach("fe", "'value':[1,2,3,4,5]", NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "fe", "at most 4 iterations");
    scenarios
        .tree(LIMITS, foreach("fe", "'expression':'Util.intsBetween(9, -1, -2)'", NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "fe", "at most 4 iterations");
  }

  @Test
  void shouldCountARangeBeyondWhatAnArrayHolds() {
    scenarios
        .tree(
            EngineLimits.DEFAULT,
            foreach("fe", "'expression':'Util.intsBetween(0, 1000001, 1)'", NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "fe", "at most 1000000 iterations");
  }

  @Test
  void shouldCountDaysBeyondWhatAnArrayHolds() {
    String days = "'expression':'Util.dateIntsBetween(10000101, \\\"99991231\\\", %d)'";
    scenarios
        .tree(EngineLimits.DEFAULT, foreach("fe", days.formatted(1), NO_OP))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "fe", "at most 1000000 iterations");
  }

  /** The same days as the function gives when it lists them. */
  @ParameterizedTest
  @CsvSource({
    "20240228, 20240302, 1",
    "20240228, 20240304, 2",
    "20240302, 20240228, -1",
    "20240304, 20240228, -2",
    "19691230, 19700102, 1",
    "20240228, 20240228, 1",
    "20240228, 20240302, -1",
    "20240228, 20240302, 0"
  })
  void shouldCountTheDaysThatTheFunctionLists(long from, long to, int step) {
    String call = "Util.dateIntsBetween(" + from + ", " + to + ", " + step + ")";
    String listed =
        "{'step':{'id':'listed','type':'NoOp','params':{'all':{'type':'LONG_ARRAY','expression':'"
            + call
            + "'}},'transition':{'successors':{'fe':'true'}}}}";
    TreeScenario story =
        scenarios
            .tree(
                EngineLimits.DEFAULT,
                listed + "," + foreach("fe", "'expression':'" + call + "'", NO_OP))
            .whenStarted()
            .thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED);
    List<Long> expected =
        ((ParamValue.LongArray) story.step("flow/1", "listed").params().get("all")).value();
    List<ParamValue> counted =
        story.instances("flow/1/fe/").stream()
            .map(iteration -> story.run(iteration).params().get("fe_i"))
            .toList();
    assertThat(counted)
        .containsExactlyElementsOf(expected.stream().<ParamValue>map(ParamValue.Int::new).toList());
  }

  private static String counting(long until) {
    return "{'while':{'id':'wh','condition':'i < %d','params':{'loop_params':{'type':'MAP','value':"
            .formatted(until)
        + "{'i':{'type':'LONG','value':0}}}},'steps':[{'step':{'id':'a','type':'NoOp','params':"
        + "{'i':{'type':'LONG','expression':'i + 1'}}}}]}}";
  }

  @Test
  void shouldPassAWhileAsOftenAsAllowedAndNotOnceMore() {
    scenarios
        .tree(LIMITS, counting(4))
        .whenStarted()
        .thenStepIs("flow/1", "wh", StepStatus.SUCCEEDED);
    scenarios
        .tree(LIMITS, counting(5))
        .whenStarted()
        .thenStepIs("flow/1", "wh", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "wh", "at most 4 iterations");
  }

  @Test
  void shouldGoAsDeepAsAllowedAndNotDeeper() {
    scenarios
        .tree(LIMITS, foreach("x", ONE, foreach("y", ONE, NO_OP)))
        .whenStarted()
        .thenStepIs("flow/1", "x", StepStatus.SUCCEEDED);
    scenarios
        .tree(LIMITS, foreach("x", ONE, foreach("y", ONE, foreach("z", ONE, NO_OP))))
        .whenStarted()
        .thenStepIs("flow/1/x/0/y/0", "z", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1/x/0/y/0", "z", "at most 3 runs");
  }

  @Test
  void shouldHaveAsManyLeafStepsAsAllowedAndBeStoppedWithMore() {
    String next = ",'transition':{'successors':{'last':'true'}},'steps'";
    String loop =
        foreach("fe", "'expression':'Util.intsBetween(0, n, 1)'", NO_OP)
                .replace(",'steps'", next)
                .replace("'id':'fe'", "'id':'fe','concurrency':1")
            + ",{'step':{'id':'last','type':'Work'}}";
    for (int leaves : new int[] {4, 5}) {
      TreeScenario story =
          scenarios
              .tree(EngineLimits.DEFAULT.withLeaves(4), NO_OP)
              .and("flow", ",'params':{'n':{'type':'LONG','value':0}}", loop)
              .whenStartedWith("n", leaves);
      if (leaves == 4) {
        story.thenStepIs("flow/1", "fe", StepStatus.SUCCEEDED);
        story.thenStepIs("flow/1", "last", StepStatus.RUNNING);
      } else {
        story.thenRunIs("flow/1", RunStatus.STOPPED);
        assertThat(story.run("flow/1").reason()).contains("at most 4 leaf steps");
      }
    }
  }

  /** What the root has counted is taken from what a loop within a loop may have. */
  @Test
  void shouldStopALoopWithinALoopThatHasMoreLeafStepsThanAreLeft() {
    String inner =
        foreach("in", "'expression':'Util.intsBetween(0, 9, 1)'", NO_OP)
            .replace("'id':'in'", "'id':'in','concurrency':1");
    TreeScenario story =
        scenarios
            .tree(
                EngineLimits.DEFAULT.withLeaves(12),
                foreach("out", "'value':[1,2]", inner)
                    .replace("'id':'out'", "'id':'out','concurrency':1"))
            .whenStarted()
            .thenRunIs("flow/1/out/0", RunStatus.SUCCEEDED)
            .thenRunIs("flow/1/out/1", RunStatus.STOPPED)
            .thenRunIs("flow/1", RunStatus.STOPPED);
    // three were left; the fourth told that it was too many when the fifth had been launched
    story.thenLeavesAre("flow/1/out/1", StepStatus.SUCCEEDED, 5);
  }

  @Test
  void shouldReferToTheFirstLeavesThatFailedAndToNoMore() {
    TreeScenario story =
        scenarios
            .tree(
                EngineLimits.DEFAULT,
                foreach(
                        "fe",
                        "'expression':'Util.intsBetween(0, 21, 1)'",
                        "{'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','expression':'1 / 0'}}}}")
                    .replace(
                        "'id':'fe'", "'id':'fe','failure_mode':'IGNORE_FAILURE','concurrency':1"))
            .whenStarted()
            .thenLeavesAre("flow/1", StepStatus.INTERNALLY_FAILED, 21);
    assertThat(story.below("flow/1").failing())
        .hasSize(20)
        .startsWith("flow/1/fe/0:1/a@1")
        .endsWith("flow/1/fe/19:1/a@1");
    assertThat(story.run("flow/1/fe/20").failing()).containsExactly("flow/1/fe/20:1/a@1");
  }

  private static String collecting(String text) {
    return foreach("fe", "'value':[1,2]", step("a", "'p':{'type':'STRING','value':'%s'}"))
            .formatted(text)
            .replace("'steps'", "'transition':{'successors':{'b':'true'}},'steps'")
        + ","
        + step(
            "b",
            "'all':{'type':'STRING_ARRAY','expression':"
                + "\"params.getFromForeach(\\\"fe\\\", \\\"a\\\", \\\"p\\\")\"}");
  }

  private static String step(String id, String params) {
    return "{'step':{'id':'" + id + "','type':'NoOp','params':{" + params + "}}}";
  }

  @Test
  void shouldCollectAsMuchOfIterationsAsAllowedAndNotMore() {
    scenarios
        .tree(LIMITS, collecting("12345"))
        .whenStarted()
        .thenStepIs("flow/1", "b", StepStatus.SUCCEEDED);
    scenarios
        .tree(LIMITS, collecting("123456"))
        .whenStarted()
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED)
        .thenMessageOf("flow/1", "fe", "at most 10 characters");
  }

  /** Nothing is left of what failed below an iteration that succeeded all the same. */
  @Test
  void shouldKeepNothingBelowAnIterationThatSucceeded() {
    String bad =
        "{'step':{'id':'a','type':'NoOp','params':{'n':{'type':'LONG','expression':'1 / 0'}}}}";
    String ignored =
        foreach("y", ONE, bad).replace("'id':'y'", "'id':'y','failure_mode':'IGNORE_FAILURE'");
    Scenario story = new Scenario(Scenarios.World.DEFAULT);
    story.whenPushed(
        ("{'properties':{'owner':'someone'},'workflow':{'id':'flow','steps':["
                + foreach("x", ONE, ignored)
                + "]}}")
            .replace("'", "\""));
    story.whenStarted().thenRunIs(RunStatus.SUCCEEDED);
    assertThat(story.cluster().machines())
        .extracting(MachineAddress::toString)
        .containsExactly("i:flow/1", "w:flow");
  }
}

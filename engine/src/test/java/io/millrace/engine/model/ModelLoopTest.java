package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.step;
import static io.millrace.engine.model.Written.subworkflow;
import static io.millrace.engine.model.Written.whileLoop;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.LeafOutcome.Failure;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Foreach and while. */
final class ModelLoopTest {
  private static RunResult told(Case story) {
    Model.Told told = Model.tell(story);
    assertThat(told.doubts()).isEmpty();
    return told.result().last();
  }

  private static List<RunStatus> statuses(RunResult run, String stepId) {
    return run.below(stepId).stream().map(RunResult::status).toList();
  }

  private static List<Long> starts(RunResult run, String loop, String inner) {
    return run.below(loop).stream().map(below -> below.steps().get(inner).startedMs()).toList();
  }

  @Test
  void shouldVaryTheFirstLoopParamFastest() {
    // 2.8: (1,10) (2,10) (1,20) (2,20); the condition holds in the third iteration alone
    Map<String, ObjectNode> loopParams = new LinkedHashMap<>();
    loopParams.put("i", Written.param("LONG_ARRAY", new long[] {1, 2}));
    loopParams.put("j", Written.param("LONG_ARRAY", new long[] {10, 20}));
    String w =
        workflow(
            "w",
            Written.loop(
                "foreach",
                "fe",
                loopParams,
                step("a", "NoOp").to("b", "i == 1 && j == 20 && loop_index == 2"),
                step("b", "NoOp")));

    RunResult run = told(Case.of("w", w));

    assertThat(run.below("fe").stream().map(below -> below.statusOf("b")))
        .containsExactly(
            StepStatus.UNSATISFIED,
            StepStatus.UNSATISFIED,
            StepStatus.SUCCEEDED,
            StepStatus.UNSATISFIED);
    assertThat(run.leafCounts())
        .isEqualTo(Map.of(StepStatus.SUCCEEDED, 5L, StepStatus.UNSATISFIED, 3L));
  }

  @Test
  void shouldSucceedOverAnEmptyArray() {
    RunResult run =
        told(Case.of("w", workflow("w", foreach("fe", "i", new long[0], step("a", "NoOp")))));

    assertThat(run.statusOf("fe")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.children()).isEmpty();
    assertThat(run.leafCounts()).isEmpty();
  }

  @Test
  void shouldRunAsManyIterationsAtOnceAsAllowed() {
    String w =
        workflow("w", foreach("fe", "i", new long[] {1, 2, 3}, work("a")).with("concurrency", 2));
    Case story =
        Case.of("w", w)
            .outcomes(
                "a",
                LeafOutcome.success(5_000).in(0),
                LeafOutcome.success(1_000).in(1),
                LeafOutcome.success(1_000).in(2));

    RunResult run = told(story);

    assertThat(starts(run, "fe", "a")).containsExactly(0L, 0L, 1_000L);
    assertThat(run.elapsedMs()).isEqualTo(5_000);
  }

  @Test
  void shouldHoldTheWindowBackWithStrictOrdering() {
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2, 3}, work("a"))
                .with("concurrency", 2)
                .with("strict_ordering", true));
    Case story =
        Case.of("w", w)
            .outcomes(
                "a",
                LeafOutcome.success(5_000).in(0),
                LeafOutcome.success(1_000).in(1),
                LeafOutcome.success(1_000).in(2));

    RunResult run = told(story);

    assertThat(starts(run, "fe", "a")).containsExactly(0L, 0L, 5_000L);
  }

  @Test
  void shouldStopLaunchingAfterAFailureAndWaitForWhatRuns() {
    String w =
        workflow(
            "w", foreach("fe", "i", new long[] {1, 2, 3, 4}, work("a")).with("concurrency", 2));
    Case story =
        Case.of("w", w)
            .outcomes(
                "a",
                LeafOutcome.failure(Failure.FATAL, 1_000).in(0),
                LeafOutcome.success(5_000).in(1));

    RunResult run = told(story);

    assertThat(statuses(run, "fe")).containsExactly(RunStatus.FAILED, RunStatus.SUCCEEDED);
    assertThat(run.steps().get("fe"))
        .isEqualTo(new Result.StepResult(StepStatus.FATALLY_FAILED, 1, 0L, 5_000L));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldStopRunningIterationsWhenALoopFailsImmediately() {
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2, 3}, work("a"))
                .with("concurrency", 2)
                .failing("FAIL_IMMEDIATELY"));
    Case story =
        Case.of("w", w)
            .outcomes(
                "a",
                LeafOutcome.failure(Failure.FATAL, 1_000).in(0),
                LeafOutcome.success(5_000).in(1));

    RunResult run = told(story);

    assertThat(statuses(run, "fe")).containsExactly(RunStatus.FAILED, RunStatus.STOPPED);
    assertThat(run.statusOf("fe")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.elapsedMs()).isEqualTo(1_000);
  }

  @Test
  void shouldRunAllIterationsWhenFailuresAreIgnored() {
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2, 3}, work("a"))
                .with("concurrency", 1)
                .failing("IGNORE_FAILURE")
                .to("b"),
            step("b", "NoOp"));
    Case story = Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.FATAL, 0).in(0));

    RunResult run = told(story);

    assertThat(statuses(run, "fe"))
        .containsExactly(RunStatus.FAILED, RunStatus.SUCCEEDED, RunStatus.SUCCEEDED);
    assertThat(run.statusOf("fe")).isEqualTo(StepStatus.COMPLETED_WITH_ERROR);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldPutFailedBeforeTimedOutBeforeStopped() {
    // decisions, the tree 4 and 5: a timed-out iteration does not stop launching
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2}, work("a").with("timeout", 3))
                .with("concurrency", 1));

    RunResult run =
        told(Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.TIMEOUT, 0).in(0)));

    assertThat(statuses(run, "fe")).containsExactly(RunStatus.TIMED_OUT, RunStatus.SUCCEEDED);
    assertThat(run.statusOf("fe")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void shouldTimeOutAllThatIsOpenBelowALoop() {
    String w =
        workflow(
            "w",
            foreach(
                    "fe",
                    "i",
                    new long[] {1},
                    foreach("inner", "j", new long[] {1, 2}, sleep("a", 9)).with("concurrency", 1))
                .with("timeout", 12));

    RunResult run = told(Case.of("w", w));

    assertThat(run.elapsedMs()).isEqualTo(12_000);
    assertThat(run.statusOf("fe")).isEqualTo(StepStatus.TIMED_OUT);
    RunResult outer = run.below("fe").get(0);
    assertThat(outer.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(statuses(outer, "inner")).containsExactly(RunStatus.SUCCEEDED, RunStatus.TIMED_OUT);
    assertThat(run.leafCounts())
        .isEqualTo(Map.of(StepStatus.SUCCEEDED, 1L, StepStatus.TIMED_OUT, 1L));
  }

  @Test
  void shouldRepeatWhileTheConditionHoldsAndCarryTheLoopParam() {
    String w =
        workflow(
            "w",
            whileLoop("wh", "i < 3", "i", 0, sleep("a", 2).computed("i", "LONG", "i + 1")).to("b"),
            step("b", "NoOp"));

    RunResult run = told(Case.of("w", w));

    assertThat(starts(run, "wh", "a")).containsExactly(0L, 2_000L, 4_000L);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.elapsedMs()).isEqualTo(6_000);
  }

  @Test
  void shouldNotBeginAWhileWhoseConditionIsFalse() {
    RunResult run =
        told(Case.of("w", workflow("w", whileLoop("wh", "i < 0", "i", 0, step("a", "NoOp")))));

    assertThat(run.statusOf("wh")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.children()).isEmpty();
  }

  @Test
  void shouldFailAWhileThatWouldBeginOnePassTooMany() {
    String w =
        workflow(
            "w",
            whileLoop("at", "i < 3", "i", 0, step("a", "NoOp").computed("i", "LONG", "i + 1"))
                .to("over"),
            whileLoop("over", "i < 4", "i", 0, step("b", "NoOp").computed("i", "LONG", "i + 1")));

    RunResult run = Model.tell(Case.of("w", w), 3).result().last();

    assertThat(Whiles.MAX_PASSES).isEqualTo(25_000);
    assertThat(run.statusOf("at")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.statusOf("over")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.below("at")).hasSize(3);
    assertThat(run.below("over")).hasSize(3);
  }

  @Test
  void shouldEndAWhileAsItsIterationEnds() {
    String w = workflow("w", whileLoop("wh", "i < 3", "i", 0, work("a")));

    RunResult run = told(Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.FATAL, 0)));

    assertThat(statuses(run, "wh")).containsExactly(RunStatus.FAILED);
    assertThat(run.statusOf("wh")).isEqualTo(StepStatus.FATALLY_FAILED);
  }

  @Test
  void shouldReadParamsOfAllIterationsAndOfASubworkflow() {
    // 4.6: {3, 4} of the iterations, 8 of the subworkflow
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2}, step("a", "NoOp").computed("q", "LONG", "i + 2"))
                .to("b"),
            subworkflow("sub", "c").to("b"),
            step("b", "NoOp")
                .computed("g", "LONG_ARRAY", "params.getFromForeach('fe', 'a', 'q')")
                .computed("h", "LONG", "params.getFromSubworkflow('sub', 'd', 'q')")
                .to("e", "g.length == 2 && g[0] == 3 && g[1] == 4 && h == 8"),
            step("e", "NoOp"));

    RunResult run = told(Case.of("w", workflow("c", step("d", "NoOp").param("q", "LONG", 8)), w));

    assertThat(run.statusOf("e")).isEqualTo(StepStatus.SUCCEEDED);
  }
}

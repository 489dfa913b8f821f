package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.step;
import static io.millrace.engine.model.Written.subworkflow;
import static io.millrace.engine.model.Written.whileLoop;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.model.Action.Kind;
import io.millrace.engine.model.Action.Policy;
import io.millrace.engine.model.LeafOutcome.Failure;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restarts: from the beginning, from what is incomplete, from a step. */
final class ModelRestartTest {
  private static List<RunResult> told(Case story) {
    Model.Told told = Model.tell(story);
    assertThat(told.doubts()).isEmpty();
    return told.result().runs();
  }

  private static RunResult only(Case story) {
    List<RunResult> runs = told(story);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  @Test
  void shouldNotRestartARunThatGoesOn() {
    String w = workflow("w", sleep("a", 9));

    assertThat(only(Case.of("w", w).actions(Action.restart(4_000, Policy.FROM_BEGINNING))).status())
        .isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldRestartFromTheBeginningWithTheParamsKept() {
    String w =
        workflow("w", sleep("a", 2).to("b", "n == 5"), step("b", "NoOp"))
            .replace("\"steps\"", "\"params\":{\"n\":{\"type\":\"LONG\",\"value\":1}},\"steps\"");

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .params(Map.of("n", 5))
                .actions(Action.restart(7_000, Policy.FROM_BEGINNING)));

    assertThat(runs).extracting(RunResult::run).containsExactly(1L, 2L);
    assertThat(runs).extracting(RunResult::instance).containsExactly(1L, 1L);
    assertThat(runs.get(1).steps().get("a").startedMs()).isEqualTo(7_000);
    assertThat(runs.get(1).statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(runs.get(1).elapsedMs()).isEqualTo(2_000);
  }

  @Test
  void shouldRestartOnlyWhatIsIncomplete() {
    // what is complete is not in the new DAG, but its params are read
    String w =
        workflow(
            "w",
            step("a", "NoOp").param("n", "LONG", 5).to("b"),
            work("b").computed("m", "LONG", "a__n").to("c", "m == 5"),
            step("c", "NoOp"));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes("b", LeafOutcome.failure(Failure.FATAL, 1_000))
                .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)));

    assertThat(runs.get(0).status()).isEqualTo(RunStatus.FAILED);
    assertThat(runs.get(1).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(runs.get(1).steps()).containsOnlyKeys("b", "c");
    assertThat(runs.get(1).statusOf("c")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldKeepIterationsThatSucceeded() {
    String w =
        workflow(
            "w", foreach("fe", "i", new long[] {1, 2, 3, 4}, work("a")).with("concurrency", 1));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes(
                    "a",
                    LeafOutcome.success(1_000).in(0),
                    LeafOutcome.failure(Failure.FATAL, 1_000).in(1))
                .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)));

    assertThat(runs.get(0).below("fe")).hasSize(2);
    assertThat(runs.get(1).below("fe")).extracting(RunResult::run).containsExactly(1L, 2L, 1L, 1L);
    assertThat(runs.get(1).below("fe").get(0).steps().get("a").startedMs()).isEqualTo(0);
    assertThat(runs.get(1).leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 4L));
  }

  @Test
  void shouldResumeAWhileAtItsLastIteration() {
    String w =
        workflow(
            "w",
            whileLoop(
                "wh",
                "i < 3",
                "i",
                0,
                work("a").computed("i", "LONG", "i + 1").to("b"),
                work("b")));

    Model.Told told =
        Model.tell(
            Case.of("w", w)
                .outcomes("b", LeafOutcome.failure(Failure.FATAL, 1_000).in(1))
                .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)));

    RunResult again = told.result().last();
    assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(again.below("wh")).extracting(RunResult::run).containsExactly(1L, 2L, 1L);
    assertThat(again.below("wh").get(1).steps()).containsOnlyKeys("b");
  }

  @Test
  void shouldRestartAFailedSubworkflowInPlace() {
    String c = workflow("c", step("a", "NoOp").to("b"), work("b"));

    List<RunResult> runs =
        told(
            Case.of("w", c, workflow("w", subworkflow("sub", "c")))
                .outcomes("b", LeafOutcome.failure(Failure.FATAL, 1_000))
                .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)));

    RunResult child = runs.get(1).below("sub").get(0);
    assertThat(List.of(child.instance(), child.run())).containsExactly(1L, 2L);
    assertThat(child.steps()).containsOnlyKeys("b");
    assertThat(runs.get(0).below("sub").get(0).run()).isEqualTo(1);
  }

  @Test
  void shouldRestartFromAStepOfARunThatIsOver() {
    String w = workflow("w", step("a", "NoOp").to("b"), sleep("b", 2).to("c"), step("c", "NoOp"));

    List<RunResult> runs = told(Case.of("w", w).actions(Action.ofStep(7_000, Kind.RESTART, "b")));

    assertThat(runs.get(1).steps()).containsOnlyKeys("b", "c");
    assertThat(runs.get(1).elapsedMs()).isEqualTo(2_000);
  }

  @Test
  void shouldTellTheStatusOfAnInstanceOverItsRuns() {
    // 3.4: run 2 does b alone and succeeds, but a failed in run 1; then run 3 mends a
    String w = workflow("w", work("a"), work("b"));
    Case story =
        Case.of("w", w)
            .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0))
            .outcomes("b", LeafOutcome.failure(Failure.FATAL, 0));
    Action second = Action.ofStep(7_000, Kind.RESTART, "b");
    Action third = Action.ofStep(8_000, Kind.RESTART, "a");

    Model.Told afterTwo = Model.tell(story.actions(second));
    Model.Told afterThree = Model.tell(story.actions(second, third));

    assertThat(afterTwo.result().last().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(afterTwo.instance()).isEqualTo(RunStatus.FAILED);
    assertThat(afterThree.result().last().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(afterThree.instance()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldSkipAStepOfARunThatIsOver() {
    String w = workflow("w", work("a").to("b"), step("b", "NoOp"));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0))
                .actions(Action.ofStep(7_000, Kind.SKIP, "a")));

    assertThat(runs.get(1).statusOf("a")).isEqualTo(StepStatus.SKIPPED);
    assertThat(runs.get(1).statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(runs.get(1).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldMakeAnotherAttemptOfAFailedStepWhileTheRunGoesOn() {
    String w = workflow("w", work("a").to("b"), sleep("b", 1), sleep("c", 9));

    RunResult run =
        only(
            Case.of("w", w)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0))
                .actions(Action.ofStep(4_000, Kind.RESTART, "a")));

    assertThat(run.steps().get("a").attempts()).isEqualTo(2);
    assertThat(run.steps().get("b").startedMs()).isEqualTo(4_000);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldTakeUpAStepThatTheRestartOfAnotherLeftAlone() {
    String w = workflow("w", work("a"), work("b").to("c"), sleep("c", 1), sleep("d", 1));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0), LeafOutcome.success(9_000))
                .outcomes("b", LeafOutcome.failure(Failure.FATAL, 0))
                .actions(
                    Action.ofStep(4_000, Kind.RESTART, "a"),
                    Action.ofStep(5_000, Kind.RESTART, "c"),
                    Action.ofStep(6_000, Kind.RESTART, "d"),
                    Action.ofStep(7_000, Kind.RESTART, "b")));

    // c waits for b, and d is complete
    RunResult run = runs.get(1);
    assertThat(run.steps().keySet()).containsExactly("a", "b", "c");
    assertThat(run.steps().get("b").startedMs()).isEqualTo(7_000);
    assertThat(run.steps().get("c").endedMs()).isEqualTo(8_000);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldBeginIterationsBesideOneThatIsRestartedUnlessAnotherFailed() {
    String w =
        workflow("w", foreach("fe", "i", new long[] {1, 2, 3}, work("a")).with("concurrency", 2));
    Case story =
        Case.of("w", w)
            .outcomes(
                "a",
                LeafOutcome.failure(Failure.FATAL, 1_000).in(0),
                LeafOutcome.failure(Failure.FATAL, 2_000).in(1));
    Action first = Action.ofStep(7_000, Kind.RESTART, "fe").in(0).with(Policy.FROM_BEGINNING);
    Action second = Action.ofStep(8_000, Kind.RESTART, "fe").in(1).with(Policy.FROM_BEGINNING);

    List<RunResult> runs = told(story.actions(first, second));

    assertThat(runs.get(1).below("fe")).extracting(RunResult::run).containsExactly(2L, 1L);
    assertThat(runs.get(1).status()).isEqualTo(RunStatus.FAILED);
    assertThat(runs.get(2).below("fe")).extracting(RunResult::run).containsExactly(2L, 2L, 1L);
    assertThat(runs.get(2).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldNotRestartAnIterationThatNeverBegan() {
    String w =
        workflow("w", foreach("fe", "i", new long[] {1, 2}, work("a")).with("concurrency", 1));

    RunResult run =
        only(
            Case.of("w", w)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 1_000).in(0))
                .actions(
                    Action.ofStep(7_000, Kind.RESTART, "fe").in(1).with(Policy.FROM_BEGINNING)));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldRestartAnIterationWhateverTheWindowSays() {
    // decisions, the tree 6: iteration 0 bypasses the order, but 2 waits for a place
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2, 3}, work("a"))
                .with("concurrency", 1)
                .failing("IGNORE_FAILURE"));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes(
                    "a",
                    LeafOutcome.failure(Failure.FATAL, 1_000).in(0),
                    LeafOutcome.success(7_000).in(0),
                    LeafOutcome.success(5_000).in(1))
                .actions(
                    Action.ofStep(3_000, Kind.RESTART, "fe").in(0).with(Policy.FROM_BEGINNING)));

    List<RunResult> iterations = runs.get(0).below("fe");
    assertThat(iterations).extracting(RunResult::run).containsExactly(2L, 1L, 1L);
    assertThat(iterations.stream().map(below -> below.steps().get("a").startedMs()))
        .containsExactly(3_000L, 1_000L, 10_000L);
    assertThat(runs.get(0).statusOf("fe")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldRunAnIterationThatSucceededAsAWhole() {
    // decisions, the tree 13: nothing of it is kept, so b runs again with a
    String w = workflow("w", foreach("fe", "i", new long[] {1, 2}, work("a"), work("b")));

    List<RunResult> runs =
        told(Case.of("w", w).actions(Action.ofStep(7_000, Kind.RESTART, "a").in(1)));

    List<RunResult> iterations = runs.get(1).below("fe");
    assertThat(iterations).extracting(RunResult::run).containsExactly(1L, 2L);
    assertThat(iterations.get(1).steps().get("b").startedMs()).isEqualTo(7_000);
  }

  @Test
  void shouldDoAgainOnlyTheIterationsOfALoopThatFailed() {
    // 9.3: the loop is restarted in a run that still goes on
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2}, work("a")).with("concurrency", 1),
            sleep("b", 60));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes(
                    "a",
                    LeafOutcome.success(1_000).in(0),
                    LeafOutcome.failure(Failure.FATAL, 1_000).in(1))
                .actions(Action.ofStep(9_000, Kind.RESTART, "fe").with(Policy.FROM_INCOMPLETE)));

    RunResult run = runs.get(0);
    assertThat(run.below("fe").stream().map(below -> below.steps().get("a").startedMs()))
        .containsExactly(0L, 9_000L);
    assertThat(run.steps().get("fe").attempts()).isEqualTo(2);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldNotDoAgainAStepThatFailsImmediately() {
    // 9.3 needs FAIL_AFTER_RUNNING; the run has ended, so this is a new run from the step
    String w = workflow("w", work("a").failing("FAIL_IMMEDIATELY"), sleep("b", 60));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 1_000))
                .actions(Action.ofStep(9_000, Kind.RESTART, "a")));

    assertThat(runs).hasSize(2);
    assertThat(runs.get(1).steps()).containsOnlyKeys("a");
    assertThat(runs.get(1).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldStartAnotherSubworkflowIfItDoesNotWaitForIt() {
    // decisions, the tree 12: the one it had is cut off, whatever has become of it
    String w = workflow("w", subworkflow("sub", "c").with("sync", false));
    String c = workflow("c", work("a"));

    List<RunResult> runs =
        told(
            Case.of("w", w, c)
                .outcomes("a", LeafOutcome.failure(Failure.FATAL, 1_000))
                .actions(Action.ofStep(9_000, Kind.RESTART, "sub").with(Policy.FROM_INCOMPLETE)));

    assertThat(runs.get(0).below("sub").get(0).instance()).isEqualTo(1);
    assertThat(runs.get(1).below("sub").get(0).instance()).isEqualTo(2);
    assertThat(runs.get(1).below("sub").get(0).run()).isEqualTo(1);
  }

  @Test
  void shouldCarryALoopParamOnFromAStepThatWasKept() {
    String w =
        workflow(
            "w",
            whileLoop(
                "wh",
                "c < 1",
                "c",
                0,
                work("a").computed("c", "LONG", "c + 1").to("b"),
                work("b")));

    List<RunResult> runs =
        told(
            Case.of("w", w)
                .outcomes("b", LeafOutcome.failure(Failure.FATAL, 0))
                .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)));

    assertThat(runs.get(1).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(runs.get(1).children()).hasSize(1);
  }

  @Test
  void shouldNotSkipWhatNoConditionLedTo() {
    String w = workflow("w", work("a").to("b", "false"), work("b"));

    assertThat(only(Case.of("w", w).actions(Action.ofStep(7_000, Kind.SKIP, "b"))).statusOf("b"))
        .isEqualTo(StepStatus.UNSATISFIED);
  }
}

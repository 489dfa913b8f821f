package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.step;
import static io.millrace.engine.model.Written.subworkflow;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.model.Action.Kind;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stop, kill and skip. */
final class ModelActionsTest {
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
  void shouldStopAllThatIsOpenButAsynchronousChildren() {
    String w =
        workflow(
            "w",
            foreach("fe", "i", new long[] {1, 2}, sleep("a", 9)).with("concurrency", 1),
            subworkflow("sub", "c"),
            subworkflow("apart", "d").with("sync", false));

    RunResult run =
        only(
            Case.of("w", workflow("c", sleep("b", 9)), workflow("d", sleep("e", 9)), w)
                .actions(Action.ofRun(4_000, Kind.STOP)));

    assertThat(run.status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.elapsedMs()).isEqualTo(4_000);
    assertThat(run.below("fe")).hasSize(1);
    assertThat(run.below("fe").get(0).status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.below("sub").get(0).status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.below("apart").get(0).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.leafCounts())
        .isEqualTo(Map.of(StepStatus.STOPPED, 2L, StepStatus.SUCCEEDED, 1L));
  }

  @Test
  void shouldFailTheStepsOfARunThatIsKilledAndStopThoseBelow() {
    // 9.4; a failure mode does not apply to a kill of the whole run (2.12)
    String w =
        workflow(
            "w",
            sleep("a", 9).failing("IGNORE_FAILURE").to("b"),
            step("b", "NoOp"),
            subworkflow("sub", "c"));

    RunResult run =
        only(Case.of("w", workflow("c", sleep("d", 9)), w).actions(Action.ofRun(4_000, Kind.KILL)));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.statusOf("a")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(run.statusOf("sub")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.below("sub").get(0).statusOf("d")).isEqualTo(StepStatus.STOPPED);
  }

  @Test
  void shouldStopOneStepAndLetTheOthersGoOn() {
    String w = workflow("w", sleep("a", 9).to("b"), step("b", "NoOp"), sleep("c", 9));

    RunResult run = only(Case.of("w", w).actions(Action.ofStep(4_000, Kind.STOP, "a")));

    assertThat(run.status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.elapsedMs()).isEqualTo(9_000);
    assertThat(run.steps().get("a").endedMs()).isEqualTo(4_000);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.NOT_CREATED);
  }

  @Test
  void shouldApplyTheFailureModeToAStepThatIsKilled() {
    String w = workflow("w", sleep("a", 9).failing("IGNORE_FAILURE").to("b"), step("b", "NoOp"));

    RunResult run = only(Case.of("w", w).actions(Action.ofStep(4_000, Kind.KILL, "a")));

    assertThat(run.statusOf("a")).isEqualTo(StepStatus.COMPLETED_WITH_ERROR);
    assertThat(run.steps().get("b").startedMs()).isEqualTo(4_000);
  }

  @Test
  void shouldSkipARunningStepAndEvaluateItsConditions() {
    String w = workflow("w", sleep("a", 9).to("b", "sleep_seconds == 9"), step("b", "NoOp"));

    RunResult run = only(Case.of("w", w).actions(Action.ofStep(4_000, Kind.SKIP, "a")));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.elapsedMs()).isEqualTo(4_000);
    assertThat(run.leafCounts())
        .isEqualTo(Map.of(StepStatus.SKIPPED, 1L, StepStatus.SUCCEEDED, 1L));
  }

  @Test
  void shouldActOnAllRunningIterationsOrOnOne() {
    String w = workflow("w", foreach("fe", "i", new long[] {1, 2, 3}, sleep("a", 9)));

    RunResult one = only(Case.of("w", w).actions(Action.ofStep(4_000, Kind.STOP, "a").in(1)));
    RunResult all = only(Case.of("w", w).actions(Action.ofStep(4_000, Kind.STOP, "a")));

    assertThat(one.below("fe").stream().map(RunResult::status))
        .containsExactly(RunStatus.SUCCEEDED, RunStatus.STOPPED, RunStatus.SUCCEEDED);
    assertThat(one.elapsedMs()).isEqualTo(9_000);
    assertThat(all.below("fe")).allMatch(below -> below.status() == RunStatus.STOPPED);
    assertThat(all.statusOf("fe")).isEqualTo(StepStatus.STOPPED);
  }

  @Test
  void shouldTakeAnAnswerBeforeAnActionOfTheSameInstant() {
    String w = workflow("w", sleep("a", 4));

    assertThat(only(Case.of("w", w).actions(Action.ofRun(4_000, Kind.STOP))).status())
        .isEqualTo(RunStatus.SUCCEEDED);
  }
}

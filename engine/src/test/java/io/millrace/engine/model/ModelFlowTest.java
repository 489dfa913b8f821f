package io.millrace.engine.model;

import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.step;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.LeafOutcome.Failure;
import io.millrace.engine.model.Result.RunResult;
import io.millrace.engine.model.Result.StepResult;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps in a row and side by side: conditions, joins, failure modes, retries, timeouts. */
final class ModelFlowTest {
  private static RunResult told(Case story) {
    Model.Told told = Model.tell(story);
    assertThat(told.doubts()).isEmpty();
    return told.result().last();
  }

  @Test
  void shouldRunStepsOneAfterAnotherAndSleepExactly() {
    String w = workflow("w", sleep("a", 5).to("b"), step("b", "Sleep").to("c"), step("c", "NoOp"));

    RunResult run = told(Case.of("w", w));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.elapsedMs()).isEqualTo(8_000);
    assertThat(run.steps())
        .containsEntry("a", new StepResult(StepStatus.SUCCEEDED, 1, 0L, 5_000L))
        .containsEntry("b", new StepResult(StepStatus.SUCCEEDED, 1, 5_000L, 8_000L))
        .containsEntry("c", new StepResult(StepStatus.SUCCEEDED, 1, 8_000L, 8_000L));
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 3L));
  }

  @Test
  void shouldJoinWhenAnyLeadsThereAndLeaveTheOthersUnsatisfied() {
    // 2.11: b isn't led to; it leads nowhere itself; c has one predecessor that leads to it
    String w =
        workflow(
            "w",
            step("a", "NoOp").param("n", "LONG", 3).to("b", "n > 3").to("c", "n == 3"),
            step("b", "NoOp").to("c").to("d"),
            step("c", "NoOp"),
            step("d", "NoOp"));

    RunResult run = told(Case.of("w", w));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(run.statusOf("c")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.statusOf("d")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(run.leafCounts())
        .isEqualTo(Map.of(StepStatus.SUCCEEDED, 2L, StepStatus.UNSATISFIED, 2L));
  }

  @Test
  void shouldFailAfterRunningAndNeverCreateWhatIsBehind() {
    String w =
        workflow(
            "w", work("a").to("c"), sleep("b", 9).to("d"), step("c", "NoOp"), step("d", "NoOp"));

    RunResult run = told(Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.FATAL, 2_000)));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.elapsedMs()).isEqualTo(9_000);
    assertThat(run.statusOf("a")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.statusOf("c")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(run.statusOf("d")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldStopTheOthersWhenAStepFailsImmediately() {
    String w =
        workflow("w", work("a").failing("FAIL_IMMEDIATELY"), sleep("b", 9).to("c"), work("c"));

    RunResult run = told(Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.FATAL, 2_000)));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.elapsedMs()).isEqualTo(2_000);
    assertThat(run.steps().get("b")).isEqualTo(new StepResult(StepStatus.STOPPED, 1, 0L, 2_000L));
    assertThat(run.statusOf("c")).isEqualTo(StepStatus.NOT_CREATED);
  }

  @Test
  void shouldGoOnAfterAFailureThatIsIgnored() {
    String w = workflow("w", work("a").failing("IGNORE_FAILURE").to("b"), work("b"));

    RunResult run = told(Case.of("w", w).outcomes("a", LeafOutcome.failure(Failure.FATAL, 0)));

    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.statusOf("a")).isEqualTo(StepStatus.COMPLETED_WITH_ERROR);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldCountRetriesOfEachKindApart() {
    // 2.13: one user retry and one platform retry; the second user error is fatal
    String w = workflow("w", work("a").retrying(1, 1, 0, 10));

    RunResult run =
        told(
            Case.of("w", w)
                .outcomes(
                    "a",
                    LeafOutcome.failure(Failure.USER, 1_000),
                    LeafOutcome.failure(Failure.PLATFORM, 1_000),
                    LeafOutcome.failure(Failure.USER, 1_000)));

    // 1 s, wait 10 s, 1 s, wait 10 s, 1 s
    assertThat(run.steps().get("a"))
        .isEqualTo(new StepResult(StepStatus.FATALLY_FAILED, 3, 22_000L, 23_000L));
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.FATALLY_FAILED, 1L));
  }

  @Test
  void shouldWaitLongerBeforeEachRetryByDefault() {
    // 2.13: 60 s, then 120 s; at most three attempts for user errors
    RunResult run =
        told(
            Case.of("w", workflow("w", work("a")))
                .outcomes(
                    "a",
                    LeafOutcome.failure(Failure.USER, 0),
                    LeafOutcome.failure(Failure.USER, 0),
                    LeafOutcome.failure(Failure.USER, 0)));

    assertThat(run.steps().get("a"))
        .isEqualTo(new StepResult(StepStatus.FATALLY_FAILED, 3, 180_000L, 180_000L));
  }

  @Test
  void shouldNotRetryAgainstTheWorkersVeto() {
    RunResult run =
        told(
            Case.of("w", workflow("w", work("a")))
                .outcomes("a", LeafOutcome.failure(Failure.USER, 500).veto()));

    assertThat(run.steps().get("a"))
        .isEqualTo(new StepResult(StepStatus.FATALLY_FAILED, 1, 0L, 500L));
  }

  @Test
  void shouldRetryATimeoutAsOftenAsThePolicySays() {
    String w = workflow("w", work("a").with("timeout", 7).retrying(2, 2, 1, 10));

    RunResult run =
        told(
            Case.of("w", w)
                .outcomes(
                    "a",
                    LeafOutcome.failure(Failure.TIMEOUT, 0),
                    LeafOutcome.failure(Failure.TIMEOUT, 0)));

    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(run.steps().get("a"))
        .isEqualTo(new StepResult(StepStatus.TIMED_OUT, 2, 17_000L, 24_000L));
  }

  @Test
  void shouldTimeOutEverythingOpenWithTheWorkflow() {
    // 2.14: b waits for its retry when time is up
    ObjectNode w =
        Written.envelope("w", sleep("a", 100).to("c"), work("b").retrying(1, 1, 1, 90), work("c"));
    ((ObjectNode) w.get("workflow")).put("timeout", 20);

    RunResult run =
        told(Case.of("w", w.toString()).outcomes("b", LeafOutcome.failure(Failure.USER, 0)));

    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(run.elapsedMs()).isEqualTo(20_000);
    assertThat(run.steps().get("a").status()).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(run.steps().get("b"))
        .isEqualTo(new StepResult(StepStatus.TIMED_OUT, 1, 0L, 20_000L));
    assertThat(run.statusOf("c")).isEqualTo(StepStatus.NOT_CREATED);
  }

  @Test
  void shouldTakeOutputsIntoTheParamsThatConditionsSee() {
    String w =
        workflow("w", work("a").param("rows", "LONG", 0).to("b", "rows > 10"), step("b", "NoOp"));

    RunResult run = told(Case.of("w", w).outcomes("a", LeafOutcome.success(0, Map.of("rows", 12))));

    assertThat(run.statusOf("b")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldReadParamsOfTheRunAndOfFinishedSteps() {
    ObjectNode w =
        Written.envelope(
            "w",
            step("a", "NoOp").computed("m", "LONG", "n * 2").to("b"),
            step("b", "NoOp").to("c", "a__m == 20"),
            step("c", "NoOp"));
    ((ObjectNode) w.get("workflow")).putObject("params").set("n", Written.param("LONG", 1));

    RunResult run = told(Case.of("w", w.toString()).params(Map.of("n", 10)));

    assertThat(run.statusOf("c")).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void shouldFailAStepInternallyWhenAParamOrAConditionFails() {
    String w =
        workflow(
            "w",
            step("a", "NoOp").param("z", "LONG", 0).to("b", "1 / z == 1").failing("IGNORE_FAILURE"),
            step("b", "NoOp"),
            step("c", "NoOp").param("z", "LONG", 0).computed("y", "LONG", "1 / z"));

    RunResult run = told(Case.of("w", w));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.statusOf("a")).isEqualTo(StepStatus.INTERNALLY_FAILED);
    assertThat(run.statusOf("b")).isEqualTo(StepStatus.NOT_CREATED);
    assertThat(run.statusOf("c")).isEqualTo(StepStatus.INTERNALLY_FAILED);
  }
}

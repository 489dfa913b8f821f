package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.noOp;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.engine.scenario.StepText;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maestro semantics 2.13: three counters, each with its limit and back-off. */
class RetryScenariosTest {

  @ParameterizedTest
  @CsvSource({"USER, 2, 0", "PLATFORM, 0, 2"})
  void shouldRetryUpToTheLimitOfItsKindAndNoFurther(Failure whose, int error, int platform) {
    Scenario scenario =
        Scenario.given(workflow("etl").steps(work("a").retries(error, platform, 0)));
    scenario.start("etl");

    for (int retry = 0; retry < 2; retry++) {
      scenario.workerFails("etl/1", "a", whose).passes(Duration.ofSeconds(1));
    }
    assertThat(scenario.step("etl/1", "a").attempts()).isEqualTo(3);
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.RUNNING);
    scenario.workerFails("etl/1", "a", whose);

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldCountEachKindOfFailureApart() {
    Scenario scenario =
        Scenario.given(workflow("etl").steps(work("a").retries(1, 1, 1).timeout("10s")));
    scenario.start("etl");

    scenario.workerFails("etl/1", "a", Failure.USER).passes(Duration.ofSeconds(1));
    scenario.workerFails("etl/1", "a", Failure.PLATFORM).passes(Duration.ofSeconds(1));
    scenario.passes(Duration.ofSeconds(11));
    scenario.workerSucceeds("etl/1", "a");

    assertThat(scenario.step("etl/1", "a").attempts()).isEqualTo(4);
    assertThat(scenario.life("etl/1", "a"))
        .containsSubsequence(
            StepStatus.USER_FAILED,
            StepStatus.PLATFORM_FAILED,
            StepStatus.TIMEOUT_FAILED,
            StepStatus.SUCCEEDED);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldWaitTwiceAsLongBeforeEachRetryUpToTheLimit() {
    StepText step =
        work("a")
            .retryPolicy(
                """
                {"error_retry_limit":6,"backoff":{"type":"EXPONENTIAL_BACKOFF",
                 "error_retry_backoff_in_secs":10,"error_retry_exponent":2,
                 "error_retry_limit_in_secs":60}}
                """);
    Scenario scenario = Scenario.given(workflow("etl").steps(step));
    scenario.start("etl");

    assertThat(waits(scenario, 5)).containsExactly(10_000L, 20_000L, 40_000L, 60_000L, 60_000L);
  }

  @Test
  void shouldWaitEquallyLongBeforeEachRetryWithFixedBackoff() {
    StepText step =
        work("a")
            .retryPolicy(
                "{\"error_retry_limit\":3,\"backoff\":{\"type\":\"FIXED_BACKOFF\",\"error_retry_backoff_in_secs\":7}}");
    Scenario scenario = Scenario.given(workflow("etl").steps(step));
    scenario.start("etl");

    assertThat(waits(scenario, 3)).containsExactly(7_000L, 7_000L, 7_000L);
  }

  @Test
  void shouldRetryByDefaultTwiceAfterAMinuteAndTwo() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a")));
    scenario.start("etl");

    assertThat(waits(scenario, 2)).containsExactly(60_000L, 120_000L);
    scenario.workerFails("etl/1", "a", Failure.USER);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void shouldSayWhenTheNextAttemptBegins() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").retries(1, 0, 0)));
    scenario.start("etl");

    scenario.workerFails("etl/1", "a", Failure.USER);

    assertThat(scenario.step("etl/1", "a").waitingFor()).contains("2026-01-01T00:00:01Z");
  }

  @ParameterizedTest
  @CsvSource({"USER", "PLATFORM"})
  void shouldNotRetryWhenTheWorkerVetoesIt(Failure whose) {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").retries(9, 9, 9)));
    scenario.start("etl");

    scenario.workerFailsForGood("etl/1", "a", whose);

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(scenario.step("etl/1", "a").attempts()).isEqualTo(1);
  }

  @Test
  void shouldNeverRetryAFatalFailure() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").retries(9, 9, 9)));
    scenario.start("etl");

    scenario.workerFails("etl/1", "a", Failure.FATAL);

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.FATALLY_FAILED);
  }

  @Test
  void shouldGiveEachAttemptADispatchIdOfItsOwn() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").retries(1, 0, 0)));
    scenario.start("etl");
    String first = scenario.task("etl/1", "a").dispatchId();

    scenario.workerFails("etl/1", "a", Failure.USER).passes(Duration.ofSeconds(1));

    assertThat(first).startsWith("etl/1:1/a@1#");
    assertThat(scenario.task("etl/1", "a").dispatchId()).startsWith("etl/1:1/a@2#");
  }

  @Test
  void shouldTimeAnAttemptOutAtItsTimeoutAndTakeItsTaskBack() {
    Scenario scenario = Scenario.given(workflow("etl").steps(work("a").timeout("10s")));
    scenario.start("etl");
    String dispatchId = scenario.task("etl/1", "a").dispatchId();

    scenario.passes(Duration.ofMillis(9_999));
    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.RUNNING);
    scenario.passes(Duration.ofMillis(1));

    assertThat(scenario.stepStatus("etl/1", "a")).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(scenario.cancelled()).containsExactly(dispatchId);
    assertThat(scenario.status("etl/1")).isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void shouldNotFollowAStepThatFailed() {
    Scenario scenario =
        Scenario.given(workflow("etl").steps(work("a").retries(0, 0, 0).to("b"), noOp("b")));
    scenario.start("etl");

    scenario.workerFails("etl/1", "a", Failure.USER);

    assertThat(scenario.stepStatus("etl/1", "b")).isEqualTo(StepStatus.NOT_CREATED);
  }

  /** How long it waits before each of some retries, in ms. */
  private static List<Long> waits(Scenario scenario, int retries) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < retries; i++) {
      long failed = scenario.elapsed();
      long attempts = scenario.step("etl/1", "a").attempts();
      scenario.workerFails("etl/1", "a", Failure.USER);
      while (scenario.step("etl/1", "a").attempts() == attempts) {
        assertThat(scenario.passToNextTimer()).isTrue();
      }
      waits.add(scenario.elapsed() - failed);
    }
    return waits;
  }
}

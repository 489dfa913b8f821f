package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document.StepRun;
import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three counters, two kinds of back-off, exact instants. */
final class RetryScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  @Test
  void shouldGiveUserErrorsThreeAttemptsUnlessSaidOtherwise() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a", "b")).whenStarted();

    failing(scenario, Failure.USER, 3);

    scenario
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenAttemptsOf("a", 3)
        .thenAttemptsBegan("a", seconds(0, 60, 180))
        .thenStepsWereNotCreated("b")
        .thenRunIs(RunStatus.FAILED)
        .thenRunEndedAfter(Duration.ofMinutes(3));
  }

  @Test
  void shouldGivePlatformErrorsElevenAttemptsUnlessSaidOtherwise() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a")).whenStarted();

    failing(scenario, Failure.PLATFORM, 11);

    scenario
        .thenAttemptsOf("a", 11)
        .thenAttemptsBegan(
            "a", seconds(0, 60, 180, 420, 900, 1860, 3780, 7380, 10980, 14580, 18180))
        .thenRunIs(RunStatus.FAILED);
  }

  @Test
  void shouldNotRetryTimeoutsUnlessSaidOtherwise() {
    scenarios
        .given(GivenWorkflow.of(GivenStep.worker("a").timeout(Duration.ofSeconds(5))))
        .whenStarted()
        .whenTimePasses(Duration.ofDays(1))
        .thenAttemptsOf("a", 1)
        .thenStepIs("a", StepStatus.TIMED_OUT)
        .thenRunIs(RunStatus.TIMED_OUT)
        .thenRunEndedAfter(Duration.ofSeconds(5))
        .thenCancelled("a");
  }

  @Test
  void shouldWaitEvenLongerUpToTheLimit() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("a")
                        .errorRetries(5)
                        .exponentialBackoff(
                            "error", Duration.ofSeconds(10), 3, Duration.ofSeconds(200))))
            .whenStarted();

    failing(scenario, Failure.USER, 6);

    // 10, 30, 90, then 270 and 810, cut to 200
    scenario.thenAttemptsBegan("a", seconds(0, 10, 40, 130, 330, 530)).thenRunIs(RunStatus.FAILED);
  }

  @Test
  void shouldWaitEquallyLongWithAFixedBackoff() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("a")
                        .errorRetries(2)
                        .platformRetries(2)
                        .fixedBackoff(
                            Duration.ofSeconds(7), Duration.ofSeconds(11), Duration.ofSeconds(13))))
            .whenStarted();

    failing(scenario, Failure.USER, 2);
    scenario.whenTimePasses(Duration.ofSeconds(7));
    failing(scenario, Failure.PLATFORM, 2);
    scenario.whenTimePasses(Duration.ofSeconds(11)).whenWorkerSucceeds("a");

    scenario.thenAttemptsBegan("a", seconds(0, 7, 14, 25, 36)).thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldWaitByTheThirdBackoffAfterTimeouts() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.worker("a")
                    .timeout(Duration.ofSeconds(5))
                    .timeoutRetries(2)
                    .exponentialBackoff("timeout", Duration.ofSeconds(20), 2, Duration.ofHours(1))))
        .whenStarted()
        .whenTimeIs(Duration.ofSeconds(5))
        .thenStepIs("a", StepStatus.TIMEOUT_FAILED)
        .whenTimePasses(Duration.ofDays(1))
        .thenAttemptsBegan("a", seconds(0, 25, 70))
        .thenStepIs("a", StepStatus.TIMED_OUT)
        .thenRunEndedAfter(Duration.ofSeconds(75))
        .thenCancelled("a", "a", "a");
  }

  @Test
  void shouldCountTheThreeKindsApart() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("a")
                        .timeout(Duration.ofSeconds(100))
                        .errorRetries(1)
                        .platformRetries(1)
                        .timeoutRetries(1)
                        .fixedBackoff(
                            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1))))
            .whenStarted()
            .whenWorkerFails("a", Failure.USER)
            .whenTimePasses(Duration.ofSeconds(1))
            .whenWorkerFails("a", Failure.PLATFORM)
            .whenTimePasses(Duration.ofSeconds(1))
            .whenTimePasses(Duration.ofSeconds(101))
            .thenStepIs("a", StepStatus.RUNNING)
            .thenAttemptsOf("a", 4);

    StepRun step = scenario.step("a");
    assertThat(step.errorRetries()).isEqualTo(1);
    assertThat(step.platformRetries()).isEqualTo(1);
    assertThat(step.timeoutRetries()).isEqualTo(1);
    scenario.whenWorkerFails("a", Failure.PLATFORM).thenStepIs("a", StepStatus.FATALLY_FAILED);
  }

  @Test
  void shouldNotRetryWhatTheWorkerVetoes() {
    for (Failure whose : new Failure[] {Failure.USER, Failure.PLATFORM}) {
      scenarios
          .given(GivenWorkflow.sequence("a"))
          .whenStarted()
          .whenWorkerVetoesRetry("a", whose)
          .thenStepIs("a", StepStatus.FATALLY_FAILED)
          .thenAttemptsOf("a", 1)
          .thenRunIs(RunStatus.FAILED);
    }
  }

  @Test
  void shouldNotRetryFatalErrors() {
    scenarios
        .given(GivenWorkflow.sequence("a"))
        .whenStarted()
        .whenWorkerFails("a", Failure.FATAL)
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenAttemptsOf("a", 1);
  }

  @Test
  void shouldNotRetryWithLimitsOfZero() {
    scenarios
        .given(GivenWorkflow.of(GivenStep.worker("a").neverRetried()))
        .whenStarted()
        .whenWorkerFails("a", Failure.USER)
        .thenRunIs(RunStatus.FAILED)
        .whenStarted()
        .whenWorkerFails("a", Failure.PLATFORM)
        .thenRunIs(RunStatus.FAILED);
  }

  @Test
  void shouldGiveEachAttemptATaskOfItsOwn() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStarted()
            .whenWorkerFails("a", Failure.USER)
            .whenTimePasses(Duration.ofSeconds(60));

    assertThat(scenario.tasks("a")).extracting(Task::attempt).containsExactly(1L, 2L);
    assertThat(scenario.tasks("a")).extracting(Task::dispatchId).doesNotHaveDuplicates();
  }

  @Test
  void shouldSayWhenTheNextAttemptBegins() {
    Scenario scenario =
        scenarios
            .given(GivenWorkflow.sequence("a"))
            .whenStarted()
            .whenWorkerFails("a", Failure.USER)
            .whenShown();

    assertThat(Told.step(scenario, "a").waitingFor())
        .isEqualTo("Attempt 2 begins at 2026-01-01T00:01:00Z.");
    assertThat(Told.step(scenario, "a").message()).isEqualTo("It went wrong.");
    assertThat(Told.step(scenario, "a").logTail()).isEqualTo("last line");
  }

  @Test
  void shouldSayWhyAnAttemptTimedOut() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                    GivenStep.worker("a").timeout(Duration.ofSeconds(5)).timeoutRetries(1)))
            .whenStarted()
            .whenTimePasses(Duration.ofSeconds(5))
            .whenShown();

    assertThat(Told.step(scenario, "a").message()).isEqualTo("The attempt took longer than PT5S.");
  }

  /** Fails the attempts as soon as they begin. */
  private static void failing(Scenario scenario, Failure whose, int times) {
    for (int attempt = 1; attempt <= times; attempt++) {
      Long retryAt = scenario.step("a").retryAt();
      if (retryAt != null) {
        scenario
            .whenTimeIs(Duration.ofMillis(retryAt - 1 - Scenario.BEGIN))
            .thenAttemptsOf("a", attempt + already(scenario, attempt) - 1)
            .whenTimePasses(Duration.ofMillis(1));
      }
      scenario.whenWorkerFails("a", whose);
    }
  }

  /** Attempts made before this round of failures. */
  private static long already(Scenario scenario, int attempt) {
    return scenario.step("a").attempt() - attempt + 1;
  }

  private static Duration[] seconds(long... seconds) {
    return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
  }
}

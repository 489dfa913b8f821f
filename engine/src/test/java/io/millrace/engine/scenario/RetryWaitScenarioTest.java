package io.millrace.engine.scenario;

import io.millrace.protocol.Report.Failure;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to a step while it waits for its next attempt, whatever it failed of. */
final class RetryWaitScenarioTest {
  /** The attempt fails in one of three ways; the next begins 60 s later, after 69 or 70 s. */
  private static final Map<StepStatus, Consumer<Scenario>> FAILURES = new LinkedHashMap<>();

  static {
    FAILURES.put(
        StepStatus.USER_FAILED,
        scenario -> scenario.whenTimeIs(Duration.ofSeconds(9)).whenWorkerFails("a", Failure.USER));
    FAILURES.put(
        StepStatus.PLATFORM_FAILED,
        scenario ->
            scenario.whenTimeIs(Duration.ofSeconds(9)).whenWorkerFails("a", Failure.PLATFORM));
    FAILURES.put(
        StepStatus.TIMEOUT_FAILED, scenario -> scenario.whenTimeIs(Duration.ofSeconds(10)));
  }

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private void forEachFailure(Consumer<Scenario> story) {
    FAILURES.forEach(
        (status, failure) -> {
          Scenario scenario =
              scenarios
                  .given(
                      Scenarios.World.DEFAULT.with(Broken.TYPES),
                      GivenWorkflow.of(
                              GivenStep.worker("a")
                                  .timeout(Duration.ofSeconds(10))
                                  .errorRetries(1)
                                  .platformRetries(1)
                                  .timeoutRetries(1),
                              GivenStep.ofType("bad", "BrokenAtReport"))
                          .timeout(Duration.ofSeconds(75)))
                  .whenStarted();
          failure.accept(scenario);
          story.accept(scenario.thenStepIs("a", status));
        });
  }

  @Test
  void shouldBeginTheNextAttempt() {
    forEachFailure(
        scenario ->
            scenario
                .whenTimeIs(Duration.ofSeconds(70))
                .thenStepIs("a", StepStatus.RUNNING)
                .thenAttemptsOf("a", 2));
  }

  @Test
  void shouldBeStopped() {
    forEachFailure(
        scenario ->
            scenario
                .whenStopped()
                .thenStepIs("a", StepStatus.STOPPED)
                .thenRunIs(RunStatus.STOPPED));
  }

  @Test
  void shouldTimeOutWithTheRun() {
    for (Failure whose : new Failure[] {Failure.USER, Failure.PLATFORM}) {
      timedOut(scenario -> scenario.whenWorkerFails("a", whose));
    }
    timedOut(scenario -> scenario.whenTimePasses(Duration.ofSeconds(10)));
  }

  private void timedOut(Consumer<Scenario> failure) {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(
                        GivenStep.worker("a").timeout(Duration.ofSeconds(10)).timeoutRetries(1))
                    .timeout(Duration.ofSeconds(30)))
            .whenStarted();
    failure.accept(scenario);
    scenario
        .whenTimeIs(Duration.ofSeconds(30))
        .thenStepIs("a", StepStatus.TIMED_OUT)
        .thenRunIs(RunStatus.TIMED_OUT)
        .thenRunEndedAfter(Duration.ofSeconds(30));
  }

  @Test
  void shouldBeFencedOffWithTheRun() {
    forEachFailure(
        scenario ->
            scenario
                .whenWorkerSucceeds("bad")
                .thenStepIs("a", StepStatus.INTERNALLY_FAILED)
                .thenRunIs(RunStatus.FAILED));
  }

  @Test
  void shouldFailForGoodAtOnceOnAnUndeclaredQueueWithoutRetries() {
    scenarios
        .given(GivenWorkflow.of(GivenStep.ofType("a", "Nowhere").neverRetried()))
        .whenStarted()
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenRunIs(RunStatus.FAILED);
  }
}

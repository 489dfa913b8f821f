package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real engine on virtual time, as a scenario drives it. */
final class SimulationTest {
  /** Two steps, one after the other. */
  private static final String FLOW =
      """
      workflow:
        id: w
        owner: me
        run_strategy: PARALLEL
        jobs:
          - job: {id: a, type: Spark, params: {rows: 0}, transition: [b]}
          - job: {id: b, type: Spark}
      """;

  private static SimulationResult simulate(String definition, String scenario) {
    return new Played().push("w", definition).simulate(scenario);
  }

  private static SimulationResult simulate(String definition, String scenario, Duration until) {
    return new Played().push("w", definition).simulate(scenario, until);
  }

  private static SimulatedRun only(SimulationResult result) {
    assertThat(result.runs()).hasSize(1);
    return result.runs().get(0);
  }

  @Test
  void shouldSucceedAtOnceWhereTheScenarioSaysNothing() {
    // when
    SimulationResult result = simulate(FLOW, "{}");

    // then
    SimulatedRun run = only(result);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.elapsedMs()).isZero();
    assertThat(run.steps().keySet()).containsExactly("a", "b");
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 2L));
    assertThat(result.succeeded()).isTrue();
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void shouldAnswerAttemptsInTheOrderOfTheirOutcomes() {
    // when
    SimulatedRun run =
        only(
            simulate(
                FLOW,
                """
                steps:
                  a:
                    - {fail: USER, after: 10s}
                    - {fail: PLATFORM}
                    - {succeed: {outputs: {rows: 12}}, after: 30s}
                """));

    // then
    SimulatedStep step = run.steps().get("a");
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(3);
    assertThat(step.params()).isEqualTo(Map.of("rows", new ParamValue.Int(12)));
    assertThat(step.endedMs()).isEqualTo(step.startedMs() + 30_000);
    assertThat(statuses(run, "a"))
        .containsSubsequence(
            StepStatus.USER_FAILED, StepStatus.PLATFORM_FAILED, StepStatus.SUCCEEDED);
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.SUCCEEDED, 2L));
  }

  @Test
  void shouldLetWhatFollowsASleepEndBeforeTheTimeoutOfTheSameInstant() {
    // given
    String flow =
        """
        workflow:
          id: w
          owner: me
          timeout: 60s
          jobs:
            - job: {id: nap, type: Sleep, sleep_seconds: 60, transition: [load]}
            - job: {id: load, type: Spark}
        """;

    // when
    SimulatedRun inTime = only(simulate(flow, "{}"));
    SimulatedRun late = only(simulate(flow, "steps: {load: [{succeed: true, after: 1s}]}"));

    // then
    assertThat(inTime.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(inTime.elapsedMs()).isEqualTo(60_000);
    assertThat(late.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(late.elapsedMs()).isEqualTo(60_000);
  }

  private static List<StepStatus> statuses(SimulatedRun run, String stepId) {
    return run.events().stream()
        .map(TimelineEvent::event)
        .filter(TimelineEvent.StepStatusChanged.class::isInstance)
        .map(TimelineEvent.StepStatusChanged.class::cast)
        .filter(event -> event.stepId().equals(stepId))
        .flatMap(event -> event.statuses().stream())
        .toList();
  }

  @Test
  void shouldHonourTheWorkersVetoAndTellItsMessage() {
    // when
    SimulatedRun run =
        only(simulate(FLOW, "steps: {a: [{fail: USER, message: no luck, retryable: false}]}"));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.steps().get("a").status()).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(run.steps()).doesNotContainKey("b");
    assertThat(run.events().toString()).contains("no luck");
  }

  @Test
  void shouldNeverAnswerATimeout() {
    // given
    String definition =
        FLOW.replace(
            "id: b, type: Spark",
            "id: b, type: Spark, timeout: 1 hour, retry_policy: {timeout_retry_limit: 0}");

    // when
    SimulatedRun run = only(simulate(definition, "steps: {b: [{fail: TIMEOUT}]}"));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(run.steps().get("b").status()).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(run.elapsedMs()).isEqualTo(Duration.ofHours(1).toMillis());
  }

  @Test
  void shouldLetAScriptedSleepOrNoOpFailAndOthersDoTheirOwnWork() {
    // given
    String definition =
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Sleep, sleep_seconds: 7, transition: [b]}
            - job: {id: b, type: NoOp}
        """;

    // when
    SimulatedRun own = only(simulate(definition, "{}"));
    SimulatedRun scripted =
        only(simulate(definition, "steps: {a: [{succeed: {}}], b: [{fail: FATAL, after: 1s}]}"));

    // then
    assertThat(own.elapsedMs()).isEqualTo(7_000);
    assertThat(scripted.steps().get("a").endedMs()).isEqualTo(7_000);
    assertThat(scripted.steps().get("b").status()).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(scripted.elapsedMs()).isEqualTo(8_000);
  }

  // ---- order at one instant

  @Test
  void shouldTakeAResultBeforeTheTimeoutOfThatInstant() {
    // given
    String definition = FLOW.replace("id: w\n", "id: w\n  timeout: 10s\n");

    // when, then
    assertThat(only(simulate(definition, "steps: {b: [{succeed: {}, after: 10s}]}")).status())
        .isEqualTo(RunStatus.SUCCEEDED);
    assertThat(only(simulate(definition, "steps: {b: [{succeed: {}, after: 10001ms}]}")).status())
        .isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void shouldEndASleepBeforeTheTimeoutOfThatInstantAndGoOnInIt() {
    // given
    String definition =
        """
        workflow:
          id: w
          owner: me
          timeout: 10s
          jobs:
            - job: {id: a, type: Sleep, sleep_seconds: 10, transition: [b]}
            - job: {id: b, type: Spark}
        """;

    // when
    SimulatedRun run = only(simulate(definition, "{}"));

    // then
    assertThat(run.steps().get("a").status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(run.elapsedMs()).isEqualTo(10_000);
  }

  @Test
  void shouldTakeAResultBeforeTheActionOfThatInstant() {
    // when, then
    String stop = "actions: [{at: 10s, do: stop}]\nsteps: {b: [{succeed: {}, after: ";
    assertThat(only(simulate(FLOW, stop + "10s}]}")).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(only(simulate(FLOW, stop + "11s}]}")).status()).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void shouldActBeforeTheStartOfThatInstant() {
    // when
    SimulationResult result =
        simulate(
            FLOW,
            """
            steps: {a: [{fail: TIMEOUT}, {succeed: {}, after: 1s}]}
            actions: [{at: 5s, do: stop}]
            starts: [{at: 5s, workflow: w}]
            """);

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::status)
        .containsExactly(RunStatus.STOPPED, RunStatus.SUCCEEDED);
  }

  // ---- actions and starts

  @Test
  void shouldNoteWhatTheScenarioAsksForInVain() {
    // when
    SimulationResult result =
        simulate(
            FLOW,
            """
            actions: [{at: 0s, do: stop}, {at: 1s, do: stop}, {at: 2s, do: kill}]
            starts: [{at: 3s, workflow: nobody}]
            """);

    // then
    assertThat(only(result).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(result.notes()).hasSize(4);
    assertThat(result.notes().get(0)).contains("'stop' at 0s", "no instance yet");
    assertThat(result.notes().get(1)).contains("'stop' at 1s", "but it is SUCCEEDED");
    assertThat(result.notes().get(2)).contains("'kill' at 2s", "but it is SUCCEEDED");
    assertThat(result.notes().get(3)).contains("at 3s", "nobody has pushed it");
  }

  @Test
  void shouldTellWhyAStepOfAnOpenRunWaits() {
    // when
    SimulatedRun run = only(simulate(FLOW, "steps: {a: [{fail: USER}]}", Duration.ofSeconds(1)));

    // then
    assertThat(run.steps().get("a").status()).isEqualTo(StepStatus.USER_FAILED);
    assertThat(run.steps().get("a").waitingFor())
        .isEqualTo("Attempt 2 begins at 2026-01-01T00:01:00Z.");
  }

  @Test
  void shouldStopAtTheTimeGiven() {
    // given
    String slow = "steps: {a: [{succeed: {}, after: 1 hour}]}";

    // when, then
    assertThat(only(simulate(FLOW, slow, Duration.ofHours(1))).status())
        .isEqualTo(RunStatus.SUCCEEDED);
    assertThat(only(simulate(FLOW, slow, Duration.ofHours(1).minusMillis(1))).status())
        .isEqualTo(RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldGiveTheSameResultTwice() {
    // given
    String scenario =
        "now: 2027-01-01T00:00:00Z\nsteps: {a: [{fail: USER}, {succeed: {}, after: 5s}]}";

    // when, then
    assertThat(simulate(FLOW, scenario)).isEqualTo(simulate(FLOW, scenario));
    assertThat(only(simulate(FLOW, scenario)).events().get(0).at())
        .isEqualTo(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli());
  }
}

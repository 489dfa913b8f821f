package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void shouldTellQueuedStartsAndRepeatedRequests() {
    // given
    String sequential = FLOW.replace("PARALLEL", "SEQUENTIAL");

    // when
    SimulationResult result =
        simulate(
            sequential,
            """
            start: false
            steps: {a: [{fail: TIMEOUT}]}
            starts:
              - {at: 1s, workflow: w, request_id: x}
              - {at: 2s, workflow: w, request_id: x}
              - {at: 3s, workflow: w}
            """,
            Duration.ofMinutes(1));

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::status)
        .containsExactly(RunStatus.IN_PROGRESS, RunStatus.CREATED);
    assertThat(result.runs().get(0).elapsedMs()).isNull();
    assertThat(result.runs().get(0).steps().get("a").startedMs()).isEqualTo(1_000);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void shouldTellASubworkflowInTheQueueBelowItsStep() {
    // given
    Played played =
        new Played()
            .push(
                "c",
                """
                workflow:
                  id: c
                  owner: me
                  run_strategy: SEQUENTIAL
                  jobs:
                    - job: {id: in, type: Spark}
                """)
            .push(
                "w",
                """
                workflow:
                  id: w
                  owner: me
                  jobs:
                    - subworkflow: {id: one, subworkflow_id: c}
                    - subworkflow: {id: two, subworkflow_id: c}
                """);

    // when
    SimulatedRun run =
        only(played.simulate("steps: {in: [{fail: TIMEOUT}]}", Duration.ofMinutes(1)));

    // then
    assertThat(run.children())
        .extracting(
            SimulatedRun::parentStep,
            SimulatedRun::workflowId,
            SimulatedRun::instance,
            SimulatedRun::status,
            child -> child.steps().keySet())
        .containsExactly(
            tuple("one", "c", 1L, RunStatus.IN_PROGRESS, Set.of("in")),
            tuple("two", "c", 2L, RunStatus.CREATED, Set.of()));
    assertThat(run.children().get(1).events()).hasSize(1);
    // The leaf of the one, and the step of the other, below which there is none yet.
    assertThat(run.leafCounts()).isEqualTo(Map.of(StepStatus.RUNNING, 2L));
  }

  @Test
  void shouldTellRestartsOfOneInstantAsTheyCame() {
    // when
    SimulationResult result =
        simulate(
            FLOW,
            """
            start: false
            steps: {a: [{fail: FATAL}, {fail: FATAL}]}
            starts: [{at: 1s, workflow: w}, {at: 1s, workflow: w}]
            actions: [{at: 2s, do: restart, instance: 2}, {at: 2s, do: restart, instance: 1}]
            """);

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::instance, SimulatedRun::run)
        .containsExactly(tuple(1L, 1L), tuple(2L, 1L), tuple(2L, 2L), tuple(1L, 2L));
    assertThat(result.runs())
        .allSatisfy(
            run ->
                assertThat(run.events().get(0).event())
                    .isInstanceOf(TimelineEvent.StartAccepted.class));
  }

  @Test
  void shouldTellARestartThatWasStoppedInTheQueueOnce() {
    // given a restart behind another in the queue, of which the place is left when it is stopped
    String sequential = FLOW.replace("PARALLEL", "SEQUENTIAL");

    // when
    SimulationResult result =
        simulate(
            sequential,
            """
            start: false
            steps: {a: [{fail: FATAL}, {fail: FATAL}, {fail: TIMEOUT}]}
            starts: [{at: 1s, workflow: w}, {at: 2s, workflow: w}, {at: 3s, workflow: w}]
            actions:
              - {at: 4s, do: restart, instance: 1}
              - {at: 5s, do: restart, instance: 2}
              - {at: 6s, do: stop, instance: 2}
            """,
            Duration.ofMinutes(1));

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::instance, SimulatedRun::run, SimulatedRun::status)
        .containsExactly(
            tuple(1L, 1L, RunStatus.FAILED),
            tuple(2L, 1L, RunStatus.FAILED),
            tuple(3L, 1L, RunStatus.IN_PROGRESS),
            tuple(1L, 2L, RunStatus.CREATED),
            tuple(2L, 2L, RunStatus.STOPPED));
  }

  @Test
  void shouldActOnARestartInTheQueueOnlyIfItIsTheRunThatIsMeant() {
    // given
    String sequential = FLOW.replace("PARALLEL", "SEQUENTIAL");
    String queued =
        """
        start: false
        steps: {a: [{fail: FATAL}, {fail: TIMEOUT}]}
        starts: [{at: 1s, workflow: w}, {at: 2s, workflow: w}]
        actions: [{at: 4s, do: restart, instance: 1}, {at: 5s, do: stop, instance: 1, run: %d}]
        """;

    // when
    SimulationResult first = simulate(sequential, queued.formatted(1), Duration.ofMinutes(1));
    SimulationResult second = simulate(sequential, queued.formatted(2), Duration.ofMinutes(1));
    SimulationResult third = simulate(sequential, queued.formatted(3), Duration.ofMinutes(1));

    // then
    assertThat(Played.last(first).status()).isEqualTo(RunStatus.CREATED);
    assertThat(first.notes().get(0)).contains("w/1:1 to be the latest run", "that is run 2");
    assertThat(Played.last(second).status()).isEqualTo(RunStatus.STOPPED);
    assertThat(second.notes()).isEmpty();
    assertThat(Played.last(third).status()).isEqualTo(RunStatus.CREATED);
    assertThat(third.notes().get(0)).contains("w/1:3 to be the latest run");
  }

  @Test
  void shouldRefuseToActOnAnEarlierRunAlsoForAStepInALoop() {
    // given
    String loop =
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach:
                id: fe
                loop_params: {i: [0, 1]}
                jobs:
                  - job: {id: in, type: Spark}
        """;
    String twice =
        """
        steps: {in: [{fail: FATAL}, {fail: FATAL}, {fail: TIMEOUT}, {fail: TIMEOUT}]}
        actions: [{at: 1s, do: restart, policy: FROM_BEGINNING}, {at: 2s, do: stop, %s}]
        """;

    for (String target : List.of("step: in", "step: in, iteration: 1", "step: fe, iteration: 1")) {
      // when
      SimulationResult earlier =
          simulate(loop, twice.formatted(target + ", run: 1"), Duration.ofSeconds(10));
      SimulationResult latest =
          simulate(loop, twice.formatted(target + ", run: 2"), Duration.ofSeconds(10));

      // then
      assertThat(earlier.notes()).hasSize(1);
      assertThat(earlier.notes().get(0)).contains("w/1:1 to be the latest run", "that is run 2");
      assertThat(earlier.runs().get(1).children())
          .extracting(SimulatedRun::status)
          .containsExactly(RunStatus.IN_PROGRESS, RunStatus.IN_PROGRESS);
      assertThat(latest.notes()).isEmpty();
      assertThat(latest.runs().get(1).children().get(1).status()).isEqualTo(RunStatus.STOPPED);
    }
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

package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs in the queue, several runs, and which of them an action means. */
final class RunsSimulationTest {
  /** Two steps, one after the other. */
  private static final String FLOW =
      """
      workflow:
        id: w
        owner: me
        run_strategy: PARALLEL
        jobs:
          - job: {id: a, type: Spark, transition: [b]}
          - job: {id: b, type: Spark}
      """;

  private static SimulationResult simulate(String definition, String scenario) {
    return new Played().push("w", definition).simulate(scenario, Duration.ofMinutes(1));
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
            """);

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
        Played.last(played.simulate("steps: {in: [{fail: TIMEOUT}]}", Duration.ofMinutes(1)));

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
            """);

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
    SimulationResult first = simulate(sequential, queued.formatted(1));
    SimulationResult second = simulate(sequential, queued.formatted(2));
    SimulationResult third = simulate(sequential, queued.formatted(3));

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
      SimulationResult earlier = simulate(loop, twice.formatted(target + ", run: 1"));
      SimulationResult latest = simulate(loop, twice.formatted(target + ", run: 2"));

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
}

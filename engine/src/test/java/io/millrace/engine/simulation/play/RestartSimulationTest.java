package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a restart runs again, what it keeps, and what is refused. */
final class RestartSimulationTest {
  private final Played played = new Played();

  @Test
  void shouldBeginNoIterationBesideOneThatFailedAndIsNotRestarted() {
    // given
    String loop =
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach:
                id: fe
                concurrency: 2
                failure_mode: %s
                loop_params: {i: [0, 1, 2, 3]}
                jobs:
                  - job: {id: s, type: Spark}
        """;
    String failures =
        """
        steps: {s: [{iteration: 0, fail: FATAL}, {iteration: 1, fail: FATAL}]}
        actions: [{at: 10s, do: restart, step: fe, iteration: 0}%s]
        """;
    String second = ", {at: 20s, do: restart, step: fe, iteration: 1}";
    played.push("w", loop.formatted("FAIL_AFTER_RUNNING"));

    // when
    SimulatedRun once = Played.last(played.simulate(failures.formatted("")));
    SimulatedRun twice = Played.last(played.simulate(failures.formatted(second)));
    SimulatedRun ignored =
        Played.last(
            new Played()
                .push("w", loop.formatted("IGNORE_FAILURE"))
                .simulate(
                    """
                    steps:
                      s:
                        - {iteration: 0, fail: FATAL}
                        - {iteration: 1, fail: TIMEOUT}
                        - {iteration: 2, fail: TIMEOUT}
                    actions:
                      - {at: 5s, do: stop}
                      - {at: 10s, do: restart, step: fe, iteration: 1}
                    """));

    // then
    assertThat(once.status()).isEqualTo(RunStatus.FAILED);
    assertThat(once.children()).extracting(SimulatedRun::run).containsExactly(2L, 1L);
    assertThat(twice.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(twice.children()).extracting(SimulatedRun::run).containsExactly(2L, 2L, 1L, 1L);
    assertThat(ignored.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(ignored.children()).extracting(SimulatedRun::run).containsExactly(1L, 2L, 1L, 1L);
  }

  @Test
  void shouldRefuseToSkipAStepThatWasNeverCreated() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Spark, transition: [b]}
            - job: {id: b, type: Spark}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {a: [{fail: FATAL}]}
            actions: [{at: 10s, do: skip, step: b}]
            """);

    // then
    assertThat(result.runs()).hasSize(1);
    assertThat(result.notes()).singleElement().asString().contains("'b'", "NOT_CREATED");
  }

  @Test
  void shouldRefuseToRestartAnIterationOfALoopThatFailsImmediatelyWhileItRuns() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach:
                id: fe
                failure_mode: FAIL_IMMEDIATELY
                concurrency: 1
                loop_params: {i: [1, 2]}
                jobs:
                  - job: {id: s, type: Sleep, sleep_seconds: 9}
        """);

    // when
    SimulationResult result =
        played.simulate("actions: [{at: 10s, do: restart, step: fe, iteration: 0}]");

    // then
    assertThat(result.notes()).singleElement().asString().contains("FAIL_IMMEDIATELY");
    assertThat(Played.last(result).elapsedMs()).isEqualTo(18_000);
  }

  @Test
  void shouldCountNoIterationOfAnAttemptAfterWhichAllBeganAnew() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach:
                id: fe
                concurrency: 1
                loop_params: {i: [1, 2, 3]}
                jobs:
                  - job: {id: s, type: Spark}
            - job: {id: meanwhile, type: Sleep, sleep_seconds: 100}
        """);

    // when
    List<SimulatedRun> runs =
        played
            .simulate(
                """
                steps:
                  s:
                    - {iteration: 2, fail: FATAL}
                    - {iteration: 1, succeed: {}}
                    - {iteration: 1, fail: FATAL}
                    - {iteration: 1, fail: FATAL}
                actions:
                  - {at: 50s, do: restart, step: fe, policy: RESTART_FROM_BEGINNING}
                  - {at: 200s, do: restart}
                """)
            .runs();

    // then
    assertThat(runs).hasSize(2);
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.children())
                  .extracting(SimulatedRun::iteration)
                  .containsExactly(0L, 1L);
              assertThat(run.children())
                  .extracting(SimulatedRun::status)
                  .containsExactly(RunStatus.SUCCEEDED, RunStatus.FAILED);
            });
  }

  @Test
  void shouldCountNoIterationOfAWhileAfterTheOneThatARestartGoesBackTo() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - while:
                id: wh
                condition: i < 3
                loop_params: {i: 0}
                jobs:
                  - job: {id: s, type: Spark, '!i<long>': i + 1}
            - job: {id: meanwhile, type: Sleep, sleep_seconds: 100}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps:
                  s:
                    - {iteration: 2, fail: FATAL}
                    - {succeed: {}, after: 20s}
                    - {succeed: {}, after: 20s}
                    - {succeed: {}, after: 20s}
                actions:
                  - {at: 70s, do: restart, step: wh, iteration: 0}
                  - {at: 75s, do: skip, step: wh}
                """));

    // then
    assertThat(run.children()).extracting(SimulatedRun::iteration).containsExactly(0L);
    assertThat(run.children()).extracting(SimulatedRun::status).containsOnly(RunStatus.STOPPED);
  }

  @Test
  void shouldNotNeedTimeToKnowWhichIterationsARestartWentBackBehind() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: first, type: Sleep, sleep_seconds: 10, transition: [wh]}
            - while:
                id: wh
                condition: i < 3
                loop_params: {i: 0}
                jobs:
                  - job: {id: s, type: Spark, '!i<long>': i + 1}
            - job: {id: meanwhile, type: Sleep, sleep_seconds: 100}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps:
                  s:
                    - {iteration: 1, fail: FATAL}
                    - {iteration: 0, succeed: {}}
                    - {iteration: 0, fail: FATAL}
                actions: [{at: 10s, do: restart, step: wh, iteration: 0}]
                """));

    // then
    assertThat(Objects.requireNonNull(run.steps().get("wh")).attempts()).isEqualTo(2);
    assertThat(run.children()).extracting(SimulatedRun::iteration).containsExactly(0L);
    assertThat(run.children()).extracting(SimulatedRun::status).containsOnly(RunStatus.FAILED);
  }

  @Test
  void shouldRefuseToRestartAnIterationThatNeverBegan() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - foreach:
                id: fe
                concurrency: 1
                loop_params: {i: [0, 1, 2]}
                jobs:
                  - job: {id: s, type: Spark}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {s: [{fail: FATAL}]}
            actions:
              - {at: 10s, do: restart, step: fe, iteration: 2}
              - {at: 11s, do: restart, step: fe, iteration: 3}
            """);

    // then
    assertThat(result.runs()).hasSize(1);
    assertThat(result.notes()).hasSize(2);
    assertThat(result.notes().get(0)).contains("iteration 2 of 'fe' to have run");
    assertThat(result.notes().get(1)).contains("iteration 3 of 'fe' to have run");
  }
}

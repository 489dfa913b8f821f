package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a restart gives to what it restarts, what it keeps, and what is refused. */
final class RestartSimulationTest {
  private final Played played = new Played();

  @Test
  void shouldKeepWhatARestartGaveAStepThroughItsRetries() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Spark, params: {n: 1}}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {a: [{fail: FATAL}, {fail: USER}]}
                actions: [{at: 10s, do: restart, step: a, params: {n: 5}}]
                """));

    // then
    assertThat(Objects.requireNonNull(run.steps().get("a")).attempts()).isEqualTo(2);
    assertThat(Played.param(run, "a", "n")).isEqualTo(5L);
  }

  @Test
  void shouldKeepWhatARestartInARunningRunGaveAStepThroughItsRetries() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Spark, params: {n: 1}}
            - job: {id: b, type: Sleep, sleep_seconds: 600}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {a: [{fail: FATAL}, {fail: USER}]}
                actions: [{at: 10s, do: restart, step: a, params: {n: 5}}]
                """));

    // then
    assertThat(Objects.requireNonNull(run.steps().get("a")).attempts()).isEqualTo(3);
    assertThat(Played.param(run, "a", "n")).isEqualTo(5L);
  }

  @Test
  void shouldGiveTheParamsOfARestartToTheSubworkflowItIsAimedAt() {
    // given
    played.push(
        "c",
        """
        workflow:
          id: c
          owner: me
          params: {x: one}
          jobs:
            - job: {id: s, type: Spark, v: "${x}"}
        """);
    played.push(
        "p",
        """
        workflow:
          id: p
          owner: me
          jobs:
            - subworkflow: {id: sub, workflow_id: c}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {s: [{fail: FATAL}]}
                actions: [{at: 10s, do: restart, workflow: c, params: {x: nine}}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(Objects.requireNonNull(run.steps().get("sub")).params()).doesNotContainKey("x");
    assertThat(Played.param(run.children().get(0), "s", "v")).isEqualTo("nine");
  }

  @Test
  void shouldGiveTheParamsOfARestartToTheIterationItIsAimedAt() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params: {x: one}
          jobs:
            - foreach:
                id: fe
                loop_params: {i: [1, 2]}
                jobs:
                  - job: {id: s, type: Spark, v: "${x}"}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {s: [{iteration: 1, fail: FATAL}]}
                actions: [{at: 10s, do: restart, step: fe, iteration: 1, params: {x: nine}}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(
            run.children().stream()
                .filter(child -> Objects.equals(child.iteration(), 1L))
                .map(child -> Played.param(child, "s", "v")))
        .containsExactly("nine");
  }

  @Test
  void shouldRefuseToGiveAnIterationWhatIsConstant() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params: {x: {value: one, type: STRING, mode: CONSTANT}}
          jobs:
            - foreach:
                id: fe
                loop_params: {i: [1, 2]}
                jobs:
                  - job: {id: s, type: Spark, v: "${x}"}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {s: [{iteration: 1, fail: FATAL}]}
                actions: [{at: 10s, do: restart, step: fe, iteration: 1, params: {x: nine}}]
                """));

    // then
    SimulatedRun iteration = run.children().get(1);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(iteration.status()).isEqualTo(RunStatus.FAILED);
    assertThat(iteration.reason()).contains("'x'");
    assertThat(iteration.steps()).isEmpty();
  }

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

  /**
   * Two chains, each with a step that fails: {@code a1} to {@code a2}, {@code b1} to {@code b2}.
   */
  private static final String CHAINS =
      """
      workflow:
        id: w
        owner: me
        jobs:
          - job: {id: a1, type: Spark, transition: [a2]}
          - job: {id: a2, type: Spark, params: {v: "${a1__step_id}"}}
          - job: {id: b1, type: Spark, params: {n: 0}, transition: [b2]}
          - job: {id: b2, type: Spark, params: {v: "${b1__n}"}}
      """;

  @Test
  void shouldRestartByHandWhatTheRestartOfAnotherStepLeftAlone() {
    // given
    played.push("w", CHAINS);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {a1: [{fail: FATAL}, {succeed: {}, after: 60s}], b1: [{fail: FATAL}, {fail: USER}]}
            actions:
              - {at: 10s, do: restart, step: a1}
              - {at: 20s, do: restart, step: b2}
              - {at: 30s, do: restart, step: b1, params: {n: 5}}
            """);

    // then
    assertThat(result.notes()).hasSize(1);
    assertThat(result.notes().get(0)).contains("'restart' at 20s", "'b2' to have ended");
    SimulatedRun run = Played.last(result);
    assertThat(run.run()).isEqualTo(2);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.steps().keySet()).containsExactly("a1", "b1", "a2", "b2");
    assertThat(Objects.requireNonNull(run.steps().get("b1")).startedMs()).isEqualTo(90_000);
    assertThat(Played.param(run, "b2", "v")).isEqualTo("5");
  }

  @Test
  void shouldForgetWhatARestartLeftAloneWhenItEnds() {
    // given
    played.push("w", CHAINS);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {a1: [{fail: FATAL}], b1: [{fail: FATAL}]}
            actions: [{at: 10s, do: restart, step: a1}, {at: 20s, do: restart, step: b1}]
            """);

    // then
    assertThat(result.notes()).isEmpty();
    assertThat(result.runs())
        .extracting(run -> run.steps().keySet())
        .containsExactly(Set.of("a1", "b1"), Set.of("a1", "a2"), Set.of("b1", "b2"));
  }

  @Test
  void shouldGoOnWithALoopThatTheRestartOfAnotherStepLeftAlone() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Spark}
            - foreach:
                id: fe
                loop_params: {i: [0, 1, 2]}
                jobs:
                  - job: {id: s, type: Spark}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {a: [{fail: FATAL}, {succeed: {}, after: 60s}], s: [{iteration: 1, fail: FATAL}]}
                actions:
                  - {at: 10s, do: restart, step: a}
                  - {at: 20s, do: restart, step: fe, policy: FROM_INCOMPLETE}
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.children()).extracting(SimulatedRun::run).containsExactly(1L, 2L, 1L);
  }

  @Test
  void shouldRestartARunThatFailedOnItsParamsWithAllThatItWasGiven() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params:
            text: none
            day: monday
            n: {type: LONG, expression: "return Long.parseLong(text);"}
          jobs:
            - job: {id: s, type: Spark, params: {v: "${day} ${n}"}}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            params: {day: friday}
            actions:
              - {at: 10s, do: restart, policy: FROM_BEGINNING, params: {text: neither}}
              - {at: 20s, do: restart, policy: FROM_INCOMPLETE, params: {text: "5"}}
            """);

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::status)
        .containsExactly(RunStatus.FAILED, RunStatus.FAILED, RunStatus.SUCCEEDED);
    assertThat(result.runs().get(0).reason()).contains("'n'");
    assertThat(Played.param(Played.last(result), "s", "v")).isEqualTo("friday 5");
  }

  @Test
  void shouldRestartARunWhoseParamsWereRefusedWithoutThem() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params: {x: {value: one, type: STRING, mode: CONSTANT}, y: two}
          jobs:
            - job: {id: s, type: Spark, params: {v: "${x} ${y}"}}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            params: {x: nine}
            actions: [{at: 10s, do: restart, policy: FROM_BEGINNING, params: {y: three}}]
            """);

    // then
    assertThat(result.runs())
        .extracting(SimulatedRun::status)
        .containsExactly(RunStatus.FAILED, RunStatus.SUCCEEDED);
    assertThat(Played.param(Played.last(result), "s", "v")).isEqualTo("one three");
  }

  @Test
  void shouldCarryALoopParamOnFromAStepThatARestartKept() {
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
                condition: i < 2
                loop_params: {i: 0}
                jobs:
                  - job: {id: s1, type: Spark, '!i<long>': i + 1, transition: [s2]}
                  - job: {id: s2, type: Spark}
        """);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {s2: [{fail: FATAL}]}
                actions: [{at: 10s, do: restart}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.children()).extracting(SimulatedRun::iteration).containsExactly(0L, 1L);
  }

  @Test
  void shouldShowTheValuesThatALoopGoesOnWithAfterARestart() {
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
                loop_params: {'!i<array<long>>': "Util.intsBetween(5, 8, 1)"}
                jobs:
                  - job: {id: s, type: Spark}
        """);

    // when
    List<SimulatedRun> runs =
        played
            .simulate(
                """
                steps: {s: [{iteration: 1, fail: FATAL}]}
                actions: [{at: 10s, do: restart}]
                """)
            .runs();

    // then
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).steps().get("fe").params().get("loop_params").toString())
        .contains("[5, 6, 7]");
    assertThat(runs.get(1).steps().get("fe").params())
        .isEqualTo(runs.get(0).steps().get("fe").params());
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
}

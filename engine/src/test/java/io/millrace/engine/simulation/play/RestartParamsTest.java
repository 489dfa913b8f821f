package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a restart gives to what it restarts, and which params it keeps. */
final class RestartParamsTest {
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
}

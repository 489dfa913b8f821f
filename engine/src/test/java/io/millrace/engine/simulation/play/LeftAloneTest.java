package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Steps that the restart of another leaves alone, and that are restarted while its run goes on. */
final class LeftAloneTest {
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

  private final Played played = new Played();

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
  void shouldNotTakeUpAStepIfWhatComesAfterItHasRunAlready() {
    // given a join with a chain of which the restarted run keeps the end
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job: {id: a, type: Spark, transition: [z]}
            - job: {id: x, type: Spark, transition: [m]}
            - job: {id: m, type: Spark, transition: [z]}
            - job: {id: z, type: Spark}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps:
              x: [{succeed: {}}, {fail: FATAL}]
              z: [{succeed: {}}, {succeed: {}, after: 60s}]
            actions:
              - {at: 10s, do: restart, step: x}
              - {at: 20s, do: restart, step: a}
              - {at: 30s, do: restart, step: x}
            """);

    // then
    assertThat(result.notes()).hasSize(1);
    assertThat(result.notes().get(0)).contains("'restart' at 30s", "'x' to have ended");
    assertThat(Played.last(result).steps().keySet()).containsExactly("a", "z");
  }

  @Test
  void shouldNotGoOnWithIterationsOfALoopThatHasFailedToBeginSince() {
    // given a loop that has more iterations than it may when all is restarted with another n
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params: {n: 2}
          jobs:
            - job: {id: b, type: Spark}
            - foreach:
                id: fe
                loop_params:
                  '!i<array<long>>': "Util.intsBetween(0, n, 1)"
                  j: [1, 2]
                jobs:
                  - job: {id: s, type: NoOp}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {b: [{fail: FATAL}, {fail: FATAL}, {succeed: {}, after: 60s}]}
            actions:
              - {at: 10s, do: restart, policy: FROM_BEGINNING, params: {n: 600000}}
              - {at: 20s, do: restart, step: b}
              - {at: 30s, do: restart, step: fe, policy: FROM_INCOMPLETE}
            """);

    // then
    assertThat(result.notes()).isEmpty();
    assertThat(result.runs())
        .extracting(run -> Played.status(run, "fe"))
        .containsExactly(
            StepStatus.SUCCEEDED, StepStatus.FATALLY_FAILED, StepStatus.FATALLY_FAILED);
  }
}

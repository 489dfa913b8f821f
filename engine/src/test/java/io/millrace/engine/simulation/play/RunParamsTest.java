package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which params runs have, and what texts of their steps read. */
final class RunParamsTest {
  /** 2026-01-01T00:00:00Z, where the clock of a scenario starts. */
  private static final long BEGIN = 1_767_225_600_000L;

  private static final String CLOCKS =
      """
      workflow:
        id: w
        owner: me
        params:
          ts: {type: LONG, expression: "System.currentTimeMillis()", mode: IMMUTABLE}
        jobs:
          - job: {id: a, type: Spark, '!run<long>': RUN_TS, '!own<long>': ts, '!now<long>': System.currentTimeMillis()}
      """;

  private final Played played = new Played();

  @Test
  void shouldTellTheParamsOfAWorkflowWhatIsKnownOfItsInstance() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params:
            policy: {type: STRING, expression: "params.getFromInstance('RUN_POLICY')", mode: IMMUTABLE}
            by: {type: STRING, expression: "params.getFromInstance('INITIATOR_TYPE')"}
            number: {type: STRING, expression: "'<' + params.getFromInstance('workflow_instance_id') + '>'"}
            owned: {type: STRING, expression: "params.getFromInstance('owner')"}
            signal: {type: STRING, expression: "params.getFromSignalOrDefault('s', 'p', 'none')"}
          jobs:
            - job: {id: a, type: Spark, '!seen': "policy + ' ' + by + ' ' + number + ' ' + owned + ' ' + signal"}
        """);

    // when
    SimulationResult result =
        played.simulate(
            """
            steps: {a: [{fail: FATAL}]}
            actions: [{at: 10s, do: restart}]
            """);

    // then
    assertThat(Played.param(result.runs().get(0), "a", "seen"))
        .isEqualTo("START_FRESH_NEW_RUN MANUAL <> me none");
    assertThat(Played.param(Played.last(result), "a", "seen"))
        .isEqualTo("RESTART_FROM_INCOMPLETE MANUAL <> me none");
  }

  @Test
  void shouldLetTheParamsOfAStartReadBuiltInOnes() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          params: {d: none}
          jobs:
            - job: {id: a, type: Spark, v: "${d}"}
        """);

    // when
    SimulatedRun run = Played.last(played.simulate("params: {d: '${RUN_DATE}'}"));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(Played.param(run, "a", "v")).isEqualTo("20260101");
  }

  @Test
  void shouldEvaluateParamsOfARunAsOfItsCreationThoughItWasQueued() {
    // given
    played.push("w", CLOCKS);

    // when
    List<SimulatedRun> runs =
        played
            .simulate(
                """
                steps: {a: [{succeed: true, after: 60s}, {succeed: true}]}
                starts: [{at: 10s, workflow: w}]
                """)
            .runs();

    // then
    assertThat(Played.param(runs.get(0), "a", "run")).isEqualTo(BEGIN);
    assertThat(Played.param(runs.get(1), "a", "run")).isEqualTo(BEGIN + 10_000);
    assertThat(Played.param(runs.get(1), "a", "own")).isEqualTo(BEGIN + 10_000);
    assertThat(Played.param(runs.get(1), "a", "now")).isEqualTo(BEGIN + 60_000);
  }

  @Test
  void shouldKeepTheDatesOfTheFirstRunAndEvaluateImmutableParamsAnew() {
    // given
    played.push("w", CLOCKS);

    // when
    SimulatedRun run =
        Played.last(
            played.simulate(
                """
                steps: {a: [{fail: FATAL}]}
                actions: [{at: 60s, do: restart}]
                """));

    // then
    assertThat(Played.param(run, "a", "run")).isEqualTo(BEGIN);
    assertThat(Played.param(run, "a", "own")).isEqualTo(BEGIN + 60_000);
  }

  @Test
  void shouldLetAConditionReadHowItsOwnStepEnded() {
    // given
    played.push(
        "w",
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job:
                id: a
                type: Spark
                failure_mode: IGNORE_FAILURE
                transition:
                  - IF params.getFromStep('a', 'MAESTRO_STEP_STATUS') == 'SUCCEEDED' THEN ok
                  - IF params.getFromStep('a', 'MAESTRO_STEP_STATUS') == 'COMPLETED_WITH_ERROR' THEN mend
                  - IF params.getFromStep('a', 'MAESTRO_STEP_END_TIME') >= 1767225605000 THEN late
            - job: {id: ok, type: NoOp}
            - job: {id: mend, type: NoOp}
            - job: {id: late, type: NoOp}
        """);

    // when
    SimulatedRun failed = Played.last(played.simulate("steps: {a: [{fail: FATAL, after: 5s}]}"));
    SimulatedRun succeeded = Played.last(played.simulate("{}"));

    // then
    assertThat(Played.status(failed, "ok")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(Played.status(failed, "mend")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(Played.status(failed, "late")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(Played.status(succeeded, "ok")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(Played.status(succeeded, "mend")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(Played.status(succeeded, "late")).isEqualTo(StepStatus.UNSATISFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new long[]{7, 8}", "new long[]{}"})
  void shouldFailAWhileWhoseLoopParamBecomesAnArray(String array) {
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
                condition: x < 2
                loop_params: {x: 0}
                jobs:
                  - job: {id: s, type: Spark, '!x<array<long>>': "%s"}
        """
            .formatted(array));

    // when
    SimulationResult result = played.simulate("{}");

    // then
    assertThat(result.notes()).isEmpty();
    assertThat(Played.status(Played.last(result), "wh")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(Played.last(result).children()).hasSize(1);
  }
}

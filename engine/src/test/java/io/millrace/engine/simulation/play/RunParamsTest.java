package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioReader;
import io.millrace.engine.wiring.SimulatedMachines;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which params runs and steps have: at their start, in retries and after restarts. */
final class RunParamsTest {
  private static final EngineLimits LIMITS =
      EngineLimits.DEFAULT
          .withRetention(Duration.ofDays(1_000), Duration.ofDays(1_000))
          .keepingIterations();

  private final Map<String, String> definitions = new LinkedHashMap<>();

  private void given(String id, String text) {
    definitions.put(id, text);
  }

  private SimulationResult simulate(String scenario) {
    Scenario read =
        ScenarioReader.read(scenario.getBytes(StandardCharsets.UTF_8), step -> false)
            .value()
            .orElseThrow();
    Simulation simulation =
        new Simulation(
            SimulatedMachines.of(LIMITS, read.outcomes()::containsKey),
            LIMITS,
            read,
            new SimulationOptions(Duration.ofDays(365), 0, 1_000));
    String last = "";
    for (Map.Entry<String, String> definition : definitions.entrySet()) {
      assertThat(simulation.push(definition.getKey(), definition.getValue())).isEmpty();
      last = definition.getKey();
    }
    return simulation.run(last);
  }

  private static SimulatedRun last(SimulationResult result) {
    return result.runs().get(result.runs().size() - 1);
  }

  private static Object param(SimulatedRun run, String step, String name) {
    ParamValue value = Objects.requireNonNull(run.steps().get(step)).params().get(name);
    if (value instanceof ParamValue.Text text) {
      return text.value();
    }
    assertThat(value).isInstanceOf(ParamValue.Int.class);
    return ((ParamValue.Int) value).value();
  }

  @Test
  void shouldTellTheParamsOfAWorkflowWhatIsKnownOfItsInstance() {
    // given
    given(
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
        simulate(
            """
            steps: {a: [{fail: FATAL}]}
            actions: [{at: 10s, do: restart}]
            """);

    // then
    assertThat(param(result.runs().get(0), "a", "seen"))
        .isEqualTo("START_FRESH_NEW_RUN MANUAL <> me none");
    assertThat(param(last(result), "a", "seen"))
        .isEqualTo("RESTART_FROM_INCOMPLETE MANUAL <> me none");
  }

  @Test
  void shouldKeepWhatARestartGaveAStepThroughItsRetries() {
    // given
    given(
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
        last(
            simulate(
                """
                steps: {a: [{fail: FATAL}, {fail: USER}]}
                actions: [{at: 10s, do: restart, step: a, params: {n: 5}}]
                """));

    // then
    assertThat(Objects.requireNonNull(run.steps().get("a")).attempts()).isEqualTo(2);
    assertThat(param(run, "a", "n")).isEqualTo(5L);
  }

  @Test
  void shouldKeepWhatARestartInARunningRunGaveAStepThroughItsRetries() {
    // given
    given(
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
        last(
            simulate(
                """
                steps: {a: [{fail: FATAL}, {fail: USER}]}
                actions: [{at: 10s, do: restart, step: a, params: {n: 5}}]
                """));

    // then
    assertThat(Objects.requireNonNull(run.steps().get("a")).attempts()).isEqualTo(3);
    assertThat(param(run, "a", "n")).isEqualTo(5L);
  }

  @Test
  void shouldGiveTheParamsOfARestartToTheSubworkflowItIsAimedAt() {
    // given
    given(
        "c",
        """
        workflow:
          id: c
          owner: me
          params: {x: one}
          jobs:
            - job: {id: s, type: Spark, v: "${x}"}
        """);
    given(
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
        last(
            simulate(
                """
                steps: {s: [{fail: FATAL}]}
                actions: [{at: 10s, do: restart, workflow: c, params: {x: nine}}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(Objects.requireNonNull(run.steps().get("sub")).params()).doesNotContainKey("x");
    assertThat(param(run.children().get(0), "s", "v")).isEqualTo("nine");
  }

  @Test
  void shouldGiveTheParamsOfARestartToTheIterationItIsAimedAt() {
    // given
    given(
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
        last(
            simulate(
                """
                steps: {s: [{iteration: 1, fail: FATAL}]}
                actions: [{at: 10s, do: restart, step: fe, iteration: 1, params: {x: nine}}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(
            run.children().stream()
                .filter(child -> Objects.equals(child.iteration(), 1L))
                .map(child -> param(child, "s", "v")))
        .containsExactly("nine");
  }

  @Test
  void shouldCarryALoopParamOnFromAStepThatARestartKept() {
    // given
    given(
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
        last(
            simulate(
                """
                steps: {s2: [{fail: FATAL}]}
                actions: [{at: 10s, do: restart}]
                """));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.children()).extracting(SimulatedRun::iteration).containsExactly(0L, 1L);
  }

  @Test
  void shouldLetAConditionReadHowItsOwnStepEnded() {
    // given
    given(
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
    SimulatedRun failed = last(simulate("steps: {a: [{fail: FATAL, after: 5s}]}"));
    SimulatedRun succeeded = last(simulate("{}"));

    // then
    assertThat(status(failed, "ok")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(status(failed, "mend")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(status(failed, "late")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(status(succeeded, "ok")).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(status(succeeded, "mend")).isEqualTo(StepStatus.UNSATISFIED);
    assertThat(status(succeeded, "late")).isEqualTo(StepStatus.UNSATISFIED);
  }

  private static StepStatus status(SimulatedRun run, String step) {
    return Objects.requireNonNull(run.steps().get(step)).status();
  }

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

  @Test
  void shouldEvaluateParamsOfARunAsOfItsCreationThoughItWasQueued() {
    // given
    given("w", CLOCKS);

    // when
    List<SimulatedRun> runs =
        simulate(
                """
                steps: {a: [{succeed: true, after: 60s}, {succeed: true}]}
                starts: [{at: 10s, workflow: w}]
                """)
            .runs();

    // then
    assertThat(param(runs.get(0), "a", "run")).isEqualTo(BEGIN);
    assertThat(param(runs.get(1), "a", "run")).isEqualTo(BEGIN + 10_000);
    assertThat(param(runs.get(1), "a", "own")).isEqualTo(BEGIN + 10_000);
    assertThat(param(runs.get(1), "a", "now")).isEqualTo(BEGIN + 60_000);
  }

  @Test
  void shouldKeepTheDatesOfTheFirstRunAndEvaluateImmutableParamsAnew() {
    // given
    given("w", CLOCKS);

    // when
    SimulatedRun run =
        last(
            simulate(
                """
                steps: {a: [{fail: FATAL}]}
                actions: [{at: 60s, do: restart}]
                """));

    // then
    assertThat(param(run, "a", "run")).isEqualTo(BEGIN);
    assertThat(param(run, "a", "own")).isEqualTo(BEGIN + 60_000);
  }

  @Test
  void shouldLetTheParamsOfAStartReadBuiltInOnes() {
    // given
    given(
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
    SimulatedRun run = last(simulate("params: {d: '${RUN_DATE}'}"));

    // then
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(param(run, "a", "v")).isEqualTo("20260101");
  }

  @Test
  void shouldShowTheValuesThatALoopGoesOnWithAfterARestart() {
    // given
    given(
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
        simulate(
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

  @ParameterizedTest
  @ValueSource(strings = {"new long[]{7, 8}", "new long[]{}"})
  void shouldFailAWhileWhoseLoopParamBecomesAnArray(String array) {
    // given
    given(
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
    SimulationResult result = simulate("{}");

    // then
    assertThat(result.notes()).isEmpty();
    assertThat(status(last(result), "wh")).isEqualTo(StepStatus.FATALLY_FAILED);
    assertThat(last(result).children()).hasSize(1);
  }

  @Test
  void shouldRefuseToSkipAStepThatWasNeverCreated() {
    // given
    given(
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
        simulate(
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
    given(
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
    SimulationResult result = simulate("actions: [{at: 10s, do: restart, step: fe, iteration: 0}]");

    // then
    assertThat(result.notes()).singleElement().asString().contains("FAIL_IMMEDIATELY");
    assertThat(last(result).elapsedMs()).isEqualTo(18_000);
  }
}

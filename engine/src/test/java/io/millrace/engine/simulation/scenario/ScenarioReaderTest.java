package io.millrace.engine.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.Problem;
import io.millrace.definition.SourceReader.SourceReading;
import io.millrace.engine.simulation.scenario.ScenarioAction.Kind;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.RestartPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioReaderTest {

  private static SourceReading<Scenario> read(String text) {
    return ScenarioReader.read(text.getBytes(StandardCharsets.UTF_8), "loop"::equals);
  }

  private static Scenario scenario(String text) {
    SourceReading<Scenario> reading = read(text);
    assertThat(reading.problems()).isEmpty();
    return reading.value().orElseThrow();
  }

  @Test
  void shouldTakeDefaultsForWhatIsLeftOut() {
    // when, then
    assertThat(scenario("{}")).isEqualTo(Scenario.DEFAULT);
    assertThat(Scenario.DEFAULT.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(Scenario.DEFAULT.start()).isTrue();
  }

  @Test
  void shouldReadWhenAndWithWhatItStarts() {
    // when
    Scenario scenario =
        scenario(
            """
            now: 2026-02-03T04:05:06Z
            start: false
            schedules: false
            params: {n: 10}
            """);

    // then
    assertThat(scenario.now()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
    assertThat(scenario.start()).isFalse();
    assertThat(scenario.schedules()).isFalse();
    assertThat(scenario.params())
        .isEqualTo(Map.of("n", ParamDefinition.literal(new ParamValue.Int(10))));
  }

  @Test
  void shouldReadTheOutcomesOfAttempts() {
    // when
    Scenario scenario =
        scenario(
            """
            steps:
              a:
                - {fail: USER, after: 5s, message: no luck, retryable: false}
                - {fail: platform}
                - {fail: FATAL, iteration: 3}
                - {fail: TIMEOUT, workflow: w}
                - {fail: SILENT, after: 5s}
                - {fail: NOT_TAKEN}
                - {succeed: {outputs: {rows: 12}}, after: 30s}
                - {succeed: true}
            """);

    // then
    assertThat(scenario.outcomes().get("a"))
        .containsExactly(
            new StepOutcome(
                new StepOutcome.Fails(Report.Failure.USER, "no luck", false),
                Duration.ofSeconds(5),
                null,
                null),
            new StepOutcome(
                new StepOutcome.Fails(Report.Failure.PLATFORM, null, null), null, null, null),
            new StepOutcome(
                new StepOutcome.Fails(Report.Failure.FATAL, null, null), null, 3L, null),
            new StepOutcome(new StepOutcome.NeverAnswers(), null, null, "w"),
            new StepOutcome(new StepOutcome.FallsSilent(), Duration.ofSeconds(5), null, null),
            new StepOutcome(new StepOutcome.IsNotTaken(), null, null, null),
            new StepOutcome(
                new StepOutcome.Succeeds(Map.of("rows", new ParamValue.Int(12))),
                Duration.ofSeconds(30),
                null,
                null),
            new StepOutcome(new StepOutcome.Succeeds(Map.of()), null, null, null));
  }

  @Test
  void shouldReadActionsAndStartsFromJson() {
    // when
    Scenario scenario =
        scenario(
            """
            {"actions": [
               {"at": "10s", "do": "stop"},
               {"at": "1 hour", "do": "restart", "workflow": "w", "instance": 2, "run": 1, "step": "s",
                "iteration": 0, "policy": "FROM_SPECIFIC", "params": {"n": 1}},
               {"at": 5, "do": "kill"},
               {"at": "0s", "do": "skip", "step": "s"}],
             "starts": [{"at": "0s", "workflow": "other", "params": {"x": "y"}, "request_id": "a"}]}
            """);

    // then
    Map<String, ParamDefinition> one = Map.of("n", ParamDefinition.literal(new ParamValue.Int(1)));
    assertThat(scenario.actions())
        .containsExactly(
            action(Duration.ofSeconds(10), Kind.STOP, null),
            new ScenarioAction(
                Duration.ofHours(1),
                Kind.RESTART,
                "w",
                2L,
                1L,
                "s",
                0L,
                RestartPolicy.FROM_SPECIFIC,
                one),
            action(Duration.ofSeconds(5), Kind.KILL, null),
            action(Duration.ZERO, Kind.SKIP, "s"));
    assertThat(scenario.starts())
        .containsExactly(
            new ScenarioStart(
                Duration.ZERO,
                "other",
                Map.of("x", ParamDefinition.literal(new ParamValue.Text("y"))),
                "a"));
  }

  private static ScenarioAction action(Duration at, Kind kind, @Nullable String step) {
    return new ScenarioAction(at, kind, null, null, null, step, null, null, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run: 1", "step: a", "policy: FROM_INCOMPLETE", "params: {x: y}"})
  void shouldRefuseToUnblockLessThanAnInstance(String field) {
    // when
    List<Problem> problems =
        read("actions:\n  - {at: 1s, do: unblock, instance: 2, " + field + "}").problems();

    // then
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .contains("'unblock' to be of a workflow or an instance"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pause", "resume", "bypass", "set-breakpoint", "clear-breakpoint", "resume-step"})
  void shouldRefuseActionsThatAreNotSupportedYet(String word) {
    // when
    List<Problem> problems = read("actions:\n  - {at: 1s, do: " + word + "}").problems();

    // then
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo(
                      "Expected only what this release can run, but 'do: "
                          + word
                          + "' is not supported yet.");
              assertThat(problem.path()).isEqualTo("$.actions[0].do");
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.column()).isEqualTo(14);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedules: true|1:1|'schedules' is not supported yet",
        "signals: [{at: 5s, name: a/b, params: {x: 1}, payload: {y: 2}}]|1:1|'signals' is not supported yet",
        "steps: {a: [{status_code: 503}]}|1:14|'status_code' is not supported yet",
        "steps: {a: [{status_code: 1}]}|1:14|'status_code' is not supported yet",
        "now: soon|1:6|but it is 'soon'",
        "start: perhaps|1:8|to be true or false, but it is 'perhaps'",
        "colour: red|1:1|Expected the scenario to have no fields but now",
        "params: [1]|1:9|'params' to be an object",
        "params: {n: {type: LONG, expression: 1 + 1}}|1:10|'n' to be a value, but it is an expression",
        "steps: {loop: [{fail: USER}]}|1:9|'loop' to be a step that does work of its own, but it is a loop",
        "steps: {a: {fail: USER}}|1:12|'a' to be an array",
        "steps: {a: [{fail: NOBODY}]}|1:20|one of USER, PLATFORM, FATAL, TIMEOUT, SILENT, NOT_TAKEN, but it is 'NOBODY'",
        "steps: {a: [{after: 5s}]}|1:13|to have either 'fail' or 'succeed', but it has neither",
        "steps: {a: [{fail: USER, succeed: {}}]}|1:13|but it has both",
        "steps: {a: [{succeed: {}, message: m}]}|1:27|'message' to come with 'fail'",
        "steps: {a: [{succeed: {}, retryable: false}]}|1:27|'retryable' to come with 'fail'",
        "steps: {a: [{fail: SILENT, message: m}]}|1:28|'message' to come with an answer",
        "steps: {a: [{fail: NOT_TAKEN, retryable: false}]}|1:31|'retryable' to come with an answer",
        "steps: {a: [{fail: NOT_TAKEN, after: 1s}]}|1:31|'after' to come with an attempt",
        "steps: {a: [{succeed: {rows: 1}}]}|1:24|to have no fields but outputs",
        "steps: {a: [{fail: USER, after: soon}]}|1:33|to be a length of time",
        "steps: {a: [{fail: USER, iteration: -1}]}|1:37|a whole number from 0",
        "steps: {a: [{fail: USER, attempt: 1}]}|1:26|'attempt' is none of them",
        "actions: [{do: stop}]|1:11|to have 'at'",
        "actions: [{at: 1s}]|1:11|to have 'do'",
        "actions: [{at: 1s, do: dance}]|1:24|one of stop, kill",
        "actions: [{at: 1s, do: skip, iteration: 1}]|1:30|there is no 'step'",
        "actions: [{at: 1s, do: stop, instance: 0}]|1:40|a whole number from 1",
        "actions: [{at: 1s, do: stop, why: x}]|1:30|'why' is none of them",
        "starts: [{at: 1s}]|1:10|to have 'workflow'",
        "starts: [{workflow: w}]|1:10|to have 'at'",
        "starts: [{at: 1s, workflow: w, version: 1}]|1:32|'version' is none of them",
        "signals: [{at: 1s}]|1:11|to have 'name'"
      })
  void shouldTellWhatIsWrongWithItsPlace(String text, String place, String finding) {
    // when
    SourceReading<Scenario> reading = read(text);

    // then
    assertThat(reading.value()).isEmpty();
    assertThat(reading.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
              assertThat(problem.message()).startsWith("Expected ").contains(finding);
            });
  }

  @Test
  void shouldTellAllThatIsWrongAtOnceInOrder() {
    // when
    List<Problem> problems =
        read("now: soon\nschedules: true\nstart: perhaps\nother: 1").problems();

    // then
    assertThat(problems).extracting(Problem::line).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "text", "a: b: c"})
  void shouldRefuseWhatIsNoObject(String text) {
    // when, then
    assertThat(read(text).value()).isEmpty();
    assertThat(read(text).problems()).isNotEmpty();
  }
}

package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GeneratorTest {
  private static final int CASES = 300;
  private static final List<String> OFTEN =
      List.of(
          "a foreach in a foreach",
          "a foreach in a while",
          "a foreach in a subworkflow",
          "a while in a foreach",
          "a while in a while",
          "a while in a subworkflow",
          "a subworkflow in a foreach",
          "a subworkflow in a while",
          "a subworkflow in a subworkflow",
          "a async subworkflow is SUCCEEDED",
          "a strict order",
          "a step has a condition",
          "a step has another attempt",
          "a step fails: FAIL_IMMEDIATELY",
          "a step is COMPLETED_WITH_ERROR",
          "a step is INTERNALLY_FAILED",
          "a foreach fails: FAIL_IMMEDIATELY",
          "a foreach is TIMED_OUT",
          "a while is TIMED_OUT",
          "a subworkflow is TIMED_OUT",
          "another run of a foreach's child",
          "another run of a while's child",
          "another run of a subworkflow's child",
          "restart FROM_BEGINNING of a run",
          "restart FROM_INCOMPLETE of a run",
          "restart FROM_INCOMPLETE of a step, after the end",
          "skip of a step, after the end",
          "stop of a run",
          "kill of a run",
          "several starts of SEQUENTIAL",
          "several starts of STRICT_SEQUENTIAL",
          "several starts of FIRST_ONLY",
          "several starts of LAST_ONLY",
          "several starts of SERIAL_LATEST_ONLY",
          "several starts of PARALLEL");
  private static final List<Case> MADE =
      LongStream.range(0, CASES).mapToObj(Generator::make).toList();
  private static final List<Result> TOLD = MADE.stream().map(Simulator.MODEL::run).toList();

  @Test
  void shouldMakeTheSameCaseOutOfTheSameSeed() {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(Generator.make(seed)).as("seed %s", seed).isEqualTo(MADE.get(seed));
    }
    assertThat(MADE.get(1)).isNotEqualTo(MADE.get(2));
  }

  @Test
  void shouldMakeDefinitionsThatMayBePushedAndRun() {
    for (int seed = 0; seed < CASES; seed++) {
      for (String definition : MADE.get(seed).definitions()) {
        DefinitionReading reading = DefinitionReader.readFirst(definition);
        assertThat(reading.problems()).as("seed %s: %s", seed, definition).isEmpty();
        assertThat(reading.push()).isPresent();
      }
    }
  }

  @Test
  void shouldMakeCasesThatEndAndOfWhichTheModelIsSure() {
    for (int seed = 0; seed < CASES; seed++) {
      Case story = MADE.get(seed);
      assertThat(Model.isSure(story, Whiles.MAX_PASSES)).as("seed %s", seed).isTrue();
      assertThat(Model.tell(story).result().runs())
          .as("seed %s", seed)
          .allMatch(run -> run.status().isTerminal() || run.status() == RunStatus.CREATED);
    }
  }

  /** What the comparison is to speak of happens in one of a hundred cases at the least. */
  @Test
  void shouldReachWhatMattersOftenEnough() {
    Map<String, Integer> cases = new TreeMap<>();
    for (int seed = 0; seed < CASES; seed++) {
      Features.of(MADE.get(seed), TOLD.get(seed))
          .forEach(feature -> cases.merge(feature, 1, Integer::sum));
    }

    assertThat(OFTEN)
        .allSatisfy(
            feature ->
                assertThat(cases.getOrDefault(feature, 0))
                    .as(feature)
                    .isGreaterThanOrEqualTo(CASES / 100));
  }

  /** A generator that never leads to a status says nothing about it. */
  @Test
  void shouldReachEveryEndOfStepsAndRuns() {
    Map<RunStatus, Integer> runs = new EnumMap<>(RunStatus.class);
    Set<StepStatus> steps = EnumSet.noneOf(StepStatus.class);
    boolean restarted = false;
    for (Case story : MADE) {
      Result result = Model.tell(story).result();
      restarted |= result.runs().size() > 1;
      for (Result.RunResult run : result.runs()) {
        runs.merge(run.status(), 1, Integer::sum);
        steps.addAll(run.leafCounts().keySet());
      }
    }

    assertThat(restarted).isTrue();
    assertThat(runs.keySet())
        .containsExactlyInAnyOrder(
            RunStatus.CREATED,
            RunStatus.SUCCEEDED,
            RunStatus.FAILED,
            RunStatus.STOPPED,
            RunStatus.TIMED_OUT);
    assertThat(steps)
        .containsExactlyInAnyOrder(
            StepStatus.SUCCEEDED,
            StepStatus.UNSATISFIED,
            StepStatus.SKIPPED,
            StepStatus.COMPLETED_WITH_ERROR,
            StepStatus.FATALLY_FAILED,
            StepStatus.INTERNALLY_FAILED,
            StepStatus.STOPPED,
            StepStatus.TIMED_OUT);
  }

  /** Each is what a case becomes for a simulator that gets one thing wrong. */
  private static Map<String, UnaryOperator<Case>> faults() {
    Map<String, UnaryOperator<Case>> faults = new LinkedHashMap<>();
    faults.put("ignores no failure", texts("IGNORE_FAILURE", "FAIL_AFTER_RUNNING"));
    faults.put("fails nothing immediately", texts("FAIL_IMMEDIATELY", "FAIL_AFTER_RUNNING"));
    faults.put("runs one iteration at once", texts("\"concurrency\":[0-9]+", "\"concurrency\":1"));
    faults.put(
        "orders nothing strictly", texts("strict_ordering\":true", "strict_ordering\":false"));
    faults.put("takes its time to retry", texts("(_in_secs\":)[0-9]+", "$1 3333"));
    faults.put("retries no user error", texts("(error_retry_limit\":)[0-9]+", "$1 0"));
    faults.put("retries no platform error", texts("(platform_retry_limit\":)[0-9]+", "$1 0"));
    faults.put("retries no timeout", texts("(timeout_retry_limit\":)[0-9]+", "$1 0"));
    faults.put("times nothing out", texts("\"timeout\":\"[0-9]+ ms\"", "\"timeout\":\"9 days\""));
    faults.put("takes every way", texts("(successors\":\\{\"s[0-9]+\":)\"[^\"]*\"", "$1\"true\""));
    faults.put("waits for every child", texts("\"sync\":false", "\"sync\":true"));
    faults.put(
        "passes all params down", texts("explicit_params\":true", "explicit_params\":false"));
    faults.put(
        "runs instances at once",
        texts("\"owner\":\"tester\"}", "\"owner\":\"t\",\"run_strategy\":9}"));
    faults.put(
        "sleeps a second more", texts("(sleep_seconds\":\\{\"type\":\"LONG\",\"value\":)", "$1 1"));
    faults.put("forgets run params", story -> story.params(Map.of()));
    faults.put("forgets outputs", outcomes(outcome -> outcome.giving(Map.of())));
    faults.put(
        "overlooks the veto",
        outcomes(
            outcome ->
                new LeafOutcome(
                    outcome.iteration(),
                    outcome.fail(),
                    outcome.afterMs(),
                    true,
                    outcome.outputs())));
    faults.put("stops what is killed", actions(Action.Kind.KILL, Action.Kind.STOP));
    faults.put("kills what is stopped", actions(Action.Kind.STOP, Action.Kind.KILL));
    faults.put("stops what is skipped", actions(Action.Kind.SKIP, Action.Kind.STOP));
    faults.put("restarts nothing", actions(Action.Kind.RESTART, Action.Kind.STOP));
    faults.put("restarts all", policies(Action.Policy.FROM_BEGINNING));
    faults.put("restarts only what is incomplete", policies(Action.Policy.FROM_INCOMPLETE));
    return faults;
  }

  private static UnaryOperator<Case> texts(String pattern, String replacement) {
    return story ->
        story.definitions(
            story.definitions().stream()
                .map(text -> text.replaceAll(pattern, replacement))
                .toList());
  }

  private static UnaryOperator<Case> outcomes(UnaryOperator<LeafOutcome> change) {
    return story -> {
      Map<String, List<LeafOutcome>> changed = new LinkedHashMap<>();
      story.outcomes().forEach((step, all) -> changed.put(step, all.stream().map(change).toList()));
      return story.outcomes(changed);
    };
  }

  private static UnaryOperator<Case> actions(Action.Kind from, Action.Kind to) {
    return story ->
        story.actions(each(story, action -> action.kind() == from ? change(action, to) : action));
  }

  private static Action change(Action action, Action.Kind kind) {
    return new Action(
        action.atMs(), kind, action.instance(), action.step(), action.iteration(), action.policy());
  }

  private static UnaryOperator<Case> policies(Action.Policy policy) {
    return story ->
        story.actions(
            each(story, action -> action.policy() == null ? action : action.with(policy)));
  }

  private static List<Action> each(Case story, UnaryOperator<Action> change) {
    return story.actions().stream().map(change).toList();
  }

  static Stream<String> names() {
    return faults().keySet().stream();
  }

  /** What no random case can tell from what is right is not tested by them. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldTellASimulatorWithAFaultFromTheModel(String name) {
    UnaryOperator<Case> fault = faults().get(name);

    long found =
        IntStream.range(0, CASES)
            .filter(seed -> differs(TOLD.get(seed), MADE.get(seed), fault.apply(MADE.get(seed))))
            .count();

    assertThat(found).isPositive();
  }

  private static boolean differs(Result told, Case story, Case other) {
    return !other.equals(story) && !Difference.between(told, Simulator.MODEL.run(other)).isEmpty();
  }
}

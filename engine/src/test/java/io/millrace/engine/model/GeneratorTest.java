package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  private static final int CASES = 300;

  @Test
  void shouldMakeTheSameCaseOutOfTheSameSeed() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(Generator.make(seed)).as("seed %s", seed).isEqualTo(Generator.make(seed));
    }
    assertThat(Generator.make(1)).isNotEqualTo(Generator.make(2));
  }

  @Test
  void shouldMakeDefinitionsThatMayBePushedAndRun() {
    for (long seed = 0; seed < CASES; seed++) {
      for (String definition : Generator.make(seed).definitions()) {
        DefinitionReading reading = DefinitionReader.readFirst(definition);
        assertThat(reading.problems()).as("seed %s: %s", seed, definition).isEmpty();
        assertThat(reading.push()).isPresent();
      }
    }
  }

  @Test
  void shouldMakeCasesThatEndAndOfWhichTheModelIsSure() {
    for (long seed = 0; seed < CASES; seed++) {
      Case story = Generator.make(seed);
      assertThat(Model.isSure(story, Whiles.MAX_PASSES)).as("seed %s", seed).isTrue();
      assertThat(Model.tell(story).result().runs())
          .as("seed %s", seed)
          .allMatch(run -> run.status().isTerminal());
    }
  }

  /** A generator that never leads to a status says nothing about it. */
  @Test
  void shouldReachEveryEndOfStepsAndRuns() {
    Map<RunStatus, Integer> runs = new EnumMap<>(RunStatus.class);
    Set<StepStatus> steps = EnumSet.noneOf(StepStatus.class);
    boolean restarted = false;
    for (long seed = 0; seed < CASES; seed++) {
      Result result = Model.tell(Generator.make(seed)).result();
      restarted |= result.runs().size() > 1;
      for (Result.RunResult run : result.runs()) {
        runs.merge(run.status(), 1, Integer::sum);
        steps.addAll(run.leafCounts().keySet());
      }
    }

    assertThat(restarted).isTrue();
    assertThat(runs.keySet())
        .containsExactlyInAnyOrder(
            RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.STOPPED, RunStatus.TIMED_OUT);
    assertThat(steps)
        .containsExactlyInAnyOrder(
            StepStatus.SUCCEEDED,
            StepStatus.UNSATISFIED,
            StepStatus.SKIPPED,
            StepStatus.COMPLETED_WITH_ERROR,
            StepStatus.FATALLY_FAILED,
            StepStatus.STOPPED,
            StepStatus.TIMED_OUT);
  }
}

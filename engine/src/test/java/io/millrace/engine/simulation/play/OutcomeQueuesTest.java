package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.simulation.scenario.StepOutcome;
import io.millrace.protocol.Report;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomeQueuesTest {

  private static StepOutcome outcome(
      String message, @Nullable Long iteration, @Nullable String workflow) {
    return new StepOutcome(
        new StepOutcome.Fails(Report.Failure.USER, message, null), null, iteration, workflow);
  }

  private static OutcomeQueues queues(StepOutcome... outcomes) {
    return new OutcomeQueues(Map.of("s", List.of(outcomes)));
  }

  private static String next(OutcomeQueues queues, String workflow, @Nullable Long iteration) {
    return queues
        .take("s", workflow, iteration)
        .map(outcome -> String.valueOf(((StepOutcome.Fails) outcome.result()).message()))
        .orElse("none");
  }

  @Test
  void shouldUseUpOneQueueOverWorkflowsAndIterations() {
    // given
    OutcomeQueues queues =
        queues(outcome("1", null, null), outcome("2", null, null), outcome("3", null, null));

    // when, then
    assertThat(next(queues, "v", null)).isEqualTo("1");
    assertThat(next(queues, "w", 7L)).isEqualTo("2");
    assertThat(queues.take("other", "v", null)).isEmpty();
    assertThat(next(queues, "v", 0L)).isEqualTo("3");
    assertThat(next(queues, "v", null)).isEqualTo("none");
  }

  @Test
  void shouldKeepTheOutcomesOfAnIterationInTheirOwnOrder() {
    // given
    OutcomeQueues queues =
        queues(outcome("any", null, null), outcome("3a", 3L, null), outcome("3b", 3L, null));

    // when, then
    assertThat(next(queues, "w", 3L)).isEqualTo("3a");
    assertThat(next(queues, "w", 2L)).isEqualTo("any");
    assertThat(next(queues, "w", 2L)).isEqualTo("none");
    assertThat(next(queues, "w", null)).isEqualTo("none");
    assertThat(next(queues, "w", 3L)).isEqualTo("3b");
    assertThat(next(queues, "w", 3L)).isEqualTo("none");
  }

  @Test
  void shouldPassOverTheOutcomesOfOtherWorkflows() {
    // given
    OutcomeQueues queues =
        queues(outcome("v", null, "v"), outcome("any", null, null), outcome("3", 3L, "v"));

    // when, then
    assertThat(next(queues, "w", 3L)).isEqualTo("any");
    assertThat(next(queues, "w", 3L)).isEqualTo("none");
    assertThat(next(queues, "v", 3L)).isEqualTo("3");
    assertThat(next(queues, "v", 3L)).isEqualTo("v");
  }
}

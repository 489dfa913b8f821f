package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.param.ParamValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskLimitsTest {

  @Test
  void shouldForgetTheLeastRecentlyUsedBeyondTheLimit() {
    Remembered<Integer> memory = new Remembered<>(2);
    memory.put("a", 1);
    memory.put("b", 2);
    assertThat(memory.size()).isEqualTo(2);
    assertThat(memory.get("a")).isEqualTo(1);

    memory.put("c", 3);

    assertThat(memory.get("b")).isNull();
    assertThat(memory.get("a")).isEqualTo(1);
    assertThat(memory.get("c")).isEqualTo(3);
  }

  @Test
  void shouldKeepTheEndOfALog() {
    TaskContext context = TaskFixture.context(TaskFixture.task("a", "q"));
    context.log("x".repeat(TaskContext.LOG_TAIL_CHARS - 1));
    assertThat(context.logTail()).hasSize(TaskContext.LOG_TAIL_CHARS).startsWith("x");

    context.log("");

    assertThat(context.logTail()).hasSize(TaskContext.LOG_TAIL_CHARS).endsWith("x\n\n");
  }

  @Test
  void shouldRefuseMoreThreadsThanTheLimit() {
    assertThat(WorkerOptions.DEFAULT.withParallelism(1_000).parallelism()).isEqualTo(1_000);
    assertThatThrownBy(() -> WorkerOptions.DEFAULT.withParallelism(1_001))
        .hasMessage("Expected worker option parallelism to be between 1 and 1000, but it is 1001.");
    assertThatThrownBy(() -> WorkerOptions.DEFAULT.withParallelism(0))
        .hasMessageContaining("but it is 0.");
  }

  @Test
  void shouldNameTheParamThatIsMissingOrOfAnotherType() {
    TaskContext context =
        TaskFixture.context(
            TaskFixture.task("a", "q", 1, Map.of("year", new ParamValue.Int(1997))));

    assertThat(context.integer("year")).isEqualTo(1997);
    assertThatThrownBy(() -> context.text("year"))
        .hasMessage("Expected param year of step q to be a STRING, but it is LONG.");
    assertThatThrownBy(() -> context.integer("month"))
        .hasMessage("Expected step q to define param month, but it does not.");
  }
}

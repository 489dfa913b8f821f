package io.millrace.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.StepStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole table, written out: what is not here must be refused (Maestro semantics 3.1). */
class StepLifecycleTest {
  private static final String TABLE =
      """
      NOT_CREATED: CREATED
      CREATED: INITIALIZED UNSATISFIED SKIPPED | STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      INITIALIZED: PAUSED WAITING_FOR_SIGNALS | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      PAUSED: WAITING_FOR_SIGNALS | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      WAITING_FOR_SIGNALS: EVALUATING_PARAMS | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      EVALUATING_PARAMS: WAITING_FOR_PERMITS | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      WAITING_FOR_PERMITS: STARTING | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      STARTING: RUNNING FINISHING USER_FAILED PLATFORM_FAILED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      RUNNING: FINISHING USER_FAILED PLATFORM_FAILED TIMEOUT_FAILED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      FINISHING: SUCCEEDED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      USER_FAILED: CREATED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      PLATFORM_FAILED: CREATED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      TIMEOUT_FAILED: CREATED | SKIPPED STOPPED TIMED_OUT FATALLY_FAILED INTERNALLY_FAILED
      FATALLY_FAILED: COMPLETED_WITH_ERROR
      """;

  @Test
  void shouldAllowExactlyTheTransitionsOfTheTable() {
    Map<StepStatus, Set<StepStatus>> expected = new EnumMap<>(StepStatus.class);
    for (StepStatus status : StepStatus.values()) {
      expected.put(status, EnumSet.noneOf(StepStatus.class));
    }
    TABLE
        .lines()
        .forEach(
            line ->
                expected.put(
                    StepStatus.valueOf(line.substring(0, line.indexOf(':'))), followers(line)));

    for (StepStatus from : StepStatus.values()) {
      assertThat(StepLifecycle.next(from)).as("after %s", from).isEqualTo(expected.get(from));
    }
  }

  @Test
  void shouldRefuseEveryOtherTransition() {
    for (StepStatus from : StepStatus.values()) {
      for (StepStatus to : StepStatus.values()) {
        if (StepLifecycle.next(from).contains(to)) {
          assertThatCode(() -> StepLifecycle.check("s", from, to)).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> StepLifecycle.check("s", from, to))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("Expected step 's' to go from " + from);
        }
      }
    }
  }

  @Test
  void shouldLeaveNoTerminalStatusSaveAFailureThatIsIgnored() {
    for (StepStatus status : StepStatus.values()) {
      if (status.isTerminal() && status != StepStatus.FATALLY_FAILED) {
        assertThat(StepLifecycle.next(status)).as("after %s", status).isEmpty();
      }
    }
  }

  private static Set<StepStatus> followers(String line) {
    Set<StepStatus> followers = EnumSet.noneOf(StepStatus.class);
    Arrays.stream(line.substring(line.indexOf(':') + 1).split("[ |]+"))
        .filter(word -> !word.isBlank())
        .map(StepStatus::valueOf)
        .forEach(followers::add);
    return followers;
  }
}

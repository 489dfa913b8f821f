package io.millrace.engine.simulation.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers of a simulation that do not answer: busy, silent, or not there at all. */
final class SilentWorkersTest {
  private static SimulatedRun simulate(String params, String outcome) {
    return simulate("Spark", params, outcome);
  }

  /** A step that takes an hour at the most, once. */
  private static SimulatedRun simulate(String type, String params, String outcome) {
    String definition =
        """
        workflow:
          id: w
          owner: me
          jobs:
            - job:
                id: a
                type: %s
                timeout: 1 hour
                retry_policy: {platform_retry_limit: 0}
                params: {%s}
        """
            .formatted(type, params);
    return Played.last(
        new Played().push("w", definition).simulate("steps: {a: [%s]}".formatted(outcome)));
  }

  private static void assertEnds(SimulatedRun run, StepStatus status, Duration after) {
    assertThat(run.steps().get("a").status()).isEqualTo(status);
    assertThat(run.steps().get("a").endedMs()).isEqualTo(after.toMillis());
    assertThat(run.status().isTerminal()).isTrue();
  }

  @Test
  void shouldTimeOutThoughTheWorkerGivesSignsOfLife() {
    SimulatedRun run = simulate("heartbeat_timeout: 7", "{fail: TIMEOUT}");

    assertEnds(run, StepStatus.TIMED_OUT, Duration.ofHours(1));
    assertThat(run.status()).isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void shouldGiveSignsOfLifeUntilTheWorkIsDone() {
    assertEnds(
        simulate("heartbeat_timeout: 7", "{succeed: true, after: 40 min}"),
        StepStatus.SUCCEEDED,
        Duration.ofMinutes(40));
    assertEnds(
        simulate("heartbeat_timeout: 7", "{fail: FATAL, after: 7s}"),
        StepStatus.FATALLY_FAILED,
        Duration.ofSeconds(7));
  }

  @Test
  void shouldMissTheSignsOfASilentWorker() {
    assertEnds(
        simulate("heartbeat_timeout: 30", "{fail: SILENT}"),
        StepStatus.FATALLY_FAILED,
        Duration.ofSeconds(30));
    assertEnds(
        simulate("heartbeat_timeout: 30", "{fail: SILENT, after: 45s}"),
        StepStatus.FATALLY_FAILED,
        Duration.ofSeconds(75));
  }

  @Test
  void shouldMissAWorkerThatTakesTheTask() {
    assertEnds(
        simulate("schedule_to_start_timeout: 5 min", "{fail: NOT_TAKEN}"),
        StepStatus.FATALLY_FAILED,
        Duration.ofMinutes(5));
  }

  @Test
  void shouldTakeATaskAtOnceOtherwise() {
    for (String outcome : new String[] {"{fail: SILENT}", "{fail: TIMEOUT}"}) {
      assertEnds(
          simulate("schedule_to_start_timeout: 5 min", outcome),
          StepStatus.TIMED_OUT,
          Duration.ofHours(1));
    }
  }

  @Test
  void shouldTimeOutWhereNothingWatchesTheWorker() {
    for (String outcome : new String[] {"{fail: SILENT, after: 1s}", "{fail: NOT_TAKEN}"}) {
      assertEnds(simulate("", outcome), StepStatus.TIMED_OUT, Duration.ofHours(1));
      assertEnds(
          simulate("Sleep", "heartbeat_timeout: 1, schedule_to_start_timeout: 1", outcome),
          StepStatus.TIMED_OUT,
          Duration.ofHours(1));
    }
  }
}

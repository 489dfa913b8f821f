package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import org.junit.jupiter.api.Test;

final class RenderingTest {
  private final Views.Screen screen = new Views.Screen();

  @Test
  void shouldShowARunWithItsSteps() {
    // when
    screen
        .output(false)
        .text(
            RunText.run(
                Views.run(
                    RunStatus.FAILED,
                    Views.step("extract", StepStatus.SUCCEEDED, 1, ""),
                    Views.step("load", StepStatus.FATALLY_FAILED, 3, "disk\nfull"))));

    // then
    assertThat(screen.out())
        .isEqualTo(
            """
            etl/7:1  FAILED  version 3  took 12.3 s
            created 1970-01-01T00:00:01Z, run 5f0c0000-0000-0000-0000-000000000000
            reason: Step load failed.
            params: day=20260101

            STEP     STATUS          ATTEMPTS  TOOK    NOTE
            extract  SUCCEEDED       1         250 ms
            load     FATALLY_FAILED  3         250 ms  disk full

            failing: etl/7/per-shop/3:1/load@2
            """);
  }

  @Test
  void shouldSayWhatAStepWaitsFor() {
    // when
    String note = RunText.note(Views.step("load", StepStatus.USER_FAILED, 1, "no such file"));

    // then
    assertThat(note).isEqualTo("It waits for its next attempt. no such file");
  }

  @Test
  void shouldShowAWorkflow() {
    // when
    screen
        .output(false)
        .text(
            RunText.workflow(
                new Reply.WorkflowTold("etl", 3, null, "retail", "SEQUENTIAL(1)", 1, 2, 9)));

    // then
    assertThat(screen.out())
        .isEqualTo(
            """
            etl  owner retail  SEQUENTIAL(1)
            versions: latest 3, active none
            runs: 1 in progress, 2 queued; last instance etl/9
            """);
  }

  @Test
  void shouldLetNoTextSteerTheTerminal() {
    // when, then
    assertThat(Printable.oneLine("a\u001b[2Jb\u202Ec\td")).isEqualTo("a?[2Jb?c d");
  }

  @Test
  void shouldShowLengthsOfTimeInTheUnitThatSuits() {
    // when, then
    assertThat(DurationText.show(999)).isEqualTo("999 ms");
    assertThat(DurationText.show(1_000)).isEqualTo("1.0 s");
    assertThat(DurationText.show(59_999)).isEqualTo("59.9 s");
    assertThat(DurationText.show(60_000)).isEqualTo("1 min 0 s");
    assertThat(DurationText.show(3_600_000)).isEqualTo("1 h 0 min");
  }
}

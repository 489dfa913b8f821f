package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchAndStopTest {
  private static final Answer RUNNING = new Reply.RunTold(Views.run(RunStatus.IN_PROGRESS), false);
  private static final Answer STOPPED = new Reply.RunTold(Views.run(RunStatus.STOPPED), true);
  private static final Answer ENDED =
      new Reply.Refused("ALREADY_ENDED", "Expected it to be running.", List.of());

  private final Views.Screen screen = new Views.Screen();

  @Test
  void shouldRenewAWatchBeforeItsLeaseIsOver() throws NotReached {
    // given
    FakeSystem system = new FakeSystem(sent -> List.of(sent.number() < 4 ? RUNNING : STOPPED));

    // when
    int status = WatchVerb.watch(system.converse(), "etl/7", screen.output(true));

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(system.sent()).hasSize(4);
    assertThat(system.sent())
        .extracting(sent -> sent.correlationId())
        .containsOnly(system.sent().get(0).correlationId());
    assertThat(system.sent().get(3).at()).isEqualTo(30_100L);
    assertThat(system.sent().get(0).read(ActionRequest.class).leaseMs()).isEqualTo(30_000);
    assertThat(screen.out()).startsWith("{").endsWith("}\n").containsOnlyOnce("workflow_id");
  }

  @Test
  void shouldTellEachChangeOnce() {
    // given
    RunChanges changes = new RunChanges();

    // when
    String first =
        changes.next(
            Views.run(RunStatus.IN_PROGRESS, Views.step("load", StepStatus.RUNNING, 1, "")));
    String same =
        changes.next(
            Views.run(RunStatus.IN_PROGRESS, Views.step("load", StepStatus.RUNNING, 1, "")));
    String retried =
        changes.next(
            Views.run(RunStatus.IN_PROGRESS, Views.step("load", StepStatus.RUNNING, 2, "")));

    // then
    assertThat(first.lines())
        .containsExactly(
            "etl/7:1                   IN_PROGRESS", "load                      RUNNING");
    assertThat(same).isEmpty();
    assertThat(retried.lines()).containsExactly("load                      RUNNING (attempt 2)");
  }

  @Test
  void shouldStopTheRunItHasSeenAndNoOther() throws NotReached {
    // given
    FakeSystem system =
        new FakeSystem(sent -> List.of(sent.number() == 1 ? RUNNING : new Reply.Done("STOP")));

    // when
    int status = StopVerb.stop(system.converse(), "etl/7", "too late", screen.output(false));

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(screen.out()).isEqualTo("Stopped etl/7:1.\n");
    ActionRequest stop = system.sent().get(1).read(ActionRequest.class);
    assertThat(stop.action()).isEqualTo(Action.STOP);
    assertThat(stop.runUuid()).isEqualTo(Views.UUID);
    assertThat(stop.reason()).isEqualTo("too late");
  }

  @Test
  void shouldCallAStopDoneWhoseAnswerWasLost() throws NotReached {
    // given
    FakeSystem system =
        new FakeSystem(
            sent ->
                switch (sent.number()) {
                  case 1 -> List.of(RUNNING);
                  case 2 -> List.of();
                  case 3 -> List.of(ENDED);
                  default -> List.of(STOPPED);
                });

    // when
    int status = StopVerb.stop(system.converse(), "etl/7", null, screen.output(false));

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void shouldRefuseToStopWhatHasEnded() throws NotReached {
    // when
    int status =
        StopVerb.stop(
            new FakeSystem(sent -> List.of(STOPPED)).converse(),
            "etl/7",
            null,
            screen.output(false));

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(screen.err()).isEqualTo("Expected etl/7:1 to be running, but it is STOPPED.\n");
  }
}

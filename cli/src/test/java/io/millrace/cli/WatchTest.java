package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchTest {
  private static final Answer RUNNING = new Reply.RunTold(Views.run(RunStatus.IN_PROGRESS), false);
  private static final Answer STOPPED = new Reply.RunTold(Views.run(RunStatus.STOPPED), true);

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
}

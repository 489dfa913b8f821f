package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Change;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Envelope;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The host itself, with machines made for the purpose. */
final class VirtualClusterTest {
  private static final MachineAddress WORKFLOW = MachineAddress.workflow("w");
  private static final long BEGIN = 1_000;

  private static VirtualCluster host(Machine machine, TurnListener listener) {
    return new VirtualCluster(
        () -> address -> machine,
        new SimulationSettings(EngineLimits.DEFAULT, BEGIN, MessageOrder.FIRST_SENT_FIRST, true),
        listener);
  }

  private static VirtualCluster host(Machine machine) {
    return host(machine, TurnListener.NONE);
  }

  @Test
  void shouldFindOutThatADecisionComesOutDifferently() {
    AtomicLong count = new AtomicLong();
    VirtualCluster cluster =
        host(
            (view, command) ->
                new Decision.Accepted(
                    List.of(),
                    List.of(new Effect.WakeAt(Envelope.NEVER, count.incrementAndGet()))));
    cluster.send(WORKFLOW, new Message.Nudge());

    assertThatThrownBy(cluster::deliver)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to decide the same twice");
  }

  @Test
  void shouldFireAMachinesOneTimerAtItsInstant() {
    List<Long> fired = new ArrayList<>();
    VirtualCluster cluster =
        host(
            VirtualClusterTest::sleeping,
            (address, command, decision) -> {
              if (command.message() instanceof Message.Due) {
                fired.add(command.at());
              }
            });
    cluster.send(WORKFLOW, new Message.Nudge());
    cluster.send(WORKFLOW, new Message.Room());

    cluster.advanceTo(BEGIN + 100);

    assertThat(fired).containsExactly(BEGIN + 20);
    assertThat(cluster.now()).isEqualTo(BEGIN + 100);
    assertThat(cluster.nextTimer()).isEmpty();
  }

  /** A nudge sets the timer to 10 ms later, room moves it to 20 ms later, and then it is done. */
  private static Decision sleeping(View view, Command command) {
    long previous = view.envelope().map(Envelope::wakeAt).orElse(Envelope.NEVER);
    long next =
        command.message() instanceof Message.Due
            ? Envelope.NEVER
            : BEGIN + (command.message() instanceof Message.Nudge ? 10 : 20);
    Envelope envelope =
        new Envelope(
            MachineAddress.Kind.WORKFLOW,
            "w",
            0,
            command.at(),
            next,
            0,
            "",
            false,
            List.of(),
            null,
            null,
            null);
    return new Decision.Accepted(
        List.of(new Change.PutEnvelope(envelope)), List.of(new Effect.WakeAt(previous, next)));
  }

  @Test
  void shouldRefuseTheOneCommandOfAWorkflowThatThrows() {
    VirtualCluster cluster =
        host(
            (view, command) -> {
              throw new IllegalStateException("a bug");
            });
    cluster.send(WORKFLOW, new Message.TellWorkflow(new ReplyTo(0, "asker")));

    cluster.deliver();

    assertThat(cluster.outcome().replies())
        .singleElement()
        .satisfies(reply -> assertThat(reply.answer()).isInstanceOf(Reply.Refused.class));
    assertThat(cluster.outcome().lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost.reason()).contains("a bug"));
    assertThat(cluster.machines()).isEmpty();
  }

  @Test
  void shouldWakeAWorkflowAgainThatCouldNotHandleItsTimer() {
    VirtualCluster cluster =
        host(
            (view, command) -> {
              if (command.message() instanceof Message.Due) {
                throw new IllegalStateException("a bug");
              }
              return sleeping(view, command);
            });
    cluster.send(WORKFLOW, new Message.Nudge());

    cluster.advanceTo(BEGIN + 10);

    assertThat(cluster.timersOf(WORKFLOW)).containsExactly(BEGIN + 10 + 60_000);
  }

  @Test
  void shouldKeepARefusalThatNobodyHears() {
    VirtualCluster cluster =
        host((view, command) -> new Decision.Rejected("NO", "Expected yes, but no.", List.of()));
    cluster.send(WORKFLOW, new Message.Push("text", null));
    cluster.send(WORKFLOW, new Message.Push("text", new ReplyTo(0, "asker")));
    cluster.send(WORKFLOW, new Message.Due());

    cluster.deliver();

    assertThat(cluster.outcome().lost()).extracting(LostCommand::code).containsExactly("NO");
  }

  @Test
  void shouldTellThoseWhoAskedThatThereIsRoomOnce() {
    List<Message> taken = new ArrayList<>();
    VirtualCluster cluster =
        host(
            (view, command) ->
                new Decision.Accepted(
                    List.of(),
                    command.message() instanceof Message.Nudge
                        ? List.of(new Effect.AwaitRoom())
                        : List.of()),
            (address, command, decision) -> taken.add(command.message()));
    cluster.room(false);
    cluster.send(WORKFLOW, new Message.Nudge());
    cluster.deliver();

    cluster.room(true);
    cluster.room(true);
    cluster.deliver();

    assertThat(taken).containsExactly(new Message.Nudge(), new Message.Room());
  }
}

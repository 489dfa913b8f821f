package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.View;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.TurnListener;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.wiring.EngineMachines;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checks find what they are for: an engine whose effects were tampered with. */
final class InvariantsTest {
  @Test
  void shouldFindNothingInAnEngineThatIsSound() {
    assertThatCode(() -> Invariants.check(cluster(effect -> Optional.of(effect))))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldFindALostEvent() {
    assertBroken(
        effect ->
            effect instanceof Effect.Publish event && event.sequence() == 2
                ? Optional.empty()
                : Optional.of(effect),
        "sequence of");
  }

  @Test
  void shouldFindALostTimer() {
    assertBroken(
        effect -> effect instanceof Effect.WakeAt ? Optional.empty() : Optional.of(effect),
        "timers of");
  }

  @Test
  void shouldFindALostEnd() {
    assertBroken(
        effect ->
            effect instanceof Effect.Send send && send.message() instanceof Message.RunEnded
                ? Optional.empty()
                : Optional.of(effect),
        "has ended");
  }

  @Test
  void shouldFindATaskThatWasNotCancelled() {
    assertBroken(
        effect -> effect instanceof Effect.CancelTask ? Optional.empty() : Optional.of(effect),
        "Is it open, cancelled, answered");
  }

  @Test
  void shouldFindATaskThatIsOutUnderAnotherName() {
    assertBroken(
        effect ->
            Optional.of(
                effect instanceof Effect.Dispatch dispatch
                    ? new Effect.Dispatch(renamed(dispatch.task()))
                    : effect),
        "flow/");
  }

  private static Task renamed(Task task) {
    return new Task(
        task.protocol(),
        task.dispatchId() + "x",
        task.queue(),
        task.workflowId(),
        task.run(),
        task.runUuid(),
        task.stepId(),
        task.attempt(),
        task.type(),
        Map.of(),
        task.timeoutMs());
  }

  @Test
  void shouldFindAMiscount() {
    assertBroken(
        effect ->
            effect instanceof Effect.Note note && note.kind() == Effect.Note.Kind.START_QUEUED
                ? Optional.empty()
                : Optional.of(effect),
        "by their notes");
  }

  private static void assertBroken(Tampering tampering, String finding) {
    VirtualCluster cluster = cluster(tampering);

    assertThatThrownBy(() -> Invariants.check(cluster))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(finding);
  }

  /** What becomes of an effect; empty: it is lost. */
  private interface Tampering {
    Optional<Effect> of(Effect effect);
  }

  /** Two runs, one stopped while a worker is at it, the other in the queue till then. */
  private static VirtualCluster cluster(Tampering tampering) {
    EngineMachines sound =
        new EngineMachines(EngineLimits.DEFAULT, StepTypes.STANDARD, GivenStep.QUEUE::equals);
    VirtualCluster cluster =
        new VirtualCluster(
            () -> address -> tampered(sound.at(address), tampering),
            new SimulationSettings(
                EngineLimits.DEFAULT, Scenario.BEGIN, MessageOrder.FIRST_SENT_FIRST, false),
            TurnListener.NONE);
    MachineAddress workflow = MachineAddress.workflow(GivenWorkflow.DEFAULT_ID);
    cluster.send(workflow, new Message.Push(GivenWorkflow.sequence("a").text(), null));
    for (String request : new String[] {"one", "two", "three"}) {
      cluster.send(workflow, new Message.Start(request, null, Map.of(), null, false, null));
    }
    cluster.deliver();
    cluster.send(
        new MachineAddress(MachineAddress.Kind.INSTANCE, GivenWorkflow.DEFAULT_ID + "/1"),
        new Message.Act(
            new ActionRequest(ActionRequest.Action.STOP, "flow/1", null, null, null, null), null));
    cluster.deliver();
    return cluster;
  }

  private static Machine tampered(Machine machine, Tampering tampering) {
    return new Machine() {
      @Override
      public Decision decide(View view, Command command) {
        Decision decision = machine.decide(view, command);
        if (!(decision instanceof Decision.Accepted accepted)) {
          return decision;
        }
        List<Effect> effects = new ArrayList<>();
        accepted.effects().forEach(effect -> tampering.of(effect).ifPresent(effects::add));
        return new Decision.Accepted(accepted.changes(), effects);
      }
    };
  }
}

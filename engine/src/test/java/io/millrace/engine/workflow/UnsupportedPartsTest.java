package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.DefinitionReader;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.wiring.EngineMachines;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import org.junit.jupiter.api.Test;

/** A push of a valid definition that has parts which cannot be run yet. */
final class UnsupportedPartsTest {
  private static final String TEXT =
      """
      {"properties": {"owner": "someone", "step_concurrency": 5},
       "workflow": {"id": "flow", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
      """;

  @Test
  void shouldBeOfSuchAPush() {
    assertThat(DefinitionReader.read(TEXT).problems()).isEmpty();
    assertThat(DefinitionReader.read(TEXT).unsupported()).isNotEmpty();
  }

  @Test
  void shouldRefuseThemInARunningSystem() {
    VirtualCluster cluster =
        cluster(new EngineMachines(EngineLimits.DEFAULT, StepTypes.STANDARD, queue -> true));

    assertThat(answer(cluster)).isInstanceOf(Reply.Refused.class);
    assertThat(cluster.machines()).isEmpty();
  }

  @Test
  void shouldTakeThemIfTheyAreToBeLeftOut() {
    VirtualCluster cluster =
        cluster(
            new EngineMachines(
                EngineLimits.DEFAULT,
                StepTypes.STANDARD,
                queue -> true,
                UnsupportedParts.LEAVE_OUT));

    assertThat(answer(cluster)).isInstanceOf(Reply.Pushed.class);
    assertThat(cluster.machines()).containsExactly(LoneWorkflow.ADDRESS);
  }

  private static VirtualCluster cluster(EngineMachines machines) {
    return new VirtualCluster(
        () -> machines,
        new SimulationSettings(EngineLimits.DEFAULT, 0, MessageOrder.FIRST_SENT_FIRST, true),
        (machine, command, decision) -> {});
  }

  private static Reply.Answer answer(VirtualCluster cluster) {
    cluster.send(MachineAddress.workflow("flow"), new Message.Push(TEXT, new ReplyTo(0, "asker")));
    cluster.deliver();
    return cluster.outcome().replies().get(0).answer();
  }
}

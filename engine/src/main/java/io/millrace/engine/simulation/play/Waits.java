package io.millrace.engine.simulation.play;

import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunView;
import java.util.HashMap;
import java.util.Map;

/** Why the steps of open runs do not get on: the runs are asked, as a user would ask them. */
final class Waits {
  private final VirtualCluster cluster;
  private final Recorder recorder;
  private final Map<MachineAddress, Map<String, String>> told = new HashMap<>();

  Waits(VirtualCluster cluster, Recorder recorder) {
    this.cluster = cluster;
    this.recorder = recorder;
  }

  /** The reasons by step; empty for a run that has ended. */
  Map<String, String> of(MachineAddress machine, RunRecord run) {
    if (run.status().isTerminal()) {
      return Map.of();
    }
    Map<String, String> known = told.get(machine);
    if (known == null) {
      known = ask(machine);
      told.put(machine, known);
    }
    return known;
  }

  private Map<String, String> ask(MachineAddress machine) {
    ReplyTo asker = new ReplyTo(0, "why " + machine);
    cluster.send(
        machine,
        new Message.Act(
            new ActionRequest(ActionRequest.Action.SHOW, machine.key(), null, null, null, null),
            asker));
    cluster.deliver();
    Map<String, String> reasons = new HashMap<>();
    if (recorder.answer(asker.correlationId()).orElse(null) instanceof Reply.RunTold reply) {
      for (RunView.StepView step : reply.run().steps()) {
        String reason = step.waitingFor();
        if (reason != null) {
          reasons.put(step.stepId(), reason);
        }
      }
    }
    return reasons;
  }
}

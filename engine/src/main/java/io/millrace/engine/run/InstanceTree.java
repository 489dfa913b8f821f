package io.millrace.engine.run;

import io.millrace.engine.Decision;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.StepStatus;
import java.util.function.BiConsumer;

/** What the runs above and below an instance's runs say to it (decisions, the tree). */
final class InstanceTree {
  private final InstanceTurn here;
  private final Turn turn;

  InstanceTree(InstanceTurn here) {
    this.here = here;
    this.turn = here.turn();
  }

  Decision endRun(Message.EndRun message) {
    RunRecord record = here.latest();
    if (record == null || record.run() != message.run() || record.status().isTerminal()) {
      return turn.rejected(
          null,
          "ALREADY_ENDED",
          "Expected run " + message.run() + " of " + turn.address().key() + " to be running.");
    }
    OpenRun run = here.open(record);
    run.reason(message.reason());
    run.stop(message.how());
    StepFlow flow = here.flow(run);
    flow.endAll(StepFlow.stepStatus(message.how()), message.reason());
    return here.close(run, flow);
  }

  Decision childAccepted(Message.ChildAccepted message) {
    return ofChild(
        message.stepId(),
        message.run(),
        message.attempt(),
        (flow, draft) -> flow.work(draft.stepId()).accepted(draft, message));
  }

  Decision childRefused(Message.ChildRefused message) {
    return ofChild(
        message.stepId(),
        message.run(),
        message.attempt(),
        (flow, draft) -> flow.work(draft.stepId()).refused(draft, message));
  }

  Decision childEnded(Message.ChildEnded message) {
    return ofChild(
        message.stepId(),
        message.run(),
        message.attempt(),
        (flow, draft) -> flow.work(draft.stepId()).childEnded(draft, message));
  }

  /** Something of a child of a step; of no interest to a step that is over. */
  private Decision ofChild(
      String stepId, long ofRun, long attempt, BiConsumer<StepFlow, StepDraft> what) {
    RunRecord record = here.latest();
    if (record != null && record.run() == ofRun && !record.status().isTerminal()) {
      OpenRun run = here.open(record);
      StepFlow flow = here.flow(run);
      boolean waits =
          run.peek(stepId)
              .filter(step -> step.status() == StepStatus.RUNNING)
              .filter(step -> step.attempt() == attempt)
              .isPresent();
      if (waits) {
        what.accept(flow, run.touch(stepId));
        return here.close(run, flow);
      }
    }
    return turn.rejected(
        null,
        "STALE_CHILD",
        "Expected step '" + stepId + "' of " + turn.address().key() + " to wait for a child.");
  }

  Decision forgetIteration(Message.ForgetIteration message) {
    RunRecord record = here.latest();
    return record == null
        ? turn.rejected(null, "GONE", "Expected " + turn.address() + " to exist, but it is gone.")
        : forget(record);
  }

  Decision forget(RunRecord record) {
    Retention retention =
        new Retention(
            turn,
            here.instance(),
            here.limits().followUpsPerTurn(),
            here.limits().keepsIterations());
    if (retention.tellBelow(record)) {
      turn.forget();
    } else {
      turn.setTimer(RunEnd.RETENTION, turn.at());
    }
    return turn.accepted();
  }
}

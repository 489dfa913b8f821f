package io.millrace.engine.run;

import io.millrace.definition.SubworkflowStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.evaluation.BuiltInParams;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Map;
import java.util.Optional;

/**
 * A subworkflow step starts an instance of another workflow and ends with it, or once it is there
 * if it does not wait (Maestro semantics 2.7). The request id is derived from the attempt, so
 * asking twice makes one instance.
 */
final class SubworkflowWork implements StepWork {
  private static final String ACTIVE = "active";

  private final StepFlow flow;
  private final OpenRun run;
  private final SubworkflowStep definition;
  private final ChildWork children;

  SubworkflowWork(StepFlow flow, SubworkflowStep definition) {
    this.flow = flow;
    this.run = flow.run();
    this.definition = definition;
    this.children = new ChildWork(flow, definition);
  }

  @Override
  public void begin(StepDraft draft) {
    if (children.isTooDeep()) {
      new StepFailures(flow).fatally(draft, children.tooDeep());
      return;
    }
    draft.to(StepStatus.RUNNING);
    Parent parent =
        children.parent(draft, definition.sync(), run.dag().exports(draft.stepId()), false);
    Map<String, ParamDefinition> params =
        children.passedDown(draft).toSubworkflow(definition.explicitParams()).params();
    MachineAddress workflow = MachineAddress.workflow(workflowId(draft.step()));
    Optional<ChildRestart> again = ChildRestart.of(run, draft);
    run.turn()
        .send(
            workflow,
            again.isPresent()
                ? new Message.Restart(
                    again.get().instance(),
                    0,
                    requestId(draft),
                    0,
                    again.get().plan(),
                    params,
                    run.record().user(),
                    false,
                    null,
                    parent)
                : new Message.Start(
                    requestId(draft),
                    text(draft.step(), BuiltInParams.SUBWORKFLOW_VERSION).orElse(ACTIVE),
                    params,
                    run.record().user(),
                    false,
                    null,
                    parent));
  }

  private static String workflowId(StepRun step) {
    return text(step, BuiltInParams.SUBWORKFLOW_ID).orElse("");
  }

  private static Optional<String> text(StepRun step, String param) {
    return step.params().get(param) instanceof ParamValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  private String requestId(StepDraft draft) {
    return ChildWork.uuid(
        run.record().runUuid() + "/" + draft.stepId() + "@" + draft.attempt() + " subworkflow");
  }

  @Override
  public void accepted(StepDraft draft, Message.ChildAccepted message) {
    draft.child(message.child());
    if (!definition.sync()) {
      flow.succeed(draft);
    }
  }

  @Override
  public void refused(StepDraft draft, Message.ChildRefused message) {
    children.end(
        draft, draft.ending() == null ? RunStatus.FAILED : RunStatus.STOPPED, message.detail());
  }

  @Override
  public void childEnded(StepDraft draft, Message.ChildEnded message) {
    draft.exports(message.exports());
    run.leaves().add(message);
    if (message.status() == RunStatus.SUCCEEDED) {
      flow.succeed(draft); // it counts, also against a stop that crossed it
      return;
    }
    String reason = message.reason();
    children.end(
        draft,
        message.status(),
        message.child() + " " + message.status() + (reason == null ? "." : ": " + reason));
  }

  @Override
  public boolean abandon(StepDraft draft, StepStatus how, String reason) {
    if (!definition.sync()) {
      return true;
    }
    if (draft.ending() == null) {
      run.turn()
          .send(
              MachineAddress.workflow(workflowId(draft.step())),
              new Message.StopRequested(requestId(draft), runStatus(how), reason));
    }
    return false;
  }

  /** How children end of a step that ends so: stop and kill from above both stop (9.4). */
  static RunStatus runStatus(StepStatus how) {
    return how == StepStatus.TIMED_OUT ? RunStatus.TIMED_OUT : RunStatus.STOPPED;
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    String child = step.child();
    return Optional.of(
        child == null
            ? "It waits for workflow '" + workflowId(step) + "' to take its start."
            : "It waits for " + child + " to end.");
  }
}

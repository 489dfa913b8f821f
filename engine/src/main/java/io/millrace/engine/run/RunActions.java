package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.address.InstanceAddress.Segment;
import io.millrace.address.RunAddress;
import io.millrace.definition.FailureMode;
import io.millrace.definition.ForeachStep;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.RestartPlan.Node;
import io.millrace.engine.Turn;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What users do to a run and its steps: stop, kill, skip, restart (Maestro semantics 9.2 to 9.6).
 * Says why not where it can't be done.
 */
final class RunActions {
  private final Turn turn;
  private final ActionRequest action;

  RunActions(Turn turn, Message.Act message) {
    this.turn = turn;
    this.action = message.action();
  }

  /** Why an action is not done. */
  record Refusal(String code, String detail) {}

  /**
   * The way from an instance down to the target of an action; empty if the target is the instance.
   */
  static List<Segment> below(InstanceAddress instance, String target) {
    List<Segment> segments =
        RunAddress.parse(target).map(run -> run.instance().segments()).orElse(List.of());
    int own = instance.segments().size();
    return segments.size() <= own ? List.of() : segments.subList(own, segments.size());
  }

  private String reason() {
    String given = action.reason();
    String user = action.user();
    return given != null
        ? given
        : "%s by %s.".formatted(word(), user == null ? "a user" : "'" + user + "'");
  }

  private String word() {
    return switch (action.action()) {
      case STOP -> "Stopped";
      case KILL -> "Killed";
      case SKIP -> "Skipped";
      case RESTART -> "Restarted";
      case SHOW, WATCH, UNBLOCK -> "Asked";
    };
  }

  // ---- on all of a run

  /** Ends an open run. */
  void end(OpenRun run, StepFlow flow) {
    boolean kill = action.action() == ActionRequest.Action.KILL;
    run.reason(reason());
    run.stop(kill ? RunStatus.FAILED : RunStatus.STOPPED);
    flow.endAll(kill ? StepStatus.FATALLY_FAILED : StepStatus.STOPPED, reason());
  }

  // ---- on a step of an open run

  Optional<Refusal> onStep(OpenRun run, StepFlow flow, String stepId) {
    if (run.dag().find(stepId).isEmpty()) {
      return refusal(
          "UNKNOWN_STEP",
          "Expected '" + stepId + "' to be a step of " + run.instance() + ", but there is none.");
    }
    StepStatus status = run.status(stepId);
    boolean isOpen = status != StepStatus.NOT_CREATED && !status.isTerminal();
    return switch (action.action()) {
      case STOP, KILL, SKIP -> {
        if (!isOpen) {
          yield refusal(
              "NOT_RUNNING",
              "Expected step '" + stepId + "' to be open, but it is " + status + ".");
        }
        endStep(flow, run.touch(stepId));
        yield Optional.empty();
      }
      case RESTART -> again(run, flow, stepId, status);
      case SHOW, WATCH, UNBLOCK ->
          refusal("BAD_TARGET", "Expected a run, but the target is a step.");
    };
  }

  private void endStep(StepFlow flow, StepDraft draft) {
    switch (action.action()) {
      case KILL -> {
        if (flow.leave(draft, StepStatus.FATALLY_FAILED, reason())) {
          new StepFailures(flow).fatally(draft, reason());
        }
      }
      case SKIP -> {
        if (flow.leave(draft, StepStatus.SKIPPED, reason())) {
          flow.skip(draft, reason());
        }
      }
      case STOP, RESTART, SHOW, WATCH, UNBLOCK -> flow.endOne(draft, StepStatus.STOPPED, reason());
    }
  }

  /** Another attempt in a run that is in progress (9.3). */
  private Optional<Refusal> again(OpenRun run, StepFlow flow, String stepId, StepStatus status) {
    FailureMode mode = run.definition(stepId).failureMode();
    if (!status.isTerminal() || status.isComplete() || run.stopping().isPresent()) {
      return refusal(
          "NOT_RESTARTABLE",
          "Expected step '"
              + stepId
              + "' to have ended without being complete, in a run that goes on, but it is "
              + status
              + ".");
    }
    if (mode != FailureMode.FAIL_AFTER_RUNNING) {
      return refusal(
          "NOT_RESTARTABLE",
          "Expected step '"
              + stepId
              + "' to have the mode FAIL_AFTER_RUNNING, but it has "
              + mode
              + ".");
    }
    StepDraft draft = run.touch(stepId);
    run.uncount(status);
    Leaves.uncount(run, draft, status);
    draft.manualAttempt(turn.at());
    if (action.policy() == RestartPolicy.FROM_BEGINNING) {
      run.loop(stepId).ifPresent(loop -> run.put(stepId, loop.anew(turn)));
    }
    flow.attempt(draft, action.params());
    return Optional.empty();
  }

  /** Whether the next instance on the way is an iteration that runs. */
  boolean isRunning(OpenRun run, List<Segment> way) {
    long iteration = way.get(0).number();
    return run.loop(way.get(0).name())
        .filter(loop -> iteration < loop.total)
        .filter(loop -> loop.state(iteration) == IterationState.RUNNING)
        .isPresent();
  }

  /** On a run in progress, a step of it, or an iteration of it that has ended. */
  Optional<Refusal> onOpen(OpenRun run, StepFlow flow, List<Segment> way) {
    boolean restarts =
        action.action() == ActionRequest.Action.RESTART
            || action.action() == ActionRequest.Action.SKIP;
    String step = action.step();
    if (!way.isEmpty()) {
      return restarts
          ? onIteration(run, flow, way)
          : refusal(
              "ALREADY_ENDED", "Expected " + action.target() + " to be running, but it is not.");
    }
    if (step != null) {
      return onStep(run, flow, step);
    }
    if (restarts) {
      return refusal(
          "NOT_ENDED", "Expected " + action.target() + " to have ended, but it is in progress.");
    }
    end(run, flow);
    return Optional.empty();
  }

  /** One iteration that has ended, of a loop that still runs. */
  private Optional<Refusal> onIteration(OpenRun run, StepFlow flow, List<Segment> way) {
    Segment head = way.get(0);
    if (action.action() == ActionRequest.Action.SKIP && action.step() == null) {
      return refusal(
          "BAD_TARGET", "Expected a skip to be of a step, but the target is an iteration.");
    }
    boolean isLoop = run.dag().find(head.name()).filter(ForeachStep.class::isInstance).isPresent();
    if (!isLoop || run.status(head.name()) != StepStatus.RUNNING) {
      return refusal(
          "NOT_RESTARTABLE",
          "Expected '"
              + head.name()
              + "' to be a foreach that runs, but it is "
              + run.status(head.name())
              + ".");
    }
    StepDraft draft = run.touch(head.name());
    RestartPlan inner =
        way.size() == 1 && action.step() == null
            ? RestartPlan.of(policy(), Map.of())
            : specific(way.subList(1, way.size()));
    return new ForeachWork(flow, (ForeachStep) run.definition(head.name()))
        .restart(draft, head.number(), inner);
  }

  // ---- on a run that has ended

  /**
   * A restart of a subworkflow whose parent waits for it is the parent's (9.2): it restarts the
   * step, which restarts the instance in place. Empty if there is no such parent.
   */
  Optional<Message.Act> ofAncestor(RunRecord ended, Message.Act message) {
    Parent parent = ended.parent();
    if (parent == null || !parent.sync() || !address().isWorkflowInstance()) {
      return Optional.empty();
    }
    return Optional.of(
        new Message.Act(
            new ActionRequest(
                ActionRequest.Action.RESTART,
                parent.address(),
                null,
                action.reason(),
                action.user(),
                null,
                parent.stepId(),
                policy(),
                action.params(),
                action.requestId()),
            message.replyTo()));
  }

  /** The message to the workflow that queues the next run; or why there is none. */
  Message.Restart next(RunRecord ended, long instance, Message.Act message) {
    List<Segment> way = below(address(), action.target());
    RestartPlan plan =
        way.isEmpty() && action.step() == null
            ? RestartPlan.of(policy(), action.params())
            : specific(way);
    String requestId = action.requestId();
    return new Message.Restart(
        instance,
        ended.run() + 1,
        requestId == null
            ? ChildWork.uuid(ended.runUuid() + " restart " + (ended.run() + 1))
            : requestId,
        ended.version(),
        plan,
        Map.of(),
        action.user(),
        false,
        message.replyTo(),
        ended.parent());
  }

  private RestartPlan specific(List<Segment> way) {
    List<Node> path = new ArrayList<>();
    way.forEach(segment -> path.add(new Node(segment.name(), segment.number())));
    String step = action.step();
    if (step != null) {
      path.add(new Node(step, null));
    }
    // A step that is named runs as a whole unless it is said otherwise.
    RestartPolicy below =
        step != null && action.policy() == null ? RestartPolicy.FROM_BEGINNING : policy();
    return new RestartPlan(
        RestartPolicy.FROM_SPECIFIC,
        Map.of(),
        path,
        below,
        step == null ? Map.of() : action.params(),
        action.action() == ActionRequest.Action.SKIP);
  }

  private RestartPolicy policy() {
    RestartPolicy given = action.policy();
    return given == null ? RestartPolicy.FROM_INCOMPLETE : given;
  }

  /** Why the next run would have nothing to do, or not know its step. */
  Optional<Refusal> refuseNext(RunRecord ended) {
    boolean makesNext =
        action.action() == ActionRequest.Action.RESTART
            || (action.action() == ActionRequest.Action.SKIP && action.step() != null);
    if (!makesNext) {
      return refusal(
          "ALREADY_ENDED",
          "Expected " + action.target() + " to be running, but it is " + ended.status() + ".");
    }
    Parent parent = ended.parent();
    boolean isPart = !below(address(), action.target()).isEmpty() || action.step() != null;
    if (parent != null && parent.sync() && address().isWorkflowInstance() && isPart) {
      return refusal(
          "NOT_RESTARTABLE",
          "Expected the restart of a part of a subworkflow to be asked of step '"
              + parent.stepId()
              + "' of "
              + parent.address()
              + ", which waits for it, but it came here.");
    }
    if (!address().isWorkflowInstance()) {
      return refusal(
          "NOT_RESTARTABLE",
          "Expected the restart of an iteration to be asked of its root, but it came here.");
    }
    List<Segment> way = below(address(), action.target());
    boolean isWhole = way.isEmpty() && action.step() == null;
    if (isWhole && action.policy() == RestartPolicy.FROM_SPECIFIC) {
      return refusal(
          "BAD_POLICY", "Expected FROM_SPECIFIC to come with a step, but there is none.");
    }
    if (isWhole) {
      boolean nothing =
          policy() == RestartPolicy.FROM_INCOMPLETE
              && ended.status() == RunStatus.SUCCEEDED
              && RunStart.earlier(ended).entrySet().stream()
                  .map(
                      step ->
                          turn.find(OpenRun.stepKey(step.getValue(), step.getKey()), StepRun.class))
                  .allMatch(step -> step.filter(known -> known.status().isComplete()).isPresent());
      return nothing
          ? refusal(
              "NOTHING_INCOMPLETE",
              "Expected "
                  + ended.run()
                  + " runs of "
                  + address()
                  + " to have left something incomplete, but all of it is complete.")
          : Optional.empty();
    }
    return Optional.empty();
  }

  private InstanceAddress address() {
    return InstanceAddress.parse(turn.address().key())
        .orElseThrow(() -> new IllegalStateException("Expected an instance's address."));
  }

  /**
   * Why the run is not the one that is meant; only the latest can be acted on (Maestro 9.4). A way
   * further down says nothing of this one.
   */
  Optional<Refusal> refuseOther(RunRecord latest, boolean isMeant) {
    String uuid = action.runUuid();
    long run = RunAddress.parse(action.target()).map(RunAddress::run).orElse(RunAddress.LATEST);
    if (isMeant && uuid != null && !uuid.equals(latest.runUuid())) {
      return refusal(
          "OTHER_RUN",
          "Expected " + address() + " to be run " + uuid + ", but it is " + latest.runUuid() + ".");
    }
    return isMeant && run != RunAddress.LATEST && run != latest.run()
        ? refusal(
            "OTHER_RUN",
            "Expected "
                + action.target()
                + " to be the latest run, but that is run "
                + latest.run()
                + ".")
        : Optional.empty();
  }

  /** Whether this restart has made the latest run already, so that it is only said again. */
  boolean hasMade(RunRecord latest) {
    return action.action() == ActionRequest.Action.RESTART
        && latest.requestId().equals(action.requestId());
  }

  /** Passes the action on to the iteration that the way leads to next. */
  void forward(List<Segment> way, Message.Act message) {
    Segment head = way.get(0);
    turn.send(MachineAddress.instance(address().iteration(head.name(), head.number())), message);
  }

  void done(Message.Act message) {
    turn.reply(message.replyTo(), new Reply.Done(action.action().name()));
  }

  private static Optional<Refusal> refusal(String code, String detail) {
    return Optional.of(new Refusal(code, detail));
  }
}

package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.address.InstanceAddress.Segment;
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
import io.millrace.engine.run.RunActions.Refusal;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restarts, and skips of steps that have ended (Maestro semantics 9.2, 9.3, 9.5). Whose run has
 * ended below a step that waits for it asks the run of that step, and so on upwards: the first that
 * is still in progress tries its step again, and if none is, the root gets another run. What is
 * restarted is found on the way down again.
 */
final class RunRestarts {
  private final Turn turn;
  private final Message.Act message;
  private final ActionRequest action;
  private final List<Node> path;

  RunRestarts(Turn turn, Message.Act message) {
    this.turn = turn;
    this.message = message;
    this.action = message.action();
    this.path = message.path().isEmpty() ? ownPath() : message.path();
  }

  /** From this instance down to the target, if the target is within it. */
  private List<Node> ownPath() {
    List<Node> own = new ArrayList<>();
    for (Segment segment : RunActions.below(address(), action.target())) {
      own.add(new Node(segment.name(), segment.number()));
    }
    String step = action.step();
    if (step != null) {
      own.add(new Node(step, null));
    }
    return own;
  }

  private InstanceAddress address() {
    return RunActions.instance(turn);
  }

  private RestartPolicy policy() {
    RestartPolicy given = action.policy();
    return given == null ? RestartPolicy.FROM_INCOMPLETE : given;
  }

  private RestartPlan plan(List<Node> way) {
    return plan(
        way,
        // A step that is named runs as a whole unless it is said otherwise.
        action.step() != null && action.policy() == null ? RestartPolicy.FROM_BEGINNING : policy());
  }

  private RestartPlan plan(List<Node> way, RestartPolicy below) {
    if (way.isEmpty()) {
      return RestartPlan.of(policy(), action.params());
    }
    boolean isOfStep = action.step() != null;
    return new RestartPlan(
        RestartPolicy.FROM_SPECIFIC,
        isOfStep ? Map.of() : action.params(),
        way,
        below,
        isOfStep ? action.params() : Map.of(),
        action.action() == ActionRequest.Action.SKIP && action.step() != null);
  }

  // ---- in a run that is in progress

  /** A step that has ended, or what is below one that has, is tried again in the same run. */
  Optional<Refusal> onOpen(OpenRun run, StepFlow flow) {
    Node head = path.get(0);
    if (action.action() == ActionRequest.Action.SKIP && action.step() == null) {
      return refusal(
          "BAD_TARGET", "Expected a skip to be of a step, but the target is an iteration.");
    }
    if (run.dag().find(head.stepId()).isEmpty()) {
      return refusal(
          "UNKNOWN_STEP",
          "Expected '"
              + head.stepId()
              + "' to be a step of "
              + run.instance()
              + ", but there is none.");
    }
    Optional<Refusal> other = refuseOther(run.latest(head.stepId()).orElse(null));
    if (other.isPresent()) {
      return other;
    }
    StepStatus status = run.status(head.stepId());
    Long iteration = head.iteration();
    if (iteration != null
        && status == StepStatus.RUNNING
        && run.definition(head.stepId()) instanceof ForeachStep foreach) {
      List<Node> rest = path.subList(1, path.size());
      return new ForeachWork(flow, foreach)
          .restart(run.touch(head.stepId()), iteration, plan(rest));
    }
    return refuseIteration(run.latest(head.stepId()).orElse(null), run.loop(head.stepId()))
        .or(() -> again(run, flow, head.stepId(), status));
  }

  /** Only an iteration that has run is restarted for itself (2.8). */
  private Optional<Refusal> refuseIteration(@Nullable StepRun step, Optional<LoopDraft> loop) {
    Node head = path.get(0);
    Long iteration = head.iteration();
    boolean began = step != null && step.since() > 0;
    boolean hasRun =
        iteration == null
            || (began
                && loop.filter(known -> iteration < known.total)
                    .filter(known -> !known.state(iteration).isOpen())
                    .isPresent());
    return hasRun
        ? Optional.empty()
        : refusal(
            "NOT_RESTARTABLE",
            "Expected iteration "
                + iteration
                + " of '"
                + head.stepId()
                + "' to have run, but it never began.");
  }

  /**
   * Another attempt of a step (9.3), or the first in this run of one that it left alone as another
   * was restarted (9.2).
   */
  private Optional<Refusal> again(OpenRun run, StepFlow flow, String stepId, StepStatus status) {
    FailureMode mode = run.definition(stepId).failureMode();
    boolean leftAlone = isLeftAlone(run, stepId);
    boolean hasEnded = leftAlone || (status.isTerminal() && !status.isComplete());
    if (!hasEnded || run.stopping().isPresent()) {
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
    boolean isStep = path.size() == 1 && path.get(0).iteration() == null;
    RestartPlan plan = isStep ? plan(path, policy()) : plan(path);
    if (leftAlone) {
      flow.attempt(run.take(stepId, plan));
      return Optional.empty();
    }
    StepDraft draft = run.touch(stepId);
    run.uncount(status);
    run.leaves().uncount(draft, status);
    draft.manualAttempt(turn.at(), plan);
    flow.attempt(draft);
    return Optional.empty();
  }

  /**
   * Whether this run is not about the step, although nothing but itself keeps it from running, and
   * nothing that comes after it has run in this run already, with what it left before.
   */
  private static boolean isLeftAlone(OpenRun run, String stepId) {
    return !run.isInScope(stepId)
        && run.finished(stepId).isEmpty()
        && run.dag().predecessors(stepId).stream()
            .allMatch(predecessor -> run.finished(predecessor).isPresent())
        && run.dag().reachable(List.of(stepId)).stream()
            .allMatch(after -> run.status(after) == StepStatus.NOT_CREATED);
  }

  // ---- on a run that has ended

  /**
   * The run above that the restart is asked of, and how: that of the loop of an iteration, or of
   * the step that waits for a subworkflow.
   */
  record Above(MachineAddress to, Message.Act message) {}

  /** Empty if nobody waits for the run. */
  Optional<Above> above(RunRecord ended) {
    Parent parent = ended.parent();
    if (parent == null || !parent.sync()) {
      return Optional.empty();
    }
    return Optional.of(
        new Above(
            new MachineAddress(MachineAddress.Kind.INSTANCE, parent.address()),
            extended(parent.stepId())));
  }

  /** The same for an iteration that has succeeded and is forgotten. */
  Above aboveForgotten() {
    Segment last = lastSegment();
    return new Above(
        MachineAddress.instance(
            address()
                .enclosing()
                .orElseThrow(() -> new IllegalStateException("Expected an iteration."))),
        extended(last.name()));
  }

  private Segment lastSegment() {
    List<Segment> segments = address().segments();
    return segments.get(segments.size() - 1);
  }

  private Message.Act extended(String stepId) {
    boolean isIteration = !address().isWorkflowInstance();
    List<Node> longer = new ArrayList<>();
    longer.add(new Node(stepId, isIteration ? lastSegment().number() : null));
    longer.addAll(path);
    return new Message.Act(
        action, message.replyTo(), longer, isIteration ? null : turn.address().key());
  }

  /** Whether this restart has made the latest run already, so that it is only said again. */
  boolean hasMade(RunRecord latest) {
    return action.action() == ActionRequest.Action.RESTART
        && latest.requestId().equals(action.requestId());
  }

  /** The message to the workflow that queues the next run. */
  Message.Restart next(RunRecord ended) {
    String requestId = action.requestId();
    return new Message.Restart(
        address().instance(),
        ended.run() + 1,
        requestId == null
            ? ChildWork.uuid(ended.runUuid() + " restart " + (ended.run() + 1))
            : requestId,
        ended.version(),
        plan(path),
        Map.of(),
        action.user(),
        false,
        message.replyTo(),
        ended.parent());
  }

  /** Why the next run would have nothing to do, or cannot be. */
  Optional<Refusal> refuse(RunRecord ended) {
    boolean makesNext =
        action.action() == ActionRequest.Action.RESTART
            || (action.action() == ActionRequest.Action.SKIP && action.step() != null);
    if (!makesNext) {
      return refusal(
          "ALREADY_ENDED",
          "Expected " + action.target() + " to be running, but it is " + ended.status() + ".");
    }
    if (!path.isEmpty()) {
      Long before = RunStart.earlier(ended).get(path.get(0).stepId());
      StepRun step =
          before == null
              ? null
              : turn.find(OpenRun.stepKey(before, path.get(0).stepId()), StepRun.class)
                  .orElse(null);
      return refuseSkip(step)
          .or(() -> refuseOther(step))
          .or(() -> refuseIteration(step, LoopDraft.find(turn, path.get(0).stepId())));
    }
    if (action.policy() == RestartPolicy.FROM_SPECIFIC) {
      return refusal(
          "BAD_POLICY", "Expected FROM_SPECIFIC to come with a step, but there is none.");
    }
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

  /**
   * What nobody has created, or no condition led to, is not skipped (Maestro semantics 9.5, 9.6).
   */
  private Optional<Refusal> refuseSkip(@Nullable StepRun step) {
    boolean isOfHead = path.size() == 1 && path.get(0).iteration() == null;
    if (action.action() != ActionRequest.Action.SKIP || !isOfHead) {
      return Optional.empty();
    }
    StepStatus status = step == null ? StepStatus.NOT_CREATED : step.status();
    return status == StepStatus.NOT_CREATED || status == StepStatus.UNSATISFIED
        ? refusal(
            "NOT_SKIPPABLE",
            "Expected step '"
                + path.get(0).stepId()
                + "' to have run or to have been skipped, but it is "
                + status
                + ".")
        : Optional.empty();
  }

  /** A step that has started another subworkflow since does not restart the one it had before. */
  private Optional<Refusal> refuseOther(@Nullable StepRun step) {
    String child = message.child();
    return child == null || (step != null && child.equals(step.child()))
        ? Optional.empty()
        : refusal(
            "NOT_RESTARTABLE",
            "Expected "
                + child
                + " to be the subworkflow of step '"
                + path.get(0).stepId()
                + "' of "
                + address()
                + ", but that has another one by now.");
  }

  private static Optional<Refusal> refusal(String code, String detail) {
    return Optional.of(new Refusal(code, detail));
  }
}

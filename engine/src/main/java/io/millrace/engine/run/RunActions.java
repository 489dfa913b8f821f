package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.address.InstanceAddress.Segment;
import io.millrace.address.RunAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Optional;

/**
 * What users do to a run and its steps: stop, kill, skip (Maestro semantics 9.4, 9.5); for restarts
 * see {@link RunRestarts}. Says why not where it can't be done.
 */
final class RunActions {
  private final Turn turn;
  private final ActionRequest action;
  private final RunRestarts restarts;

  RunActions(Turn turn, Message.Act message) {
    this.turn = turn;
    this.action = message.action();
    this.restarts = new RunRestarts(turn, message);
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
      case RESTART -> restarts.onOpen(run, flow);
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

  /** Whether the next instance on the way is an iteration that runs. */
  boolean isRunning(OpenRun run, List<Segment> way) {
    long iteration = way.get(0).number();
    return run.loop(way.get(0).name())
        .filter(loop -> iteration < loop.total)
        .filter(loop -> loop.state(iteration) == IterationState.RUNNING)
        .isPresent();
  }

  /** On a run in progress, a step of it, or something below it that has ended. */
  Optional<Refusal> onOpen(OpenRun run, StepFlow flow, List<Segment> way) {
    boolean makesRun =
        action.action() == ActionRequest.Action.RESTART
            || action.action() == ActionRequest.Action.SKIP;
    String step = action.step();
    if (!way.isEmpty()) {
      return makesRun
          ? restarts.onOpen(run, flow)
          : refusal(
              "ALREADY_ENDED", "Expected " + action.target() + " to be running, but it is not.");
    }
    if (step != null) {
      return onStep(run, flow, step);
    }
    if (makesRun) {
      return refusal(
          "NOT_ENDED", "Expected " + action.target() + " to have ended, but it is in progress.");
    }
    end(run, flow);
    return Optional.empty();
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

  /** Passes the action on to the iteration that the way leads to next. */
  void forward(List<Segment> way, Message.Act message) {
    Segment head = way.get(0);
    turn.send(MachineAddress.instance(address().iteration(head.name(), head.number())), message);
  }

  void done(Message.Act message) {
    turn.reply(message.replyTo(), new Reply.Done(action.action().name()));
  }

  private InstanceAddress address() {
    return instance(turn);
  }

  /** The instance whose turn it is. */
  static InstanceAddress instance(Turn turn) {
    return InstanceAddress.parse(turn.address().key())
        .orElseThrow(() -> new IllegalStateException("Expected an instance's address."));
  }

  private static Optional<Refusal> refusal(String code, String detail) {
    return Optional.of(new Refusal(code, detail));
  }
}

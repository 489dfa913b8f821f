package io.millrace.engine.run;

import io.millrace.address.DispatchId;
import io.millrace.address.InstanceAddress;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.DefinitionRecord;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Document.Watcher;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Quarantine;
import io.millrace.engine.Turn;
import io.millrace.engine.View;
import io.millrace.engine.run.RunActions.Refusal;
import io.millrace.engine.run.StepScope.Evaluated;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one instance: takes each command to the run it is about.
 *
 * <p>Documents: {@code run:N}, {@code step:N:ID}, {@code definition} until the run has ended,
 * {@code timers}. The machine comes into being with {@link Message.Launch} and is forgotten when
 * retention is over.
 */
public final class InstanceMachine implements Machine {
  /** Key of the run's own copy of the definition. */
  static final String DEFINITION = "definition";

  private static final String RUN_TIMEOUT = "run-timeout";

  /** Key of what the params of a run were made of. */
  static String paramsKey(long run) {
    return "params:" + run;
  }

  private final EngineLimits limits;
  private final DagCache dags;
  private final Language language;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;
  private final MachineAddress address;

  public InstanceMachine(
      MachineAddress address,
      EngineLimits limits,
      DagCache dags,
      Language language,
      StepTypes types,
      Predicate<String> declaredQueues) {
    this.address = address;
    this.limits = limits;
    this.dags = dags;
    this.language = language;
    this.types = types;
    this.declaredQueues = declaredQueues;
  }

  @Override
  public Decision decide(View view, Command command) {
    if (view.envelope().map(envelope -> envelope.quarantined() != null).orElse(false)) {
      return Quarantine.decide(address, view, command);
    }
    return command.message().accept(new Cases(new Turn(address, view, command)));
  }

  /** Decides one command. */
  private final class Cases implements Message.Cases<Decision> {
    private final Turn turn;

    Cases(Turn turn) {
      this.turn = turn;
    }

    @Override
    public Decision launch(Message.Launch message) {
      RunRecord previous = latest();
      if (previous != null
          && (!previous.status().isTerminal() || message.run() <= previous.run())) {
        return turn.rejected(
            null,
            "ALREADY_LAUNCHED",
            "Expected run " + message.run() + " of " + address + " to be new.");
      }
      Dag dag = dags.get(message.definitionSha256(), message::definitionText);
      boolean isIteration = !instance().isWorkflowInstance();
      RunStart start = new RunStart(turn, language, dag, message, isIteration, previous);
      RunStart.Begun begun = start.begin();
      start.create(instance().workflowId());
      turn.clearTimers();
      turn.put(DEFINITION, new DefinitionRecord(message.definitionText()));
      OpenRun run = new OpenRun(turn, limits, language, dag, begun.record());
      RunEnd.publish(turn, run.record(), List.of(RunStatus.CREATED, RunStatus.IN_PROGRESS));
      if (!isIteration) {
        turn.note(Effect.Note.Kind.RUN_STARTED);
      }
      String stopped = message.stopped();
      String problem = begun.problem();
      if (stopped != null) {
        run.reason(stopped);
        run.stop(message.killed() ? RunStatus.FAILED : RunStatus.STOPPED);
      } else if (problem != null) {
        run.reason(problem);
        run.stop(RunStatus.FAILED);
      } else {
        begin(run, isIteration, begun.first());
      }
      return close(run, flow(run));
    }

    private void begin(OpenRun run, boolean isIteration, List<String> first) {
      if (!isIteration) {
        Evaluated<Duration> timeout = new StepSettings(run).timeout(run.dag().workflow());
        if (timeout instanceof Evaluated.Fault<Duration> fault) {
          run.reason(fault.reason());
          run.stop(RunStatus.FAILED);
          return;
        }
        long most = ((Evaluated.Value<Duration>) timeout).value().toMillis();
        turn.setTimer(RUN_TIMEOUT, turn.at() + most);
      }
      run.work().addAll(first);
    }

    @Override
    public Decision reported(Message.Reported message) {
      Optional<DispatchId> id = DispatchId.parse(message.report().dispatchId());
      RunRecord record = latest();
      if (id.isEmpty() || record == null || record.status().isTerminal()) {
        return stale(message);
      }
      OpenRun run = open(record);
      StepFlow flow = flow(run);
      flow.advance();
      String stepId = id.get().attempt().stepId();
      boolean awaited =
          run.peek(stepId)
              .filter(step -> step.status() == StepStatus.RUNNING)
              .filter(step -> message.report().dispatchId().equals(step.dispatchId()))
              .isPresent();
      if (!awaited) {
        return stale(message);
      }
      flow.reported(stepId, message.report());
      return close(run, flow);
    }

    /** Nothing is stored, not even the work list's progress: its nudge is still on its way. */
    private Decision stale(Message.Reported message) {
      return new Decision.Rejected(
          "STALE_REPORT",
          "Expected a report for an open task, but "
              + message.report().dispatchId()
              + " is not one.",
          List.of(new Effect.Note(Effect.Note.Kind.STALE_REPORT)));
    }

    @Override
    public Decision due(Message.Due message) {
      RunRecord record = latest();
      if (record == null) {
        return turn.rejected(null, "GONE", "Expected " + address + " to exist, but it is gone.");
      }
      List<String> due = turn.takeDue(Cases::rank);
      if (record.status().isTerminal()) {
        return due.contains(RunEnd.RETENTION) ? forget(record) : turn.accepted();
      }
      OpenRun run = open(record);
      StepFlow flow = flow(run);
      flow.advance();
      for (String timer : due) {
        fire(run, flow, timer);
      }
      return close(run, flow);
    }

    /** At one instant: what goes on, then what takes too long, the run last of all. */
    private static int rank(String timer) {
      if (timer.equals(RUN_TIMEOUT)) {
        return 2;
      }
      return timer.startsWith(StepFlow.Timer.TIMEOUT.name()) ? 1 : 0;
    }

    private void fire(OpenRun run, StepFlow flow, String timer) {
      if (timer.equals(RUN_TIMEOUT)) {
        flow.advance();
        if (RunEnd.isOver(run)) {
          return; // its last step has just ended, in time
        }
        String reason = "The run took longer than " + timeout(run) + ".";
        run.reason(reason);
        run.stop(RunStatus.TIMED_OUT);
        flow.endAll(StepStatus.TIMED_OUT, reason);
        return;
      }
      int colon = timer.indexOf(':');
      int mark = timer.lastIndexOf('@');
      flow.due(
          StepFlow.Timer.valueOf(timer.substring(0, colon)),
          timer.substring(colon + 1, mark),
          Long.parseLong(timer.substring(mark + 1)));
    }

    private static String timeout(OpenRun run) {
      return new StepSettings(run).timeout(run.dag().workflow())
              instanceof Evaluated.Value<Duration> known
          ? known.value().toString()
          : "it may";
    }

    @Override
    public Decision nudge(Message.Nudge message) {
      RunRecord record = latest();
      if (record == null || record.status().isTerminal()) {
        return turn.rejected(null, "NOTHING_TO_DO", "Expected a work list, but there is none.");
      }
      OpenRun run = open(record);
      return close(run, flow(run));
    }

    @Override
    public Decision act(Message.Act message) {
      ActionRequest action = message.action();
      RunRecord record = latest();
      if (record == null && !instance().isWorkflowInstance()) {
        return turn.rejected(
            message.replyTo(),
            "UNKNOWN_RUN",
            "Expected "
                + address.key()
                + " to be kept, but it was never launched, or it succeeded and keeps nothing.");
      }
      if (record == null) {
        // Not launched yet, or forgotten: the workflow knows which. Never stored here.
        turn.send(
            MachineAddress.workflow(instance().workflowId()),
            new Message.ActOnQueued(instance().instance(), action, message.replyTo()));
        return turn.accepted();
      }
      List<InstanceAddress.Segment> way = RunActions.below(instance(), action.target());
      // The uuid is that of the run that is meant, at the end of the way.
      boolean isOther =
          way.isEmpty() && action.runUuid() != null && !action.runUuid().equals(record.runUuid());
      if (isOther) {
        return turn.rejected(
            message.replyTo(),
            "OTHER_RUN",
            "Expected "
                + address.key()
                + " to be run "
                + action.runUuid()
                + ", but it is "
                + record.runUuid()
                + ".");
      }
      RunActions actions = new RunActions(turn, message);
      return switch (action.action()) {
        case SHOW, WATCH -> {
          if (!way.isEmpty()) {
            actions.forward(way, message);
            yield turn.accepted();
          }
          if (action.action() == ActionRequest.Action.WATCH) {
            yield watch(record, action, message.replyTo());
          }
          turn.reply(message.replyTo(), new Reply.RunTold(view(record), true));
          yield turn.accepted();
        }
        case STOP, KILL, SKIP, RESTART ->
            record.status().isTerminal()
                ? onEnded(record, actions, message)
                : onOpen(open(record), actions, way, message);
        case UNBLOCK -> {
          turn.send(
              MachineAddress.workflow(instance().workflowId()),
              new Message.ActOnQueued(instance().instance(), action, message.replyTo()));
          yield turn.accepted();
        }
      };
    }

    private Decision onOpen(
        OpenRun run, RunActions actions, List<InstanceAddress.Segment> way, Message.Act message) {
      StepFlow flow = flow(run);
      flow.advance();
      if (!way.isEmpty() && actions.isRunning(run, way)) {
        actions.forward(way, message);
        return close(run, flow);
      }
      Optional<Refusal> refused = actions.onOpen(run, flow, way);
      if (refused.isPresent()) {
        return turn.rejected(message.replyTo(), refused.get().code(), refused.get().detail());
      }
      actions.done(message);
      return close(run, flow);
    }

    private Decision onEnded(RunRecord record, RunActions actions, Message.Act message) {
      boolean ends =
          message.action().action() == ActionRequest.Action.STOP
              || message.action().action() == ActionRequest.Action.KILL;
      if (ends && instance().isWorkflowInstance()) {
        // A restart of it may be in the queue: the workflow knows.
        turn.send(
            MachineAddress.workflow(instance().workflowId()),
            new Message.ActOnQueued(instance().instance(), message.action(), message.replyTo()));
        return turn.accepted();
      }
      Optional<Refusal> refused = actions.refuseNext(record);
      Optional<Message.Act> above = actions.ofAncestor(record, message);
      if (refused.isEmpty() && above.isPresent()) {
        turn.send(
            new MachineAddress(
                MachineAddress.Kind.INSTANCE, Objects.requireNonNull(record.parent()).address()),
            above.get());
        return turn.accepted();
      }
      if (refused.isPresent()) {
        return turn.rejected(message.replyTo(), refused.get().code(), refused.get().detail());
      }
      turn.send(
          MachineAddress.workflow(instance().workflowId()),
          actions.next(record, instance().instance(), message));
      return turn.accepted();
    }

    private Decision watch(RunRecord record, ActionRequest action, @Nullable ReplyTo replyTo) {
      boolean over = record.status().isTerminal();
      turn.reply(replyTo, new Reply.RunTold(view(record), over));
      if (over || replyTo == null) {
        return turn.accepted();
      }
      OpenRun run = open(record);
      run.watchers()
          .removeIf(watcher -> watcher.until() <= turn.at() || watcher.replyTo().equals(replyTo));
      if (run.watchers().size() >= limits.watchersPerRun()) {
        return turn.rejected(
            replyTo,
            "TOO_MANY_WATCHERS",
            "Expected at most "
                + limits.watchersPerRun()
                + " watchers of a run, but they are all"
                + " there.");
      }
      Long lease = action.leaseMs();
      long until =
          turn.at()
              + Math.min(lease == null ? Long.MAX_VALUE : lease, limits.watchLease().toMillis());
      run.watchers().add(new Watcher(replyTo, until));
      run.save();
      return turn.accepted();
    }

    /** Goes on as far as the turn may, ends the run if it is over, and writes all down. */
    private Decision close(OpenRun run, StepFlow flow) {
      flow.advance();
      run.publishSteps();
      boolean over = RunEnd.isOver(run);
      if (over) {
        RunEnd.end(run, RunEnd.status(run));
      }
      run.save();
      tellListeners(run, over);
      return turn.accepted();
    }

    private void tellListeners(OpenRun run, boolean over) {
      boolean watched = run.watchers().stream().anyMatch(watcher -> watcher.until() > turn.at());
      boolean followed = over && !run.followers().isEmpty();
      if (!watched && !followed) {
        return;
      }
      RunView view = RunViews.of(instance(), run.record(), run::peek, waits(run));
      for (Watcher watcher : run.watchers()) {
        if (watcher.until() > turn.at()) {
          turn.reply(watcher.replyTo(), new Reply.RunTold(view, over));
        }
      }
      if (over) {
        for (ReplyTo follower : run.followers()) {
          turn.reply(follower, new Reply.RunTold(view, true));
        }
      }
    }

    private RunView view(RunRecord record) {
      boolean over = record.status().isTerminal();
      return RunViews.of(
          instance(),
          record,
          stepId -> turn.find(OpenRun.stepKey(record.run(), stepId), StepRun.class),
          over ? step -> Optional.empty() : waits(open(record)));
    }

    /** Why a RUNNING step does not get on. */
    private Function<StepRun, Optional<String>> waits(OpenRun run) {
      StepFlow flow = flow(run);
      return step -> flow.work(step.stepId()).waitingFor(step);
    }

    private @Nullable RunRecord latest() {
      return turn.exists() ? turn.get(OpenRun.key(turn.envelope().run()), RunRecord.class) : null;
    }

    private OpenRun open(RunRecord record) {
      return new OpenRun(turn, limits, language, dag(record), record);
    }

    private Dag dag(RunRecord record) {
      return dags.get(
          record.definitionSha256(), () -> turn.get(DEFINITION, DefinitionRecord.class).text());
    }

    private StepFlow flow(OpenRun run) {
      return new StepFlow(run, types, declaredQueues);
    }

    private InstanceAddress instance() {
      return InstanceAddress.parse(address.key())
          .orElseThrow(
              () -> new IllegalStateException("Expected an instance's address: " + address));
    }

    // ---- of parents and children

    @Override
    public Decision endRun(Message.EndRun message) {
      RunRecord record = latest();
      if (record == null || record.run() != message.run() || record.status().isTerminal()) {
        return turn.rejected(
            null,
            "ALREADY_ENDED",
            "Expected run " + message.run() + " of " + address.key() + " to be running.");
      }
      OpenRun run = open(record);
      run.reason(message.reason());
      run.stop(message.how());
      StepFlow flow = flow(run);
      flow.endAll(StepFlow.stepStatus(message.how()), message.reason());
      return close(run, flow);
    }

    @Override
    public Decision childAccepted(Message.ChildAccepted message) {
      return ofChild(
          message.stepId(),
          message.run(),
          message.attempt(),
          (flow, draft) -> flow.work(draft.stepId()).accepted(draft, message));
    }

    @Override
    public Decision childRefused(Message.ChildRefused message) {
      return ofChild(
          message.stepId(),
          message.run(),
          message.attempt(),
          (flow, draft) -> flow.work(draft.stepId()).refused(draft, message));
    }

    @Override
    public Decision childEnded(Message.ChildEnded message) {
      return ofChild(
          message.stepId(),
          message.run(),
          message.attempt(),
          (flow, draft) -> flow.work(draft.stepId()).childEnded(draft, message));
    }

    /** Something of a child of a step; of no interest to a step that is over. */
    private Decision ofChild(
        String stepId, long ofRun, long attempt, BiConsumer<StepFlow, StepDraft> what) {
      RunRecord record = latest();
      if (record != null && record.run() == ofRun && !record.status().isTerminal()) {
        OpenRun run = open(record);
        StepFlow flow = flow(run);
        boolean waits =
            run.peek(stepId)
                .filter(step -> step.status() == StepStatus.RUNNING)
                .filter(step -> step.attempt() == attempt)
                .isPresent();
        if (waits) {
          what.accept(flow, run.touch(stepId));
          return close(run, flow);
        }
      }
      return turn.rejected(
          null,
          "STALE_CHILD",
          "Expected step '" + stepId + "' of " + address.key() + " to wait for a child.");
    }

    @Override
    public Decision forgetIteration(Message.ForgetIteration message) {
      RunRecord record = latest();
      return record == null
          ? turn.rejected(null, "GONE", "Expected " + address + " to exist, but it is gone.")
          : forget(record);
    }

    private Decision forget(RunRecord record) {
      Retention retention =
          new Retention(turn, instance(), limits.followUpsPerTurn(), limits.keepsIterations());
      if (retention.tellBelow(record)) {
        turn.forget();
      } else {
        turn.setTimer(RunEnd.RETENTION, turn.at());
      }
      return turn.accepted();
    }

    // ---- messages for other machines, and hints that mean nothing here

    @Override
    public Decision push(Message.Push message) {
      return misdirected(message);
    }

    @Override
    public Decision start(Message.Start message) {
      return misdirected(message);
    }

    @Override
    public Decision tellWorkflow(Message.TellWorkflow message) {
      return misdirected(message);
    }

    @Override
    public Decision actOnQueued(Message.ActOnQueued message) {
      return misdirected(message);
    }

    @Override
    public Decision runEnded(Message.RunEnded message) {
      return misdirected(message);
    }

    @Override
    public Decision room(Message.Room message) {
      return misdirected(message);
    }

    @Override
    public Decision restart(Message.Restart message) {
      return misdirected(message);
    }

    @Override
    public Decision stopRequested(Message.StopRequested message) {
      return misdirected(message);
    }

    private Decision misdirected(Message message) {
      return turn.rejected(
          Message.asker(message),
          "MISDIRECTED",
          "Expected a message for an instance, but got "
              + message.getClass().getSimpleName()
              + ".");
    }
  }
}

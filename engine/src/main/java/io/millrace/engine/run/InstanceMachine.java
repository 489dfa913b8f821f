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
import io.millrace.engine.param.ParamMerge;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import java.util.List;
import java.util.Optional;
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

  private final EngineLimits limits;
  private final DagCache dags;
  private final StepTypes types;
  private final Predicate<String> declaredQueues;
  private final MachineAddress address;

  public InstanceMachine(
      MachineAddress address,
      EngineLimits limits,
      DagCache dags,
      StepTypes types,
      Predicate<String> declaredQueues) {
    this.address = address;
    this.limits = limits;
    this.dags = dags;
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
      if (turn.exists()) {
        return turn.rejected(null, "ALREADY_LAUNCHED", "Expected " + address + " to be new.");
      }
      Dag dag = dags.get(message.definitionSha256(), message::definitionText);
      ParamMerge.Merged params = ParamMerge.atStart(dag.workflow().params(), message.runParams());
      turn.create(instance().workflowId(), 1, message.runUuid());
      turn.put(DEFINITION, new DefinitionRecord(message.definitionText()));
      OpenRun run =
          new OpenRun(turn, limits, dag, RunRecords.launched(message, params.values(), turn.at()));
      RunEnd.publish(turn, run.record(), List.of(RunStatus.CREATED, RunStatus.IN_PROGRESS));
      turn.note(Effect.Note.Kind.RUN_STARTED);
      String stopped = message.stopped();
      if (stopped != null) {
        run.reason(stopped);
        run.stop(RunStatus.STOPPED);
      } else if (params.problem().isPresent()) {
        run.reason(params.problem().get());
        run.stop(RunStatus.FAILED);
      } else {
        turn.setTimer(RUN_TIMEOUT, turn.at() + dag.workflow().timeout().require().toMillis());
        run.work().addAll(dag.roots());
      }
      return close(run, flow(run));
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
        if (due.contains(RunEnd.RETENTION)) {
          turn.forget();
        }
        return turn.accepted();
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
        String reason =
            "The run took longer than " + run.dag().workflow().timeout().require() + ".";
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
      if (record == null) {
        // Not launched yet, or forgotten: the workflow knows which. Never stored here.
        turn.send(
            MachineAddress.workflow(instance().workflowId()),
            new Message.ActOnQueued(instance().instance(), action, message.replyTo()));
        return turn.accepted();
      }
      if (action.runUuid() != null && !action.runUuid().equals(record.runUuid())) {
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
      return switch (action.action()) {
        case SHOW -> {
          turn.reply(message.replyTo(), new Reply.RunTold(view(record), true));
          yield turn.accepted();
        }
        case WATCH -> watch(record, action, message.replyTo());
        case STOP -> stop(record, action, message.replyTo());
      };
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

    private Decision stop(RunRecord record, ActionRequest action, @Nullable ReplyTo replyTo) {
      if (record.status().isTerminal()) {
        return turn.rejected(
            replyTo,
            "ALREADY_ENDED",
            "Expected " + address.key() + " to be running, but it is " + record.status() + ".");
      }
      OpenRun run = open(record);
      String given = action.reason();
      String reason = given == null ? "Stopped by a user." : given;
      run.reason(reason);
      run.stop(RunStatus.STOPPED);
      StepFlow flow = flow(run);
      flow.endAll(StepStatus.STOPPED, reason);
      turn.reply(replyTo, new Reply.Done("STOP"));
      return close(run, flow);
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
      RunView view =
          RunViews.of(
              turn.envelope().workflowId(),
              instance().instance(),
              run.record(),
              run::peek,
              RunViews.behaviors(run.dag(), types));
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
          turn.envelope().workflowId(),
          instance().instance(),
          record,
          stepId -> turn.find(OpenRun.stepKey(record.run(), stepId), StepRun.class),
          over ? step -> Optional.empty() : RunViews.behaviors(dag(record), types));
    }

    private @Nullable RunRecord latest() {
      return turn.exists() ? turn.get(OpenRun.key(turn.envelope().run()), RunRecord.class) : null;
    }

    private OpenRun open(RunRecord record) {
      return new OpenRun(turn, limits, dag(record), record);
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

    @Override
    public Decision endRun(Message.EndRun message) {
      return misdirected(message);
    }

    @Override
    public Decision childAccepted(Message.ChildAccepted message) {
      return misdirected(message);
    }

    @Override
    public Decision childRefused(Message.ChildRefused message) {
      return misdirected(message);
    }

    @Override
    public Decision childEnded(Message.ChildEnded message) {
      return misdirected(message);
    }

    @Override
    public Decision forgetIteration(Message.ForgetIteration message) {
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

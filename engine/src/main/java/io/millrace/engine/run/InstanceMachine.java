package io.millrace.engine.run;

import io.millrace.address.DispatchId;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.DefinitionRecord;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Quarantine;
import io.millrace.engine.Turn;
import io.millrace.engine.View;
import io.millrace.engine.run.StepScope.Evaluated;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The machine of one instance: takes each command to the run it is about.
 *
 * <p>Documents: {@code run:N}, {@code step:N:ID}, {@code definition} until the run has ended,
 * {@code sign:N:ID} of steps that are watched. The machine comes into being with {@link
 * Message.Launch} and is forgotten when retention is over.
 */
public final class InstanceMachine implements Machine {
  /** Key of the run's own copy of the definition. */
  static final String DEFINITION = "definition";

  /** The timer of the workflow's timeout. */
  static final String RUN_TIMEOUT = "run-timeout";

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
    Turn turn = new Turn(address, view, command);
    return command
        .message()
        .accept(new Cases(new InstanceTurn(turn, limits, dags, language, types, declaredQueues)));
  }

  /** Decides one command. */
  private final class Cases implements Message.Cases<Decision> {
    private final InstanceTurn here;
    private final Turn turn;

    Cases(InstanceTurn here) {
      this.here = here;
      this.turn = here.turn();
    }

    @Override
    public Decision launch(Message.Launch message) {
      RunRecord previous = here.latest();
      if (previous != null
          && (!previous.status().isTerminal() || message.run() <= previous.run())) {
        return turn.rejected(
            null,
            "ALREADY_LAUNCHED",
            "Expected run " + message.run() + " of " + address + " to be new.");
      }
      Dag dag = dags.get(message.definitionSha256(), message::definitionText);
      boolean isIteration = !here.instance().isWorkflowInstance();
      RunStart start = new RunStart(turn, language, dag, message, isIteration, previous);
      RunStart.Begun begun = start.begin();
      start.create(here.instance().workflowId());
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
      return here.close(run, here.flow(run));
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
      RunRecord record = here.latest();
      if (id.isEmpty() || record == null || record.status().isTerminal()) {
        return stale(message);
      }
      OpenRun run = here.open(record);
      StepFlow flow = here.flow(run);
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
      return here.close(run, flow);
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
      RunRecord record = here.latest();
      if (record == null) {
        return turn.rejected(null, "GONE", "Expected " + address + " to exist, but it is gone.");
      }
      List<String> due = turn.takeDue(Cases::rank);
      if (record.status().isTerminal()) {
        return due.contains(RunEnd.RETENTION)
            ? new InstanceTree(here).forget(record)
            : turn.accepted();
      }
      OpenRun run = here.open(record);
      StepFlow flow = here.flow(run);
      flow.advance();
      for (String timer : due) {
        fire(run, flow, timer);
      }
      return here.close(run, flow);
    }

    /** At one instant: what goes on, then what takes too long: a worker, its step, the run. */
    private static int rank(String timer) {
      if (timer.equals(RUN_TIMEOUT)) {
        return 3;
      }
      if (timer.startsWith(StepFlow.Timer.TIMEOUT.name())) {
        return 2;
      }
      return timer.startsWith(StepFlow.Timer.WORKER_TIMEOUT.name()) ? 1 : 0;
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
      RunRecord record = here.latest();
      if (record == null || record.status().isTerminal()) {
        return turn.rejected(null, "NOTHING_TO_DO", "Expected a work list, but there is none.");
      }
      OpenRun run = here.open(record);
      return here.close(run, here.flow(run));
    }

    @Override
    public Decision act(Message.Act message) {
      return new InstanceActions(here).decide(message);
    }

    @Override
    public Decision endRun(Message.EndRun message) {
      return new InstanceTree(here).endRun(message);
    }

    @Override
    public Decision childAccepted(Message.ChildAccepted message) {
      return new InstanceTree(here).childAccepted(message);
    }

    @Override
    public Decision childRefused(Message.ChildRefused message) {
      return new InstanceTree(here).childRefused(message);
    }

    @Override
    public Decision childEnded(Message.ChildEnded message) {
      return new InstanceTree(here).childEnded(message);
    }

    @Override
    public Decision forgetIteration(Message.ForgetIteration message) {
      return new InstanceTree(here).forgetIteration(message);
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

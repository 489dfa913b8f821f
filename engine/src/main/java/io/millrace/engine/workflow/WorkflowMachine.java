package io.millrace.engine.workflow;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Properties;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.DefinitionHash;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.TimelineEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one workflow id: takes pushes and starts, hands out instance numbers, and lets
 * runs begin as the run strategy allows.
 *
 * <p>Documents: {@code workflow}, {@code version:N}, {@code queue:SEQUENCE}, {@code request:ID},
 * {@code instance:N}, {@code timers}. A crash undoes what was decided since the last checkpoint,
 * and other starts may then get those instance numbers; a run's uuid, derived from its request id,
 * tells them apart.
 */
public final class WorkflowMachine implements Machine {
  private final MachineAddress address;
  private final EngineLimits limits;
  private final UnsupportedParts unsupported;

  public WorkflowMachine(
      MachineAddress address, EngineLimits limits, UnsupportedParts unsupported) {
    this.address = address;
    this.limits = limits;
    this.unsupported = unsupported;
  }

  static String versionKey(long version) {
    return "version:" + version;
  }

  @Override
  public Decision decide(View view, Command command) {
    return command.message().accept(new Cases(new Turn(address, view, command)));
  }

  /** Decides one command. */
  private final class Cases implements Message.Cases<Decision> {
    private final Turn turn;

    Cases(Turn turn) {
      this.turn = turn;
    }

    // ---- versions

    @Override
    public Decision push(Message.Push message) {
      DefinitionReading reading = read(message.text());
      if (reading.push().isEmpty()) {
        return refused(message.replyTo(), reading);
      }
      io.millrace.definition.Push push = reading.push().get();
      WorkflowDraft workflow = turn.exists() ? WorkflowDraft.load(turn) : null;
      Properties properties = push.properties();
      if (workflow == null && properties == null) {
        return turn.rejected(
            message.replyTo(),
            "MISSING",
            "Expected the first version of "
                + address.key()
                + " to have properties.owner, but it has no properties.");
      }
      if (workflow != null && properties != null) {
        Optional<String> problem = Strategies.whyNotChanged(workflow, properties.runStrategy());
        if (problem.isPresent()) {
          return turn.rejected(message.replyTo(), "RUN_STRATEGY", problem.get());
        }
      }
      if (workflow == null) {
        turn.create(address.key(), 0, "");
        workflow = WorkflowDraft.create(java.util.Objects.requireNonNull(properties));
      } else if (properties != null) {
        workflow.properties = properties;
      }
      String sha256 = DefinitionHash.sha256(message.text());
      long version = ++workflow.latestVersion;
      if (push.active()) {
        workflow.activeVersion = version;
      }
      turn.put(versionKey(version), new VersionRecord(version, message.text(), sha256, turn.at()));
      turn.publish(new TimelineEvent.VersionPushed(address.key(), version, push.active(), sha256));
      turn.reply(
          message.replyTo(),
          new Reply.Pushed(address.key(), version, push.active(), reading.problems()));
      // Another run strategy may let queued starts go.
      return goOn(workflow);
    }

    private DefinitionReading read(String text) {
      DefinitionReading reading = DefinitionReader.read(text);
      return switch (unsupported) {
        case REFUSE -> reading.toRun();
        case LEAVE_OUT -> reading;
      };
    }

    private Decision refused(@Nullable ReplyTo replyTo, DefinitionReading reading) {
      String detail = "Expected a valid definition, but it has problems: " + reading.problems();
      return new Decision.Rejected(
          "INVALID_DEFINITION",
          detail,
          replyTo == null
              ? List.of()
              : List.of(
                  new Effect.Answer(
                      replyTo,
                      new Reply.Refused("INVALID_DEFINITION", detail, reading.problems()))));
    }

    // ---- runs

    @Override
    public Decision start(Message.Start message) {
      return new Starts(turn, limits).start(message);
    }

    @Override
    public Decision restart(Message.Restart message) {
      return new Starts(turn, limits).restart(message);
    }

    @Override
    public Decision runEnded(Message.RunEnded message) {
      return Endings.runEnded(turn, limits, message);
    }

    @Override
    public Decision stopRequested(Message.StopRequested message) {
      return Endings.stopRequested(turn, limits, message);
    }

    @Override
    public Decision actOnQueued(Message.ActOnQueued message) {
      return new QueuedActions(turn, limits).decide(message);
    }

    @Override
    public Decision tellWorkflow(Message.TellWorkflow message) {
      if (!turn.exists()) {
        return turn.rejected(
            message.replyTo(),
            "UNKNOWN_WORKFLOW",
            "Expected workflow '" + address.key() + "' to exist, but nobody has pushed it.");
      }
      tell(WorkflowDraft.load(turn), message.replyTo());
      return turn.accepted();
    }

    private void tell(WorkflowDraft workflow, @Nullable ReplyTo asker) {
      turn.reply(
          asker,
          new Reply.WorkflowTold(
              address.key(),
              workflow.latestVersion,
              workflow.activeVersion == 0 ? null : workflow.activeVersion,
              workflow.properties.owner(),
              Strategies.named(workflow.properties.runStrategy()),
              workflow.running,
              workflow.queued,
              workflow.lastInstance));
    }

    /** An action aimed at the workflow as a whole. */
    @Override
    public Decision act(Message.Act message) {
      return new WorkflowActions(turn, limits).decide(message);
    }

    // ---- timers and hints

    @Override
    public Decision due(Message.Due message) {
      if (!turn.exists()) {
        return gone();
      }
      List<String> due = turn.takeDue();
      WorkflowDraft workflow = WorkflowDraft.load(turn);
      if (due.contains(RequestRetention.TIMER)) {
        RequestRetention.forget(turn, limits, workflow);
      }
      return goOn(workflow);
    }

    @Override
    public Decision nudge(Message.Nudge message) {
      return turn.exists() ? goOn(WorkflowDraft.load(turn)) : gone();
    }

    @Override
    public Decision room(Message.Room message) {
      return turn.exists() ? goOn(WorkflowDraft.load(turn)) : gone();
    }

    private Decision goOn(WorkflowDraft workflow) {
      new StartQueue(turn, limits, workflow).goOn();
      workflow.save(turn);
      return turn.accepted();
    }

    private Decision gone() {
      return turn.rejected(null, "GONE", "Expected " + address + " to exist, but it does not.");
    }

    // ---- messages for other machines

    @Override
    public Decision launch(Message.Launch message) {
      return misdirected(message);
    }

    @Override
    public Decision reported(Message.Reported message) {
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
          "Expected a message for a workflow, but got " + message.getClass().getSimpleName() + ".");
    }
  }
}

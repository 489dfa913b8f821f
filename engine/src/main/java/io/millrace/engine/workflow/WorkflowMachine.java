package io.millrace.engine.workflow;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Properties;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.DefinitionHash;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.RequestRecord;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
  /** Named timer: the oldest request id's retention is over. */
  private static final String FORGET_REQUESTS = "forget-requests";

  private final MachineAddress address;
  private final EngineLimits limits;

  public WorkflowMachine(MachineAddress address, EngineLimits limits) {
    this.address = address;
    this.limits = limits;
  }

  static String versionKey(long version) {
    return "version:" + version;
  }

  private static String requestKey(String requestId) {
    return "request:" + requestId;
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
      DefinitionReading reading = DefinitionReader.read(message.text()).toRun();
      if (reading.push().isEmpty()) {
        return refused(message.replyTo(), reading);
      }
      io.millrace.definition.Push push = reading.push().get();
      WorkflowDraft workflow = turn.exists() ? load() : null;
      Properties properties = push.properties();
      if (workflow == null && properties == null) {
        return turn.rejected(
            message.replyTo(),
            "MISSING",
            "Expected the first version of "
                + address.key()
                + " to have properties.owner, but it has no properties.");
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
      // A wider run strategy lets queued starts go.
      new StartQueue(turn, limits, workflow).drain();
      return save(workflow);
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

    // ---- starts

    @Override
    public Decision start(Message.Start message) {
      if (!turn.exists()) {
        return turn.rejected(
            message.replyTo(),
            "UNKNOWN_WORKFLOW",
            "Expected workflow '" + address.key() + "' to exist, but nobody has pushed it.");
      }
      Optional<RequestRecord> known =
          turn.find(requestKey(message.requestId()), RequestRecord.class);
      if (known.isPresent()) {
        return duplicate(message, known.get());
      }
      if (message.runParams().size() > limits.runParams()) {
        return turn.rejected(
            message.replyTo(),
            "LIMIT",
            "Expected at most "
                + limits.runParams()
                + " run params, but got "
                + message.runParams().size()
                + ".");
      }
      WorkflowDraft workflow = load();
      Optional<Long> version = Versions.select(workflow, message.version());
      if (version.isEmpty()) {
        return turn.rejected(
            message.replyTo(),
            "UNKNOWN_VERSION",
            "Expected workflow '"
                + address.key()
                + "' to have version '"
                + (message.version() == null ? "active" : message.version())
                + "', but the latest is "
                + workflow.latestVersion
                + " and the active one is "
                + (workflow.activeVersion == 0 ? "none" : workflow.activeVersion)
                + ".");
      }
      return accept(workflow, message, version.get());
    }

    private Decision accept(WorkflowDraft workflow, Message.Start message, long version) {
      long instance = ++workflow.lastInstance;
      String uuid =
          UUID.nameUUIDFromBytes(
                  (address.key() + "\n" + message.requestId()).getBytes(StandardCharsets.UTF_8))
              .toString();
      turn.put(requestKey(message.requestId()), new RequestRecord(instance, uuid, version));
      turn.publish(
          new TimelineEvent.StartAccepted(
              address.key(), version, instance, uuid, message.requestId()));
      turn.reply(message.replyTo(), new Reply.Started(run(instance), uuid, version, false));
      if (instance == workflow.oldestInstance) {
        turn.setTimer(FORGET_REQUESTS, turn.at() + limits.requestRetention().toMillis());
      }
      ReplyTo asker = message.replyTo();
      new StartQueue(turn, limits, workflow)
          .add(
              new QueuedStart(
                  instance,
                  uuid,
                  message.requestId(),
                  version,
                  message.runParams(),
                  message.user(),
                  turn.at(),
                  message.follow() && asker != null ? List.of(asker) : List.of(),
                  1,
                  message.parent(),
                  null));
      return save(workflow);
    }

    /** A repeated request id is answered with the run it made the first time. */
    private Decision duplicate(Message.Start message, RequestRecord known) {
      List<Effect> effects = new java.util.ArrayList<>();
      effects.add(new Effect.Note(Effect.Note.Kind.DUPLICATE_START));
      ReplyTo asker = message.replyTo();
      if (asker != null) {
        effects.add(
            new Effect.Answer(
                asker,
                new Reply.Started(run(known.instance()), known.runUuid(), known.version(), true)));
      }
      return new Decision.Rejected(
          "DUPLICATED",
          "Expected a new request id, but '"
              + message.requestId()
              + "' has started "
              + run(known.instance())
              + ".",
          effects);
    }

    private String run(long instance) {
      return QueuedActions.firstRun(turn, instance);
    }

    // ---- instances

    @Override
    public Decision runEnded(Message.RunEnded message) {
      Optional<InstanceRecord> known =
          turn.exists()
              ? turn.find(StartQueue.instanceKey(message.instance()), InstanceRecord.class)
              : Optional.empty();
      if (known.isEmpty() || known.get().status() != RunStatus.IN_PROGRESS) {
        return turn.rejected(
            null,
            "ALREADY_ENDED",
            "Expected " + run(message.instance()) + " to be running, but it is not.");
      }
      WorkflowDraft workflow = load();
      workflow.running--;
      InstanceRecord ended = known.get();
      turn.put(
          StartQueue.instanceKey(message.instance()),
          new InstanceRecord(
              ended.instance(),
              ended.requestId(),
              ended.acceptedAt(),
              InstanceRecord.NOT_QUEUED,
              message.status(),
              ended.run(),
              ended.unblocked()));
      new StartQueue(turn, limits, workflow).drain();
      return save(workflow);
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
      WorkflowDraft workflow = load();
      turn.reply(
          message.replyTo(),
          new Reply.WorkflowTold(
              address.key(),
              workflow.latestVersion,
              workflow.activeVersion == 0 ? null : workflow.activeVersion,
              workflow.properties.owner(),
              workflow.properties.runStrategy().rule()
                  + "("
                  + workflow.properties.runStrategy().concurrency()
                  + ")",
              workflow.running,
              workflow.queued,
              workflow.lastInstance));
      return turn.accepted();
    }

    // ---- timers and hints

    @Override
    public Decision due(Message.Due message) {
      if (!turn.exists()) {
        return gone();
      }
      List<String> due = turn.takeDue();
      WorkflowDraft workflow = load();
      if (due.contains(FORGET_REQUESTS)) {
        forgetRequests(workflow);
      }
      new StartQueue(turn, limits, workflow).drain();
      return save(workflow);
    }

    /** In the order of acceptance, so the oldest unforgotten one says when to look again. */
    private void forgetRequests(WorkflowDraft workflow) {
      int left = limits.followUpsPerTurn();
      while (workflow.oldestInstance <= workflow.lastInstance) {
        InstanceRecord oldest =
            turn.get(StartQueue.instanceKey(workflow.oldestInstance), InstanceRecord.class);
        long when = oldest.acceptedAt() + limits.requestRetention().toMillis();
        if (when > turn.at() || left-- == 0) {
          turn.setTimer(FORGET_REQUESTS, Math.max(when, turn.at()));
          return;
        }
        if (!oldest.status().isTerminal()) {
          // Still alive after all that time: its end needs the record.
          turn.setTimer(FORGET_REQUESTS, turn.at() + limits.requestRetention().toMillis());
          return;
        }
        turn.remove(StartQueue.instanceKey(workflow.oldestInstance));
        turn.remove(requestKey(oldest.requestId()));
        workflow.oldestInstance++;
      }
    }

    @Override
    public Decision nudge(Message.Nudge message) {
      return drain();
    }

    @Override
    public Decision room(Message.Room message) {
      return drain();
    }

    private Decision drain() {
      if (!turn.exists()) {
        return gone();
      }
      WorkflowDraft workflow = load();
      new StartQueue(turn, limits, workflow).drain();
      return save(workflow);
    }

    private Decision gone() {
      return turn.rejected(null, "GONE", "Expected " + address + " to exist, but it does not.");
    }

    private WorkflowDraft load() {
      return WorkflowDraft.of(turn.get(WorkflowDraft.KEY, WorkflowRecord.class));
    }

    private Decision save(WorkflowDraft workflow) {
      turn.put(WorkflowDraft.KEY, workflow.record());
      return turn.accepted();
    }

    // ---- messages for other machines

    @Override
    public Decision launch(Message.Launch message) {
      return misdirected(message);
    }

    @Override
    public Decision act(Message.Act message) {
      return misdirected(message);
    }

    @Override
    public Decision reported(Message.Reported message) {
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
          "Expected a message for a workflow, but got " + message.getClass().getSimpleName() + ".");
    }
  }
}

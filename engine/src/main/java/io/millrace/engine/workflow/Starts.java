package io.millrace.engine.workflow;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.RequestRecord;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.Turn;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts and restarts: what is asked for is checked, gets its numbers, and goes to the queue.
 *
 * <p>A step that asks for a subworkflow is told what became of it, however often it asks; a
 * repeated request id makes nothing and is answered with the run it made.
 */
final class Starts {
  private final Turn turn;
  private final EngineLimits limits;

  Starts(Turn turn, EngineLimits limits) {
    this.turn = turn;
    this.limits = limits;
  }

  static String requestKey(String requestId) {
    return "request:" + requestId;
  }

  // ---- starts

  Decision start(Message.Start message) {
    if (!turn.exists()) {
      return refused(message, "UNKNOWN_WORKFLOW", unknownWorkflow());
    }
    Optional<RequestRecord> known = turn.find(requestKey(message.requestId()), RequestRecord.class);
    if (known.isPresent()) {
      return duplicate(message.requestId(), known.get(), message.replyTo(), message.parent());
    }
    Parent parent = message.parent();
    if (parent == null && message.runParams().size() > limits.runParams()) {
      return refused(
          message,
          "LIMIT",
          "Expected at most "
              + limits.runParams()
              + " run params, but got "
              + message.runParams().size()
              + ".");
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    Optional<Long> version = Versions.select(workflow, message.version());
    if (version.isEmpty()) {
      return refused(message, "UNKNOWN_VERSION", unknownVersion(workflow, message.version()));
    }
    Optional<String> deadlock = deadlock(workflow, parent);
    if (deadlock.isPresent()) {
      return refused(message, "DEADLOCK", deadlock.get());
    }
    InstanceDraft instance = InstanceDraft.create(++workflow.lastInstance, message.requestId());
    instance.acceptedAt = turn.at();
    instance.save(turn);
    if (instance.instance == workflow.oldestInstance) {
      RequestRetention.await(turn, limits, turn.at());
    }
    accept(
        workflow,
        new QueuedStart(
            instance.instance,
            uuid(message.requestId()),
            message.requestId(),
            version.get(),
            message.runParams(),
            message.user(),
            turn.at(),
            followers(message.follow(), message.replyTo()),
            1,
            parent,
            null,
            0,
            0,
            0,
            false),
        message.replyTo(),
        parent);
    return turn.accepted();
  }

  private String unknownWorkflow() {
    return "Expected workflow '" + turn.address().key() + "' to exist, but nobody has pushed it.";
  }

  private String unknownVersion(WorkflowDraft workflow, @Nullable String selector) {
    return "Expected workflow '"
        + turn.address().key()
        + "' to have version '"
        + (selector == null ? "active" : selector)
        + "', but the latest is "
        + workflow.latestVersion
        + " and the active one is "
        + (workflow.activeVersion == 0 ? "none" : workflow.activeVersion)
        + ".";
  }

  private Optional<String> deadlock(WorkflowDraft workflow, @Nullable Parent parent) {
    return parent == null
        ? Optional.empty()
        : Strategies.whyDeadlocked(workflow, turn.address().key(), parent);
  }

  /** Whoever waits for an answer is told: a step by {@link Message.ChildRefused}. */
  private Decision refused(Message.Start message, String code, String detail) {
    Parent parent = message.parent();
    if (parent == null) {
      return turn.rejected(message.replyTo(), code, detail);
    }
    turn.send(
        machine(parent),
        new Message.ChildRefused(parent.stepId(), parent.run(), parent.attempt(), detail));
    turn.reply(message.replyTo(), Message.refusal(code, detail));
    return turn.accepted();
  }

  // ---- restarts

  Decision restart(Message.Restart message) {
    if (!turn.exists()) {
      return refused(message, "UNKNOWN_WORKFLOW", unknownWorkflow());
    }
    Optional<RequestRecord> known = turn.find(requestKey(message.requestId()), RequestRecord.class);
    if (known.isPresent()) {
      return duplicate(message.requestId(), known.get(), message.replyTo(), asking(message));
    }
    Optional<InstanceDraft> found = InstanceDraft.find(turn, message.instance());
    if (found.isEmpty()) {
      return refused(
          message,
          "UNKNOWN_RUN",
          "Expected "
              + InstanceDraft.run(turn, message.instance(), Math.max(1, message.run()))
              + " to be of a known instance, but it is past its retention.");
    }
    InstanceDraft instance = found.get();
    String run = InstanceDraft.run(turn, message.instance(), instance.run + 1);
    if (!instance.status.isTerminal()) {
      return refused(
          message,
          "NOT_ENDED",
          "Expected "
              + InstanceDraft.run(turn, instance.instance, instance.run)
              + " to have ended before "
              + run
              + " is made, but it is "
              + instance.status
              + ".");
    }
    if (message.run() != 0 && message.run() != instance.run + 1) {
      return refused(
          message,
          "OTHER_RUN",
          "Expected "
              + InstanceDraft.run(turn, message.instance(), message.run())
              + " to follow the latest run, but that is "
              + InstanceDraft.run(turn, instance.instance, instance.run)
              + ".");
    }
    WorkflowDraft workflow = WorkflowDraft.load(turn);
    Optional<String> deadlock = deadlock(workflow, message.parent());
    if (deadlock.isPresent()) {
      return refused(message, "DEADLOCK", deadlock.get());
    }
    long version = message.version() == 0 ? versionOf(instance) : message.version();
    Optional<String> astray = astray(version, message.plan());
    if (astray.isPresent()) {
      return refused(message, "UNKNOWN_STEP", astray.get());
    }
    workflow.unblock(instance);
    instance.restart(message.requestId(), turn.at());
    instance.save(turn);
    accept(workflow, restarted(message, instance.run, version), message.replyTo(), asking(message));
    return turn.accepted();
  }

  private Optional<String> astray(long version, RestartPlan plan) {
    return plan.path().isEmpty()
        ? Optional.empty()
        : RestartPath.problem(
            turn.get(WorkflowMachine.versionKey(version), VersionRecord.class).text(), plan.path());
  }

  /** The version of an instance is that of the request which made it. */
  private long versionOf(InstanceDraft instance) {
    return turn.get(requestKey(instance.requestId), RequestRecord.class).version();
  }

  /** The step that asks; null if a user does. */
  private static @Nullable Parent asking(Message.Restart message) {
    return message.run() == 0 ? message.parent() : null;
  }

  private Decision refused(Message.Restart message, String code, String detail) {
    Parent parent = asking(message);
    if (parent == null) {
      return turn.rejected(message.replyTo(), code, detail);
    }
    turn.send(
        machine(parent),
        new Message.ChildRefused(parent.stepId(), parent.run(), parent.attempt(), detail));
    return turn.accepted();
  }

  private QueuedStart restarted(Message.Restart message, long run, long version) {
    return new QueuedStart(
        message.instance(),
        uuid(message.requestId()),
        message.requestId(),
        version,
        message.runParams(),
        message.user(),
        turn.at(),
        followers(message.follow(), message.replyTo()),
        run,
        message.parent(),
        message.plan(),
        0,
        0,
        0,
        false);
  }

  // ---- both

  private void accept(
      WorkflowDraft workflow, QueuedStart start, @Nullable ReplyTo asker, @Nullable Parent asking) {
    turn.put(
        requestKey(start.requestId()),
        new RequestRecord(start.instance(), start.runUuid(), start.version()));
    turn.publish(
        new TimelineEvent.StartAccepted(
            turn.address().key(),
            start.version(),
            start.instance(),
            start.runUuid(),
            start.requestId()));
    turn.reply(
        asker,
        new Reply.Started(
            InstanceDraft.run(turn, start.instance(), start.run()),
            start.runUuid(),
            start.version(),
            false,
            Strategies.whyStoppedOnArrival(workflow).orElse(null)));
    if (asking != null) {
      tellAccepted(asking, start.instance(), start.runUuid(), start.version());
    }
    new StartQueue(turn, limits, workflow).arrive(start);
    workflow.save(turn);
  }

  /** A repeated request id is answered with the run it made the first time. */
  private Decision duplicate(
      String requestId, RequestRecord known, @Nullable ReplyTo asker, @Nullable Parent parent) {
    long number =
        InstanceDraft.find(turn, known.instance())
            .map(instance -> instance.runOf(requestId))
            .orElse(1L);
    String run = InstanceDraft.run(turn, known.instance(), number);
    Reply.Started answer = new Reply.Started(run, known.runUuid(), known.version(), true);
    if (parent != null) {
      turn.note(Effect.Note.Kind.DUPLICATE_START);
      turn.reply(asker, answer);
      tellAccepted(parent, known.instance(), known.runUuid(), known.version());
      return turn.accepted();
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Note(Effect.Note.Kind.DUPLICATE_START));
    if (asker != null) {
      effects.add(new Effect.Answer(asker, answer));
    }
    return new Decision.Rejected(
        "DUPLICATED",
        "Expected a new request id, but '" + requestId + "' has started " + run + ".",
        effects);
  }

  private void tellAccepted(Parent parent, long instance, String uuid, long version) {
    turn.send(
        machine(parent),
        new Message.ChildAccepted(
            parent.stepId(),
            parent.run(),
            parent.attempt(),
            InstanceAddress.of(turn.address().key(), instance).toString(),
            uuid,
            version));
  }

  private static MachineAddress machine(Parent parent) {
    return MachineAddress.instance(
        InstanceAddress.parse(parent.address())
            .orElseThrow(
                () -> new IllegalStateException("Expected an instance's address: " + parent)));
  }

  private String uuid(String requestId) {
    return UUID.nameUUIDFromBytes(
            (turn.address().key() + "\n" + requestId).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static List<ReplyTo> followers(boolean follow, @Nullable ReplyTo asker) {
    return follow && asker != null ? List.of(asker) : List.of();
  }
}

package io.millrace.engine;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fences an instance off after a bug: its open steps become INTERNALLY_FAILED, its run FAILED with
 * reason {@value #REASON}, its workflow is told, its tasks are cancelled; neighbours do not notice.
 *
 * <p>What others depend on is told from the envelope alone, so it works where the documents cannot
 * be read; the documents are put right as far as they can be. Only instances are fenced off: of a
 * workflow the one command is refused.
 */
public final class Quarantine {
  /** Why a quarantined run failed. */
  public static final String REASON = "ENGINE_ERROR";

  private Quarantine() {}

  /**
   * The decision that replaces the one that threw.
   *
   * @param view the state as it was before
   * @param command what could not be decided
   * @param bug what was thrown
   */
  public static Decision fence(
      MachineAddress address,
      View view,
      Command command,
      RuntimeException bug,
      EngineLimits limits) {
    try {
      return fence(new Turn(address, view, command), command, bug, limits, true);
    } catch (RuntimeException unreadable) {
      return fence(new Turn(address, view, command), command, bug, limits, false);
    }
  }

  private static Decision fence(
      Turn turn, Command command, RuntimeException bug, EngineLimits limits, boolean readable) {
    if (!turn.exists()) {
      String workflowId =
          InstanceAddress.parse(turn.address().key())
              .map(InstanceAddress::workflowId)
              .orElse(turn.address().key());
      turn.create(workflowId, 1, "");
      if (command.message() instanceof Message.Launch launch) {
        turn.changeEnvelope(
            now -> now.withRun(launch.run(), launch.runUuid(), Envelope.Above.of(launch.parent())));
      }
      turn.note(Effect.Note.Kind.RUN_STARTED);
    }
    Envelope envelope = turn.envelope();
    for (String dispatchId : envelope.openTasks()) {
      turn.cancelTask(dispatchId, REASON);
    }
    if (readable) {
      failSteps(turn);
    }
    if (!envelope.ended()) {
      tellEnd(turn, command, envelope);
    }
    turn.changeEnvelope(now -> now.withQuarantine(REASON + ": " + bug));
    turn.reply(
        Message.asker(command.message()),
        Message.refusal(REASON, "Expected to decide this, but the engine failed: " + bug));
    return turn.acceptedWithTimer(turn.at() + limits.instanceRetention().toMillis());
  }

  private static void tellEnd(Turn turn, Command command, Envelope envelope) {
    @Nullable String requestId = null;
    if (command.message() instanceof Message.Launch launch) {
      requestId = launch.requestId();
      tellListeners(turn, launch.followers());
    }
    turn.publish(
        new TimelineEvent.RunStatusChanged(
            envelope.workflowId(),
            turn.address().key() + ":" + envelope.run(),
            envelope.runUuid(),
            requestId,
            List.of(RunStatus.FAILED),
            REASON));
    turn.note(Effect.Note.Kind.RUN_FAILED);
    InstanceAddress.parse(turn.address().key())
        .filter(InstanceAddress::isWorkflowInstance)
        .ifPresent(
            instance ->
                turn.send(
                    MachineAddress.workflow(envelope.workflowId()),
                    new Message.RunEnded(instance.instance(), envelope.run(), RunStatus.FAILED)));
    Envelope.Above above = envelope.above();
    if (above != null) {
      turn.send(
          new MachineAddress(MachineAddress.Kind.INSTANCE, above.address()),
          new Message.ChildEnded(
              above.stepId(),
              above.run(),
              above.attempt(),
              turn.address().key(),
              envelope.run(),
              RunStatus.FAILED,
              REASON,
              Map.of(),
              Map.of(),
              List.of()));
    }
    turn.changeEnvelope(Envelope::withEnded);
  }

  /** Puts the documents right: what was open is INTERNALLY_FAILED, who followed is told. */
  private static void failSteps(Turn turn) {
    String key = "run:" + turn.envelope().run();
    RunRecord run = turn.find(key, RunRecord.class).orElse(null);
    if (run == null || run.status().isTerminal()) {
      return;
    }
    for (String stepId : run.steps()) {
      String stepKey = "step:" + run.run() + ":" + stepId;
      StepRun step = readable(turn, stepKey);
      if (step != null && !step.status().isTerminal()) {
        turn.put(stepKey, step.withEnd(StepStatus.INTERNALLY_FAILED, turn.at(), REASON));
        turn.publish(
            new TimelineEvent.StepStatusChanged(
                turn.envelope().workflowId(),
                turn.address().key() + ":" + run.run(),
                run.runUuid(),
                stepId,
                step.attempt(),
                List.of(StepStatus.INTERNALLY_FAILED),
                step.dispatchId(),
                step.worker(),
                REASON));
      }
    }
    turn.put(key, run.withEnd(RunStatus.FAILED, REASON, turn.at()));
    Set<ReplyTo> listeners = new LinkedHashSet<>(run.followers());
    for (Document.Watcher watcher : run.watchers()) {
      if (watcher.until() > turn.at()) {
        listeners.add(watcher.replyTo());
      }
    }
    tellListeners(turn, listeners);
  }

  /** Null: it is not there, or nobody can read it; its neighbours are put right all the same. */
  private static @Nullable StepRun readable(Turn turn, String stepKey) {
    try {
      return turn.find(stepKey, StepRun.class).orElse(null);
    } catch (UnreadableDocument unreadable) {
      return null;
    }
  }

  private static void tellListeners(Turn turn, Collection<ReplyTo> listeners) {
    for (ReplyTo listener : listeners) {
      turn.reply(
          listener,
          Message.refusal(
              REASON,
              "Expected " + turn.address().key() + " to go on, but it FAILED: an engine error."));
    }
  }

  /** Decides for an instance that is fenced off: it answers, and in the end it is forgotten. */
  public static Decision decide(MachineAddress address, View view, Command command) {
    Turn turn = new Turn(address, view, command);
    if (command.message() instanceof Message.Due) {
      if (turn.at() >= turn.envelope().wakeAt()) {
        turn.forget();
        return turn.accepted();
      }
      return turn.acceptedWithTimer(turn.envelope().wakeAt());
    }
    return turn.rejected(
        Message.asker(command.message()),
        REASON,
        "Expected "
            + address.key()
            + " to be in order, but it is fenced off: "
            + turn.envelope().quarantined());
  }
}

package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.List;

/**
 * When a run is over and how it ended (Maestro semantics 3.3), and what happens then: the workflow
 * is told, followers are answered, retention begins.
 */
final class RunEnd {
  /** The one timer of an instance whose run has ended. */
  static final String RETENTION = "retention";

  private RunEnd() {}

  /**
   * Whether nothing can happen any more: no step is open, and none waits to be created. What was
   * not created by then lies behind a failed, stopped or timed-out step.
   */
  static boolean isOver(OpenRun run) {
    return run.open() == 0 && run.work().isEmpty();
  }

  /** The status a run that is over ends with. */
  static RunStatus status(OpenRun run) {
    RunStatus stopping = run.stopping().orElse(null);
    if (stopping == RunStatus.TIMED_OUT) {
      return RunStatus.TIMED_OUT;
    }
    if (run.ended(StepStatus.FATALLY_FAILED) + run.ended(StepStatus.INTERNALLY_FAILED) > 0) {
      return RunStatus.FAILED;
    }
    if (stopping != null) {
      return stopping;
    }
    if (run.ended(StepStatus.TIMED_OUT) > 0) {
      return RunStatus.TIMED_OUT;
    }
    return run.ended(StepStatus.STOPPED) > 0 ? RunStatus.STOPPED : RunStatus.SUCCEEDED;
  }

  /** Ends the run. */
  static void end(OpenRun run, RunStatus status) {
    Turn turn = run.turn();
    run.end(status);
    turn.clearTimers();
    turn.setTimer(RETENTION, turn.at() + run.limits().instanceRetention().toMillis());
    turn.remove(InstanceMachine.DEFINITION);
    tell(turn, run.record(), List.of(status));
    turn.note(note(status));
  }

  /** Tells timeline and workflow of an end; what quarantine needs too. */
  static void tell(Turn turn, RunRecord record, List<RunStatus> statuses) {
    Envelope envelope = turn.envelope();
    InstanceAddress instance =
        InstanceAddress.parse(turn.address().key())
            .orElseThrow(() -> new IllegalStateException("Expected an instance's address."));
    publish(turn, record, statuses);
    turn.send(
        MachineAddress.workflow(envelope.workflowId()),
        new Message.RunEnded(instance.instance(), record.run(), statuses.get(statuses.size() - 1)));
    turn.changeEnvelope(Envelope::withEnded);
  }

  static void publish(Turn turn, RunRecord record, List<RunStatus> statuses) {
    turn.publish(
        new TimelineEvent.RunStatusChanged(
            turn.envelope().workflowId(),
            turn.address().key() + ":" + record.run(),
            record.runUuid(),
            record.requestId(),
            statuses,
            record.reason()));
  }

  private static Effect.Note.Kind note(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> Effect.Note.Kind.RUN_SUCCEEDED;
      case STOPPED -> Effect.Note.Kind.RUN_STOPPED;
      case TIMED_OUT -> Effect.Note.Kind.RUN_TIMED_OUT;
      case FAILED, CREATED, IN_PROGRESS, PAUSED -> Effect.Note.Kind.RUN_FAILED;
    };
  }
}

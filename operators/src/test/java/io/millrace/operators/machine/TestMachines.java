package io.millrace.operators.machine;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.DefinitionRecord;
import io.millrace.engine.Effect;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.Quarantine;
import io.millrace.engine.Turn;
import io.millrace.engine.View;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.List;
import java.util.Map;

/**
 * A small system that uses all that a host offers: a workflow launches an instance for each start,
 * the instance gives a task away, ends by its report or its timer, tells the workflow and is
 * forgotten after its retention. The reason of an action says what goes wrong.
 */
final class TestMachines implements Machines {
  static final long TIMEOUT = 1_000;
  static final long RETENTION = 5_000;
  static final String NOTES = "notes";

  private final long timeout;

  private TestMachines(long timeout) {
    this.timeout = timeout;
  }

  /** For the host: after how many milliseconds an instance that hears nothing ends. */
  record Setup(long timeout) implements MachineSetup {
    @Override
    public Machines machines() {
      return new TestMachines(timeout);
    }

    @Override
    public EngineLimits limits() {
      return EngineLimits.DEFAULT;
    }
  }

  @Override
  public Machine at(MachineAddress address) {
    return switch (address.kind()) {
      case WORKFLOW -> (view, command) -> workflow(address, view, command);
      case INSTANCE -> (view, command) -> instance(address, view, command);
    };
  }

  private static Decision workflow(MachineAddress address, View view, Command command) {
    Turn turn = new Turn(address, view, command);
    if (command.message() instanceof Message.TellWorkflow) {
      turn.put(NOTES, new DefinitionRecord("half"));
      throw new IllegalStateException("broken workflow");
    }
    if (!turn.exists()) {
      turn.create(address.key(), 0, "");
      note(turn, "");
    }
    if (command.message() instanceof Message.Start start) {
      if (!turn.room()) {
        turn.awaitRoom();
        return turn.accepted();
      }
      String notes = turn.get(NOTES, DefinitionRecord.class).text() + start.requestId() + ";";
      note(turn, notes);
      long instance = notes.chars().filter(c -> c == ';').count();
      turn.send(
          MachineAddress.instance(InstanceAddress.of(address.key(), instance)), launch(start));
      turn.publish(
          new TimelineEvent.StartAccepted(address.key(), 1, instance, "u", start.requestId()));
      turn.note(Effect.Note.Kind.START_QUEUED);
      turn.reply(start.replyTo(), new Reply.Done("started " + instance));
      return turn.accepted();
    }
    if (command.message() instanceof Message.RunEnded ended) {
      turn.publish(
          new TimelineEvent.RunStatusChanged(
              address.key(),
              "ended " + ended.instance(),
              "u",
              null,
              List.of(ended.status()),
              null));
      turn.note(Effect.Note.Kind.START_UNQUEUED);
      return turn.accepted();
    }
    if (command.message() instanceof Message.Room) {
      turn.publish(new TimelineEvent.VersionPushed(address.key(), 0, false, "room"));
      return turn.accepted();
    }
    return turn.rejected(Message.asker(command.message()), "NO", "Expected something else.");
  }

  private static Message.Launch launch(Message.Start start) {
    return new Message.Launch(
        "u",
        start.requestId(),
        1,
        "{}",
        "sha",
        Map.of(),
        null,
        0,
        List.of(),
        null,
        false,
        1,
        null,
        null,
        null);
  }

  private static void note(Turn turn, String text) {
    turn.put(NOTES, new DefinitionRecord(text));
  }

  private Decision instance(MachineAddress address, View view, Command command) {
    if (view.envelope().map(envelope -> envelope.quarantined() != null).orElse(false)) {
      return Quarantine.decide(address, view, command);
    }
    Turn turn = new Turn(address, view, command);
    String workflow = address.key().substring(0, address.key().indexOf('/'));
    if (command.message() instanceof Message.Launch) {
      turn.create(workflow, 1, "u");
      note(turn, "launched");
      turn.setTimer("timeout", turn.at() + timeout);
      turn.dispatch(task(workflow, address));
      turn.note(Effect.Note.Kind.RUN_STARTED);
      return turn.accepted();
    }
    if (!turn.exists()) {
      return turn.rejected(Message.asker(command.message()), "GONE", "Expected to exist.");
    }
    turn.get(NOTES, DefinitionRecord.class);
    if (command.message() instanceof Message.Due) {
      List<String> due = turn.takeDue();
      if (due.contains("retention")) {
        turn.forget();
      } else if (due.contains("timeout")) {
        end(turn, address, workflow, RunStatus.TIMED_OUT);
      }
      return turn.accepted();
    }
    if (command.message() instanceof Message.Reported reported) {
      if (!turn.envelope().openTasks().contains(reported.report().dispatchId())) {
        return new Decision.Rejected(
            "STALE_REPORT", "Expected.", List.of(new Effect.Note(Effect.Note.Kind.STALE_REPORT)));
      }
      turn.closeTask(reported.report().dispatchId());
      end(turn, address, workflow, RunStatus.SUCCEEDED);
      return turn.accepted();
    }
    if (command.message() instanceof Message.Act act && "bug".equals(act.action().reason())) {
      note(turn, "half");
      throw new IllegalStateException("broken step behaviour");
    }
    if (command.message() instanceof Message.Act act && "deep".equals(act.action().reason())) {
      return endless(1);
    }
    return turn.rejected(Message.asker(command.message()), "NO", "Expected something else.");
  }

  private static void end(Turn turn, MachineAddress address, String workflow, RunStatus status) {
    InstanceAddress instance = InstanceAddress.parse(address.key()).orElseThrow();
    turn.clearTimers();
    turn.setTimer("retention", turn.at() + RETENTION);
    for (String open : turn.envelope().openTasks()) {
      turn.cancelTask(open, "ended");
    }
    turn.send(
        MachineAddress.workflow(workflow), new Message.RunEnded(instance.instance(), 1, status));
    turn.note(Effect.Note.Kind.RUN_SUCCEEDED);
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static Decision endless(int depth) {
    return endless(depth + 1);
  }

  static String dispatchId(MachineAddress instance) {
    return instance.key() + ":1/a@1#0";
  }

  private static Task task(String workflow, MachineAddress address) {
    return new Task(
        Task.PROTOCOL,
        dispatchId(address),
        "Spark",
        workflow,
        address.key() + ":1",
        "u",
        "a",
        1,
        "Spark",
        Map.of(),
        TIMEOUT);
  }
}

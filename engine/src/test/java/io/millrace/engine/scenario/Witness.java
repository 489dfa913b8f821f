package io.millrace.engine.scenario;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.World;
import io.millrace.protocol.Cancel;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers all that left the machines. */
final class Witness implements World {
  record Answered(String correlationId, Reply.Answer answer) {}

  record Refused(MachineAddress machine, Message message, String code, String detail) {}

  final Map<String, Task> tasks = new LinkedHashMap<>();
  final List<Cancel> cancels = new ArrayList<>();
  final List<TimelineEvent> events = new ArrayList<>();
  final List<Answered> answers = new ArrayList<>();
  final List<Refused> refusals = new ArrayList<>();
  final Map<Effect.Note.Kind, Integer> notes = new EnumMap<>(Effect.Note.Kind.class);

  @Override
  public void task(Task task) {
    tasks.put(task.dispatchId(), task);
  }

  @Override
  public void cancelled(Cancel cancel) {
    cancels.add(cancel);
  }

  @Override
  public void happened(TimelineEvent event) {
    events.add(event);
  }

  @Override
  public void answered(ReplyTo asker, Reply.Answer answer) {
    answers.add(new Answered(asker.correlationId(), answer));
  }

  @Override
  public void refused(MachineAddress machine, Message message, Decision.Rejected why) {
    refusals.add(new Refused(machine, message, why.code(), why.detail()));
  }

  @Override
  public void noted(Effect.Note.Kind what) {
    notes.merge(what, 1, Integer::sum);
  }

  /** The last task given out for an attempt. */
  @Nullable Task lastTask(String run, String stepId) {
    Task last = null;
    for (Task task : tasks.values()) {
      if (task.run().equals(run) && task.stepId().equals(stepId)) {
        last = task;
      }
    }
    return last;
  }
}

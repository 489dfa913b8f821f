package io.millrace.engine.simulation;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.protocol.Cancel;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;

/** All that is outside of the machines: told of each effect that leaves them, in order. */
public interface World {
  void task(Task task);

  void cancelled(Cancel cancel);

  void happened(TimelineEvent event);

  void answered(ReplyTo asker, Reply.Answer answer);

  /** A machine would not take a message; nothing of it was stored. */
  void refused(MachineAddress machine, Message message, Decision.Rejected why);

  /** Something was counted. */
  void noted(Effect.Note.Kind what);
}

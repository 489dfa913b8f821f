package io.millrace.engine.simulation;

import io.millrace.engine.Effect;
import io.millrace.protocol.Cancel;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that has left a virtual cluster, in the order it did. Where it is not kept, only what is lost
 * is, and what was noted.
 */
public final class Outcome {
  /** The epoch of a cluster that is never restored. */
  public static final long EPOCH = 1;

  private final List<Task> tasks = new ArrayList<>();
  private final List<Cancel> cancels = new ArrayList<>();
  private final List<Reply> replies = new ArrayList<>();
  private final List<TimelineEvent> timeline = new ArrayList<>();
  private final List<LostCommand> lost = new ArrayList<>();
  private final Map<Effect.Note.Kind, Long> notes = new EnumMap<>(Effect.Note.Kind.class);

  private final boolean keeps;

  Outcome(boolean keeps) {
    this.keeps = keeps;
  }

  public List<Task> tasks() {
    return Collections.unmodifiableList(tasks);
  }

  public List<Cancel> cancels() {
    return Collections.unmodifiableList(cancels);
  }

  public List<Reply> replies() {
    return Collections.unmodifiableList(replies);
  }

  /** The events of all machines; those of one machine are in the order of their sequence. */
  public List<TimelineEvent> timeline() {
    return Collections.unmodifiableList(timeline);
  }

  /** What would be dead letters. */
  public List<LostCommand> lost() {
    return Collections.unmodifiableList(lost);
  }

  /** How often something was noted. */
  public long noted(Effect.Note.Kind kind) {
    return notes.getOrDefault(kind, 0L);
  }

  void add(Task task) {
    if (keeps) {
      tasks.add(task);
    }
  }

  void add(Cancel cancel) {
    if (keeps) {
      cancels.add(cancel);
    }
  }

  void add(Reply reply) {
    if (keeps) {
      replies.add(reply);
    }
  }

  void add(TimelineEvent event) {
    if (keeps) {
      timeline.add(event);
    }
  }

  void add(LostCommand command) {
    lost.add(command);
  }

  void add(Effect.Note.Kind kind) {
    notes.merge(kind, 1L, Long::sum);
  }
}

package io.millrace.worker;

import io.millrace.protocol.Task;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows every task by its dispatch id: open, answered or cancelled; and so decides what a delivered
 * task means.
 *
 * <p>One dispatch id is never run twice at once, and not again while its answer is remembered. A
 * crash forgets everything: Kafka then delivers again what was not committed. Safe for several
 * threads.
 */
final class TaskLedger {
  private final Map<String, OpenTask> open = new HashMap<>();
  private final Remembered<Answer> answers;
  private final Remembered<Boolean> cancelled;

  TaskLedger(WorkerOptions options) {
    this.answers = new Remembered<>(options.rememberedAnswers());
    this.cancelled = new Remembered<>(options.rememberedCancels());
  }

  /** What to do with a delivered task. */
  sealed interface Intake {
    void accept(Cases cases);

    /** One method for each kind. */
    interface Cases {
      void run(OpenTask task);

      void repeat(Answer answer);

      void nothing();
    }
  }

  /** It is new. */
  record Run(OpenTask task) implements Intake {
    @Override
    public void accept(Cases cases) {
      cases.run(task);
    }
  }

  /** It was answered before. */
  record Repeat(Answer answer) implements Intake {
    @Override
    public void accept(Cases cases) {
      cases.repeat(answer);
    }
  }

  /** It is open already, and its offset waits with the first; or it was cancelled. */
  record Nothing() implements Intake {
    @Override
    public void accept(Cases cases) {
      cases.nothing();
    }
  }

  synchronized Intake take(Task task, OffsetTracker.Position position) {
    String id = task.dispatchId();
    Answer answer = answers.get(id);
    if (answer != null) {
      return new Repeat(answer);
    }
    OpenTask known = open.get(id);
    if (known != null) {
      known.positions().add(position);
      return new Nothing();
    }
    if (cancelled.get(id) != null) {
      position.finish();
      return new Nothing();
    }
    OpenTask fresh = new OpenTask(task);
    fresh.positions().add(position);
    open.put(id, fresh);
    return new Run(fresh);
  }

  /** The task is answered; gives the positions that this answer settles. */
  synchronized List<OffsetTracker.Position> answered(OpenTask task, Answer answer) {
    answers.put(task.task().dispatchId(), answer);
    return close(task);
  }

  /** The task ends without an answer; gives its positions. */
  synchronized List<OffsetTracker.Position> dropped(OpenTask task) {
    return close(task);
  }

  /** Remembers the cancel, also of a task that has not arrived yet. */
  synchronized Optional<OpenTask> cancel(String dispatchId) {
    cancelled.put(dispatchId, true);
    return Optional.ofNullable(open.get(dispatchId));
  }

  synchronized Collection<OpenTask> open() {
    return List.copyOf(open.values());
  }

  synchronized int openCount() {
    return open.size();
  }

  /** Whether every delivery of a waiting task came from a partition that is no longer ours. */
  synchronized boolean isRevoked(OpenTask task) {
    return task.positions().stream().allMatch(OffsetTracker.Position::isRevoked);
  }

  private List<OffsetTracker.Position> close(OpenTask task) {
    open.remove(task.task().dispatchId(), task);
    return List.copyOf(task.positions());
  }
}

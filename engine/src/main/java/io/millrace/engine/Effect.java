package io.millrace.engine;

import io.millrace.protocol.Cancel;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;

/**
 * All that the engine can do to the world. The host performs effects in order, after the changes of
 * the same decision are stored; both are in one checkpoint or in none.
 *
 * <p>Named timers ({@link Turn#setTimer}) are a document of the machine; towards the host there is
 * one timer a machine, the earliest of them. Thus the ten-day timeouts of three hundred steps cost
 * no timer at all while an earlier one is set.
 */
public sealed interface Effect {

  <R> R accept(Cases<R> cases);

  /** What to do with each effect. */
  interface Cases<R> {
    R send(Send effect);

    R dispatch(Dispatch effect);

    R cancelTask(CancelTask effect);

    R wakeAt(WakeAt effect);

    R publish(Publish effect);

    R reply(Answer effect);

    R awaitRoom(AwaitRoom effect);

    R note(Note effect);
  }

  /** A message to a machine, itself included, through the loop: exactly once, in order. */
  record Send(MachineAddress to, Message message) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.send(this);
    }
  }

  /** A task to the topic of its queue: at least once. */
  record Dispatch(Task task) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.dispatch(this);
    }
  }

  /** Nobody waits for this task any more: best effort. */
  record CancelTask(String workflowId, Cancel cancel) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.cancelTask(this);
    }
  }

  /**
   * The machine's one timer: delete the one at {@code previous} and register one at {@code at};
   * {@link Envelope#NEVER} stands for none. Both in epoch millis.
   */
  record WakeAt(long previous, long at) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.wakeAt(this);
    }
  }

  /** An event for the timeline; the host adds the epoch. */
  record Publish(
      String workflowId, String address, long sequence, long at, TimelineEvent.Happening event)
      implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.publish(this);
    }
  }

  /** An answer to an asker: at least once, at once. */
  record Answer(ReplyTo to, Reply.Answer answer) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reply(this);
    }
  }

  /** Send me {@link Message.Room} when the loop is shallow again; a hint that may be lost. */
  record AwaitRoom() implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.awaitRoom(this);
    }
  }

  /** Something worth counting that changes nothing else. */
  record Note(Kind kind) implements Effect {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.note(this);
    }

    /** What is counted; the host makes a metric of each. */
    public enum Kind {
      STALE_REPORT,
      DUPLICATE_START,
      START_QUEUED,
      START_UNQUEUED,
      RUN_STARTED,
      RUN_SUCCEEDED,
      RUN_FAILED,
      RUN_STOPPED,
      RUN_TIMED_OUT,
      STEP_STARTED,
      STEP_SUCCEEDED,
      STEP_FAILED,
      STEP_RETRIED
    }
  }
}

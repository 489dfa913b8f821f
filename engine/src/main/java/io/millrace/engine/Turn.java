package io.millrace.engine;

import io.millrace.protocol.Cancel;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: reads see what was written before in the same turn, and nothing
 * leaves it until {@link #accepted()}.
 *
 * <p>A document written many times in a turn is one change. A turn that throws leaves nothing
 * behind.
 */
public final class Turn {
  /** Where named timers were before they were in the envelope. */
  private static final String TIMERS = "timers";

  private final View view;
  private final MachineAddress address;
  private final Command command;
  private final Map<String, Optional<Document>> written = new LinkedHashMap<>();
  private final Set<String> aside = new HashSet<>();
  private final List<Effect> effects = new ArrayList<>();
  private final @Nullable Envelope before;
  private final long at;
  private @Nullable Envelope envelope;
  private @Nullable SortedMap<String, Long> timers;
  private boolean timersChanged;
  private boolean forgotten;

  public Turn(MachineAddress address, View view, Command command) {
    this.address = address;
    this.view = view;
    this.command = command;
    this.before = view.envelope().orElse(null);
    this.envelope = before;
    this.at = before == null ? command.at() : Math.max(command.at(), before.at());
  }

  /** Now: the host's time, but never earlier than the machine has seen before. Epoch millis. */
  public long at() {
    return at;
  }

  public MachineAddress address() {
    return address;
  }

  /** Whether the loop is shallow enough to launch runs. */
  public boolean room() {
    return command.room();
  }

  /** Since when the host has been listening without a break. Epoch millis. */
  public long upSince() {
    return command.upSince();
  }

  // ---- state

  /** Whether the machine exists. */
  public boolean exists() {
    return envelope != null;
  }

  /** The envelope of a machine that exists. */
  public Envelope envelope() {
    if (envelope == null) {
      throw new IllegalStateException("Expected " + address + " to exist, but it does not.");
    }
    return envelope;
  }

  /** Brings the machine into being, as far as the host is concerned. */
  public void create(String workflowId, long run, String runUuid) {
    envelope =
        new Envelope(
            address.kind(),
            workflowId,
            (Math.max(run, 1) - 1) * TimelineEvent.EVENTS_PER_RUN,
            at,
            Envelope.NEVER,
            run,
            runUuid,
            false,
            List.of(),
            null,
            null,
            Document.Timers.NONE);
  }

  /** Replaces the envelope by a changed one. */
  public void changeEnvelope(UnaryOperator<Envelope> change) {
    envelope = change.apply(envelope());
  }

  /** The document under {@code key}, if there is one; a machine that is new has none. */
  public <D extends Document> Optional<D> find(String key, Class<D> type) {
    Optional<Document> own = written.get(key);
    if (own == null) {
      own = before == null ? Optional.empty() : view.document(key);
    }
    return own.map(type::cast);
  }

  /** The document that must be there. */
  public <D extends Document> D get(String key, Class<D> type) {
    return find(key, type)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected " + address + " to hold a document '" + key + "', but it does not."));
  }

  public void put(String key, Document document) {
    written.put(key, Optional.of(document));
  }

  /**
   * As {@link #put}, of a document that is written often and knows the time itself: if a turn does
   * nothing else, the envelope, which holds all open tasks, is not written for the time alone.
   */
  public void putAside(String key, Document document) {
    put(key, document);
    aside.add(key);
  }

  public void remove(String key) {
    if (before == null) {
      written.remove(key);
    } else {
      written.put(key, Optional.empty());
    }
  }

  /** Ends the machine: all it holds goes, and nothing else of this turn is stored. */
  public void forget() {
    forgotten = true;
  }

  // ---- timers

  /** When a named timer is due, epoch millis; null if it is not set. */
  public @Nullable Long timer(String name) {
    return timers().get(name);
  }

  /** Sets or moves a named timer; epoch millis. */
  public void setTimer(String name, long when) {
    timers().put(name, when);
    timersChanged = true;
  }

  /** Clears a named timer; harmless if it is not set. */
  public void clearTimer(String name) {
    timersChanged |= timers().remove(name) != null;
  }

  /** Clears all named timers. */
  public void clearTimers() {
    timersChanged |= !timers().isEmpty();
    timers().clear();
  }

  /** As {@link #takeDue(ToIntFunction)}, all of the same rank. */
  public List<String> takeDue() {
    return takeDue(name -> 0);
  }

  /**
   * Takes the named timers that are due and clears them: earliest first, those of one instant by
   * {@code rank}, then by name. Where something goes on at an instant, rank 0, what has a higher
   * rank at the same instant is left for the next turn: what follows at once is still in time
   * (decisions, simulate). The host's timer has fired, so whatever remains is registered anew even
   * if nothing was due yet.
   */
  public List<String> takeDue(ToIntFunction<String> rank) {
    Set<Long> goesOn = new HashSet<>();
    List<Map.Entry<String, Long>> past = new ArrayList<>();
    for (Map.Entry<String, Long> timer : timers().entrySet()) {
      if (timer.getValue() <= at) {
        past.add(timer);
        if (rank.applyAsInt(timer.getKey()) == 0) {
          goesOn.add(timer.getValue());
        }
      }
    }
    past.sort(
        Map.Entry.<String, Long>comparingByValue()
            .thenComparing(timer -> rank.applyAsInt(timer.getKey()))
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Long> timer : past) {
      if (rank.applyAsInt(timer.getKey()) == 0 || !goesOn.contains(timer.getValue())) {
        due.add(timer.getKey());
      }
    }
    timers().keySet().removeAll(due);
    timersChanged = true;
    return due;
  }

  private Document.Timers known() {
    if (envelope != null && envelope.timers() != null) {
      return envelope.timers();
    }
    return find(TIMERS, Document.Timers.class).orElse(Document.Timers.NONE);
  }

  /** Loaded when first asked for, written back once at the end of the turn. */
  private SortedMap<String, Long> timers() {
    if (timers == null) {
      timers = new TreeMap<>(known().at());
    }
    return timers;
  }

  // ---- effects

  public void send(MachineAddress to, Message message) {
    effects.add(new Effect.Send(to, message));
  }

  /** Gives a task to a worker; the envelope remembers it until it is answered or cancelled. */
  public void dispatch(Task task) {
    changeEnvelope(
        now -> {
          List<String> open = new ArrayList<>(now.openTasks());
          open.add(task.dispatchId());
          return now.withOpenTasks(open);
        });
    effects.add(new Effect.Dispatch(task));
  }

  /** A task is answered: nobody is at work on it any more. */
  public void closeTask(String dispatchId) {
    changeEnvelope(
        now -> {
          List<String> open = new ArrayList<>(now.openTasks());
          open.remove(dispatchId);
          return now.withOpenTasks(open);
        });
  }

  /** Takes a task back, best effort. */
  public void cancelTask(String dispatchId, String reason) {
    closeTask(dispatchId);
    effects.add(
        new Effect.CancelTask(
            envelope().workflowId(), new Cancel(Task.PROTOCOL, dispatchId, reason)));
  }

  /** Publishes an event under the machine's next sequence number. */
  public void publish(TimelineEvent.Happening event) {
    changeEnvelope(now -> now.withSequence(now.sequence() + 1));
    effects.add(
        new Effect.Publish(
            envelope().workflowId(), address.key(), envelope().sequence(), at, event));
  }

  /** Answers, if anybody asked. */
  public void reply(@Nullable ReplyTo to, Reply.Answer answer) {
    if (to != null) {
      effects.add(new Effect.Answer(to, answer));
    }
  }

  public void awaitRoom() {
    effects.add(new Effect.AwaitRoom());
  }

  public void note(Effect.Note.Kind kind) {
    effects.add(new Effect.Note(kind));
  }

  // ---- the decision

  /** Nothing was changed, only answered or counted. */
  public Decision rejected(@Nullable ReplyTo asker, String code, String detail) {
    List<Effect> answers = new ArrayList<>();
    if (asker != null) {
      answers.add(new Effect.Answer(asker, Message.refusal(code, detail)));
    }
    return new Decision.Rejected(code, detail, answers);
  }

  /** All that was written and said in this turn. */
  public Decision accepted() {
    if (forgotten) {
      moveTimer(Envelope.NEVER);
      // Most iterations begin and end within one turn, and nothing of them was ever stored. To
      // clear what is not there is a search of the state backend.
      List<Change> changes = before == null ? List.of() : List.of(new Change.Forget());
      return new Decision.Accepted(changes, effects);
    }
    if (timersChanged) {
      writeTimers();
      moveTimer(timers().values().stream().min(Long::compare).orElse(Envelope.NEVER));
    }
    return finished();
  }

  private void writeTimers() {
    if (envelope == null) {
      return; // nobody is there to have any
    }
    if (envelope.timers() == null) {
      remove(TIMERS);
    }
    changeEnvelope(now -> now.withTimers(new Document.Timers(timers())));
  }

  /** As {@link #accepted}, with one nameless timer: for those who cannot read the named ones. */
  public Decision acceptedWithTimer(long when) {
    moveTimer(when);
    return finished();
  }

  private void moveTimer(long when) {
    long previous = before == null ? Envelope.NEVER : before.wakeAt();
    if (previous != Envelope.NEVER || when != Envelope.NEVER) {
      effects.add(new Effect.WakeAt(previous, when));
    }
    if (envelope != null) {
      changeEnvelope(now -> now.withTimes(at, when));
    }
  }

  private Decision finished() {
    List<Change> changes = new ArrayList<>();
    boolean isTimeAlone =
        effects.isEmpty()
            && Objects.equals(envelope, before)
            && aside.containsAll(written.keySet());
    if (envelope != null && !isTimeAlone) {
      changeEnvelope(now -> now.withTimes(at, now.wakeAt()));
      if (!envelope().equals(before)) {
        changes.add(new Change.PutEnvelope(envelope()));
      }
    }
    written.forEach(
        (key, document) ->
            changes.add(
                document.isPresent()
                    ? new Change.Put(key, document.get())
                    : new Change.Remove(key)));
    return new Decision.Accepted(changes, effects);
  }
}

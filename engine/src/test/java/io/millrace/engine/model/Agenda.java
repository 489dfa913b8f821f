package io.millrace.engine.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Virtual time: what is to happen and in which order. All that follows at one instant is worked
 * off, first come first served, before the next thing happens (decisions, {@code simulate}).
 */
final class Agenda {
  private final Order order;
  private final PriorityQueue<Event> events;
  private final Deque<Runnable> soon = new ArrayDeque<>();

  /** What follows from what happens at this very moment. */
  private final List<Runnable> following = new ArrayList<>();

  private long now;
  private long made;

  Agenda(Order order) {
    this.order = order;
    this.events =
        new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at)
                .thenComparing(event -> order.inRounds() && event.isOfThisInstant)
                .thenComparing(event -> event.kind)
                .thenComparingLong(event -> order.rank().applyAsLong(event.number)));
  }

  /**
   * What is told apart at one instant. The first is what the decisions say; a case that comes out
   * otherwise with one of the others depends on that order.
   *
   * @param rank of answers, timers or timeouts of one instant, by when they were made
   * @param inRounds whether what comes up at an instant happens after all that was to happen then
   * @param depthFirst whether all that follows from one thing is worked off before the next thing
   * @param together whether all answers, timers or timeouts that are due happen before what follows
   *     from any of them
   */
  record Order(LongUnaryOperator rank, boolean inRounds, boolean depthFirst, boolean together) {
    static final Order FIRST_COME = new Order(made -> made, false, false, false);
    static final Order LAST_EVENT_FIRST = new Order(made -> -made, false, false, false);
    static final Order DEPTH_FIRST = new Order(made -> made, false, true, false);
    static final Order TOGETHER = new Order(made -> made, false, false, true);

    /**
     * One of many. What is turned round twice comes out as it went in, so that turning all round
     * does not show every dependence.
     */
    static Order shuffled(long salt) {
      return new Order(
          made -> new SplittableRandom(made ^ (salt << 32)).nextLong(),
          salt % 4 >= 2,
          salt % 2 == 1,
          salt % 8 >= 4);
    }
  }

  /** In the order of one instant (decisions, {@code simulate}). */
  enum Kind {
    RESULT,
    RETRY_OR_SLEEP,
    TIMEOUT,
    ACTION,
    START
  }

  /** Something that is to happen unless it is called off. */
  static final class Event {
    private final long at;
    private final Kind kind;
    private final long number;
    private final Runnable what;
    private final boolean isOfThisInstant;
    private boolean calledOff;

    private Event(long at, Kind kind, long number, boolean isOfThisInstant, Runnable what) {
      this.isOfThisInstant = isOfThisInstant;
      this.at = at;
      this.kind = kind;
      this.number = number;
      this.what = what;
    }

    void callOff() {
      calledOff = true;
    }
  }

  long now() {
    return now;
  }

  /** At this instant, after all that was to happen soon before. */
  void soon(Runnable what) {
    following.add(what);
  }

  Event at(long time, Kind kind, Runnable what) {
    Event event = new Event(Math.max(time, now), kind, made++, time <= now, what);
    events.add(event);
    return event;
  }

  Event after(long millis, Kind kind, Runnable what) {
    return at(now + millis, kind, what);
  }

  void run(long until) {
    while (true) {
      Runnable next = soon.poll();
      if (next != null) {
        happen(next);
        continue;
      }
      Event event = events.peek();
      if (event == null || event.at > until) {
        return;
      }
      if (order.together()) {
        whatIsDueWith(event).forEach(this::take);
      } else {
        take(events.remove());
      }
      goOnWithWhatFollows();
    }
  }

  /** Everything of the event's kind and instant, in order; it is no longer on the agenda. */
  private List<Event> whatIsDueWith(Event first) {
    List<Event> due = new ArrayList<>();
    while (!events.isEmpty() && events.peek().at == first.at && events.peek().kind == first.kind) {
      due.add(events.remove());
    }
    return due;
  }

  private void take(Event event) {
    if (!event.calledOff) {
      now = event.at;
      event.what.run();
    }
  }

  private void happen(Runnable what) {
    what.run();
    goOnWithWhatFollows();
  }

  private void goOnWithWhatFollows() {
    if (order.depthFirst()) {
      for (int i = following.size() - 1; i >= 0; i--) {
        soon.addFirst(following.get(i));
      }
    } else {
      soon.addAll(following);
    }
    following.clear();
  }
}

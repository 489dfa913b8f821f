package io.millrace.engine.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

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
                .thenComparing(event -> event.kind)
                .thenComparingLong(
                    event -> order == Order.LAST_EVENT_FIRST ? -event.number : event.number));
  }

  /**
   * What is told apart at one instant. The first is what the decisions say; a case that comes out
   * otherwise with one of the others depends on that order.
   */
  enum Order {
    FIRST_COME,
    /** Of answers, timers or timeouts of one instant the last made happens first. */
    LAST_EVENT_FIRST,
    /** All that follows from one thing is worked off before the next thing. */
    DEPTH_FIRST
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
    private boolean calledOff;

    private Event(long at, Kind kind, long number, Runnable what) {
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
    Event event = new Event(Math.max(time, now), kind, made++, what);
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
      Event event = events.poll();
      if (event == null || event.at > until) {
        return;
      }
      if (!event.calledOff) {
        now = event.at;
        happen(event.what);
      }
    }
  }

  private void happen(Runnable what) {
    what.run();
    if (order == Order.DEPTH_FIRST) {
      for (int i = following.size() - 1; i >= 0; i--) {
        soon.addFirst(following.get(i));
      }
    } else {
      soon.addAll(following);
    }
    following.clear();
  }
}

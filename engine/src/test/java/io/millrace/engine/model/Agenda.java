package io.millrace.engine.model;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Virtual time: what is to happen and in which order. All that follows at one instant is worked
 * off, first come first served, before the next thing happens (decisions, {@code simulate}).
 */
final class Agenda {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.<Event>comparingLong(event -> event.at)
              .thenComparing(event -> event.kind)
              .thenComparingLong(event -> event.number));
  private final Queue<Runnable> soon = new ArrayDeque<>();
  private long now;
  private long made;

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
    soon.add(what);
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
        next.run();
        continue;
      }
      Event event = events.poll();
      if (event == null || event.at > until) {
        return;
      }
      if (!event.calledOff) {
        now = event.at;
        event.what.run();
      }
    }
  }
}

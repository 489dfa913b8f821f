package io.millrace.bench.check;

import io.millrace.address.InstanceAddress;
import io.millrace.protocol.TimelineEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every (epoch, address, sequence) is there once, in order and without gaps: within an epoch the
 * numbers follow each other, the first epoch begins at 1, and a later one where the one before
 * ended (or earlier, when an older savepoint was restored).
 */
final class TimelineOrder {
  private static final class OfAddress {
    private final TreeMap<Long, TreeSet<Long>> byEpoch = new TreeMap<>();
    private long lastEpoch = -1;
    private long lastSequence;
    private long lastAt = Long.MIN_VALUE;
  }

  private final Map<String, OfAddress> addresses = new HashMap<>();
  private final Set<Long> epochs = new HashSet<>();
  private final Findings findings;

  TimelineOrder(Findings findings) {
    this.findings = findings;
  }

  /** Takes the events in the order of their partition. */
  void take(TimelineEvent event) {
    findings.count("timeline events", 1);
    epochs.add(event.epoch());
    OfAddress of = addresses.computeIfAbsent(event.address(), a -> new OfAddress());
    boolean fresh =
        of.byEpoch.computeIfAbsent(event.epoch(), e -> new TreeSet<>()).add(event.sequence());
    if (!fresh) {
      findings.broken("Doubled: " + name(event.address(), event.epoch(), event.sequence()) + ".");
      return;
    }
    boolean after =
        event.epoch() > of.lastEpoch
            || (event.epoch() == of.lastEpoch && event.sequence() > of.lastSequence);
    if (!after) {
      findings.broken(
          "Out of order: "
              + name(event.address(), event.epoch(), event.sequence())
              + " comes after "
              + name(event.address(), of.lastEpoch, of.lastSequence)
              + ".");
      return;
    }
    if (event.at() < of.lastAt) {
      findings.broken(
          "Time runs backwards at "
              + name(event.address(), event.epoch(), event.sequence())
              + ": "
              + event.at()
              + " after "
              + of.lastAt
              + ".");
    }
    of.lastEpoch = event.epoch();
    of.lastSequence = event.sequence();
    of.lastAt = event.at();
  }

  /** Looks for gaps, when all events are taken. */
  void end() {
    findings.count("addresses on the timeline", addresses.size());
    findings.count("epochs", epochs.size());
    addresses.forEach(this::gaps);
  }

  private void gaps(String address, OfAddress of) {
    long next = 1;
    for (Map.Entry<Long, TreeSet<Long>> epoch : of.byEpoch.entrySet()) {
      long expected = Math.min(next, epoch.getValue().first());
      for (long sequence : epoch.getValue()) {
        if (isIteration(address) && sequence % TimelineEvent.EVENTS_PER_RUN == 1) {
          expected = sequence; // it was forgotten and runs again
        }
        for (; expected < sequence; expected++) {
          findings.broken("Lost: " + name(address, epoch.getKey(), expected) + ".");
        }
        expected = sequence + 1;
      }
      next = expected;
    }
  }

  private static boolean isIteration(String address) {
    return InstanceAddress.parse(address)
        .filter(instance -> !instance.isWorkflowInstance())
        .isPresent();
  }

  private static String name(String address, long epoch, long sequence) {
    return address + " epoch " + epoch + " sequence " + sequence;
  }
}

package io.millrace.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of an instance: {@code workflow/7:2}, {@code workflow/7:1/fe/3:2}. Every level may name
 * its run; where it does not, the latest is meant.
 *
 * @param instance the instance, which is also the key of the state
 * @param runs a run number (from 1) for every segment of the instance; {@link #LATEST} where none
 *     is named
 */
public record RunAddress(InstanceAddress instance, List<Long> runs) {
  /** Stands for "the latest run" at a level that names none. */
  public static final long LATEST = 0;

  public RunAddress {
    runs = List.copyOf(runs);
    if (runs.size() != instance.segments().size()) {
      throw new IllegalArgumentException(
          "Expected one run for each segment of " + instance + ", but got " + runs + ".");
    }
  }

  /** Run {@code run} of a workflow's instance. */
  public static RunAddress of(InstanceAddress instance, long run) {
    List<Long> runs = new ArrayList<>();
    for (int i = 1; i < instance.segments().size(); i++) {
      runs.add(LATEST);
    }
    runs.add(run);
    return new RunAddress(instance, runs);
  }

  /** Reads {@code workflow/7:1/fe/3:2}; empty if the text is not such an address. */
  public static Optional<RunAddress> parse(String text) {
    String[] parts = text.split("/", -1);
    StringBuilder instance = new StringBuilder();
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (i % 2 == 1) {
        int colon = part.indexOf(':');
        long run = LATEST;
        if (colon >= 0) {
          Optional<Long> number = AddressText.number(part.substring(colon + 1));
          if (number.isEmpty() || number.get() < 1) {
            return Optional.empty();
          }
          run = number.get();
          part = part.substring(0, colon);
        }
        runs.add(run);
      }
      instance.append(i == 0 ? "" : "/").append(part);
    }
    return InstanceAddress.parse(instance.toString()).map(found -> new RunAddress(found, runs));
  }

  /** The run of the innermost level. */
  public long run() {
    return runs.get(runs.size() - 1);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      InstanceAddress.Segment segment = instance.segments().get(i);
      text.append(i == 0 ? "" : "/").append(segment.name()).append('/').append(segment.number());
      if (runs.get(i) != LATEST) {
        text.append(':').append(runs.get(i));
      }
    }
    return text.toString();
  }
}

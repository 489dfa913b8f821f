package io.millrace.bench.language;

import java.util.List;

/** How often a second. */
final class Rate {
  /** So many between two looks at the clock. */
  private static final int BATCH = 2_000;

  /** Where all results go: what is written here was made. */
  static volatile Object last = "nothing";

  private Rate() {}

  /** Repeats {@code work} for about {@code millis}; what is slow comes in batches of one. */
  static double measure(Work work, int millis, boolean slow) {
    int batch = slow ? 1 : BATCH;
    long began = System.nanoTime();
    long until = began + millis * 1_000_000L;
    long done = 0;
    long now = began;
    while (now < until) {
      last = work.repeat(batch);
      done += batch;
      now = System.nanoTime();
    }
    return done * 1e9 / (now - began);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

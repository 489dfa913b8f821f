package io.millrace.bench.flow;

import java.util.Arrays;

/** Latencies in nanoseconds, and their percentiles in milliseconds. Safe for several threads. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long latency) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = latency;
  }

  synchronized int size() {
    return size;
  }

  /** The smallest latency that {@code share} of all do not exceed, in ms; 0 if there are none. */
  synchronized double percentile(double share) {
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}

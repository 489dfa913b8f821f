package io.millrace.bench.language;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Memory that this thread takes, as the JVM counts it. */
final class Allocation {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final int TIMES = 50_000;

  private Allocation() {}

  /** Bytes that doing {@code work} once takes, on the average. */
  static double bytes(Work work, boolean slow) {
    int times = slow ? 10 : TIMES;
    // Not one of the two readings, but their difference counts: they take memory themselves.
    long reading = taken(work, 0);
    return (double) (taken(work, times) - reading) / times;
  }

  private static long taken(Work work, int times) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Rate.last = work.repeat(times);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}

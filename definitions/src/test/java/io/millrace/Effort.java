package io.millrace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.TreeMap;

/**
 * What a piece of work takes of the processor, as a multiple of the JDK's own work on a tree of
 * {@value #ENTRIES} entries. A time in seconds would say as much about the machine as about the
 * work, and fail on one that is slow or shared.
 */
public final class Effort {
  /**
   * The most that hostile input may take. The worst that is known takes a third of it; what escapes
   * its meter and grows with a power of its input takes more by orders of magnitude.
   */
  public static final double MOST = 10;

  private static final int ENTRIES = 300_000;

  /** Goes of one piece of work: whatever else the machine does only ever adds to one. */
  private static final int GOES = 3;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long MEASURE = lowest(Effort::growATree, 0);

  private Effort() {}

  /** The work's least effort of a few goes; the first one within {@link #MOST} is enough. */
  public static double of(Runnable work) {
    return (double) lowest(work, Math.round(MOST * MEASURE)) / MEASURE;
  }

  /** Nanoseconds of the thread's processor time. */
  private static long lowest(Runnable work, long enough) {
    long lowest = Long.MAX_VALUE;
    for (int go = 0; go < GOES && lowest >= enough; go++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      work.run();
      lowest = Math.min(lowest, THREADS.getCurrentThreadCpuTime() - begun);
    }
    return lowest;
  }

  private static void growATree() {
    TreeMap<String, Integer> tree = new TreeMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      tree.merge(Integer.toString(i * 31 % ENTRIES), i, Integer::sum);
    }
    if (tree.isEmpty()) {
      throw new IllegalStateException("Expected a tree of entries, but it has none.");
    }
  }
}

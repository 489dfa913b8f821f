package io.millrace.bench.language;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * How long it takes to read and check a large definition, once warm, in one thread: what a push
 * costs, and the first decision about a run after a crash. By the clock, and by what the thread had
 * of a processor, which others on the machine disturb less.
 *
 * <p>Arguments, all optional: {@code steps=300 times=500 warmup=300 expressions=false}.
 */
public final class DefinitionBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private DefinitionBench() {}

  public static void main(String[] args) {
    Arguments arguments =
        Arguments.parse(
            args, Map.of("steps", "300", "times", "500", "warmup", "300", "expressions", "false"));
    String text = LargeDefinition.of(arguments.number("steps", 1), arguments.flag("expressions"));
    requireValid(DefinitionReader.readFirst(text));
    Work work = times -> repeat(text, times);
    Rate.last = work.repeat(arguments.number("warmup", 0));
    long[] nanos = new long[arguments.number("times", 1)];
    long[] cpuNanos = new long[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      long cpuBegan = THREADS.getCurrentThreadCpuTime();
      long began = System.nanoTime();
      Rate.last = work.repeat(1);
      nanos[i] = System.nanoTime() - began;
      cpuNanos[i] = THREADS.getCurrentThreadCpuTime() - cpuBegan;
    }
    Lines.print("command: DefinitionBench %s", arguments);
    Lines.print(
        "machine: %d cores, Java %s; one thread, %d readings after %d to warm up",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        nanos.length,
        arguments.number("warmup", 0));
    Lines.print(
        "%d steps, %d bytes, expressions %s; %.0f KiB of memory each",
        arguments.number("steps", 1),
        text.getBytes(StandardCharsets.UTF_8).length,
        arguments.flag("expressions"),
        Allocation.bytes(work, true) / 1024);
    print("by the clock", nanos);
    print("processor", cpuNanos);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    Lines.print(
        "%-14s p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.2f ms",
        what,
        percentile(nanos, 0.5),
        percentile(nanos, 0.9),
        percentile(nanos, 0.99),
        percentile(nanos, 1));
  }

  private static Object repeat(String text, int times) {
    Object last = text;
    for (int i = 0; i < times; i++) {
      last = DefinitionReader.readFirst(text);
    }
    return last;
  }

  private static void requireValid(DefinitionReading reading) {
    if (reading.push().isEmpty()) {
      throw new IllegalStateException(
          "Expected the definition to be valid, but %d problems were found, the first: %s."
              .formatted(reading.problems().size(), reading.problems().get(0)));
    }
  }

  /** The smallest time that {@code share} of all do not exceed, in ms. */
  private static double percentile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
  }
}

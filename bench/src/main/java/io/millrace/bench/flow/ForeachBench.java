package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One foreach after the other, each of more NoOp iterations: how long from the trigger's send to
 * the final reply, and what checkpoints, memory and the share of the subtasks were meanwhile. A few
 * go before that are not measured, so that compiling the job's code is not either.
 */
public final class ForeachBench {
  /** Flink fetches metrics only when asked for, and not again before they are ten seconds old. */
  private static final long METRICS_AGE_MILLIS = 12_000;

  /** How long that takes at the most, as it has them from before until then. */
  private static final long METRICS_FETCH_MILLIS = 5_000;

  private static final long LOOK_MILLIS = 1_000;

  private static final int WARM_UP = 100_000;

  /** Of the time of the fastest loop of the warm-up: one that takes more ends it. */
  private static final double HARDLY = 0.9;

  /** Whose time per iteration the others are compared with. */
  private static final int YARDSTICK = 10_000;

  private final LoadClient client;
  private final JobProbe job;
  private final Processes processes;
  private final int concurrency;
  private final int timeoutSeconds;
  private final SortedMap<Integer, Double> each = new TreeMap<>();

  private ForeachBench(LoadClient client, Settings settings) {
    this.client = client;
    job = new JobProbe(settings.text("flink"));
    processes = new Processes(settings.text("processes"));
    concurrency = settings.number("concurrency");
    timeoutSeconds = settings.number("timeout");
  }

  /** Arguments: see {@code scripts/bench --help}. */
  public static void main(String[] args) throws Exception {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "flink", "127.0.0.1:8081",
                "processes", "",
                "sizes", "1000,10000,100000",
                "concurrency", "1000",
                "warm-up", "10",
                "timeout", "1800"));
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics())) {
      ForeachBench bench = new ForeachBench(client, settings);
      bench.warmUp(settings.number("warm-up"));
      int[] sizes =
          Arrays.stream(settings.text("sizes").split(",", -1))
              .mapToInt(Integer::parseInt)
              .toArray();
      for (int size : sizes) {
        bench.measure("foreach", size);
      }
      if (bench.each.containsKey(YARDSTICK)) {
        // again, as the first is still compiled while it runs
        bench.measure("again", YARDSTICK);
        System.out.println("per iteration, in times of " + YARDSTICK + ": " + bench.ratios());
      }
    }
  }

  /**
   * Loops of {@value #WARM_UP} iterations until one is hardly faster than the fastest before it:
   * how long the JIT compilers are at work is a matter of the machine and of its hour.
   */
  private void warmUp(int most) throws Exception {
    double best = Double.MAX_VALUE;
    for (int loop = 1; loop <= most; loop++) {
      double seconds = run("warm" + loop, WARM_UP) / 1e9;
      System.out.printf(Locale.ROOT, "warm-up: %d iterations in %.1f s%n", WARM_UP, seconds);
      if (seconds > HARDLY * best) {
        return;
      }
      best = seconds;
    }
  }

  private void measure(String name, int iterations) throws Exception {
    SortedMap<Integer, Long> turnsBefore = turns();
    job.look();
    long lastCheckpoint = job.lastCheckpoint();
    processes.reset();

    long nanos = run(name, iterations);

    String used = processes.read();
    double each = (double) nanos / iterations;
    this.each.merge(iterations, each, Math::min);
    Latencies checkpoints = job.checkpointsAfter(lastCheckpoint);
    System.out.printf(
        Locale.ROOT,
        "%9d iterations  %8.2f s  %8.0f iterations/s%n",
        iterations,
        nanos / 1e9,
        1e9 / each);
    System.out.printf(
        Locale.ROOT,
        "           checkpoints: %d, p50 %.0f ms, p99 %.0f ms, max %.0f ms; iterations by subtask: %s%n",
        checkpoints.size(),
        checkpoints.percentile(0.5),
        checkpoints.percentile(0.99),
        checkpoints.percentile(1),
        shares(iterations, turnsBefore, turns()));
    System.out.println("           most memory resident, processor time: " + used);
  }

  private SortedMap<Integer, Long> turns() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(METRICS_AGE_MILLIS);
    job.turns();
    TimeUnit.MILLISECONDS.sleep(METRICS_FETCH_MILLIS);
    return job.turns();
  }

  /** Runs one foreach to its end. Returns the time it took. */
  private long run(String name, int iterations)
      throws IOException, InterruptedException, ExecutionException {
    String id = name + "-" + iterations;
    client.push(id, Workflows.foreach(id, iterations, concurrency));
    CompletableFuture<Reply.Answer> end = new CompletableFuture<>();
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    client.start(id, id, id, answer -> hear(answer, end, begin));
    while (true) {
      try {
        Reply.Answer answer = end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        long nanos = took;
        job.look();
        requireSucceeded(answer);
        client.forget(id);
        return nanos;
      } catch (TimeoutException notYet) {
        job.look();
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "Expected %d iterations to end within %d s, but they did not."
                  .formatted(iterations, timeoutSeconds));
        }
      }
    }
  }

  private volatile long took;

  private void hear(Reply.Answer answer, CompletableFuture<Reply.Answer> end, long begin) {
    boolean last = answer instanceof Reply.RunTold told && told.last();
    if ((last || answer instanceof Reply.Refused) && !end.isDone()) {
      took = System.nanoTime() - begin;
      end.complete(answer);
    }
  }

  private static void requireSucceeded(Reply.Answer answer) {
    if (!(answer instanceof Reply.RunTold told) || told.run().status() != RunStatus.SUCCEEDED) {
      throw new IllegalStateException("Expected the loop to succeed, but got " + answer + ".");
    }
  }

  private String ratios() {
    double yardstick = each.getOrDefault(YARDSTICK, Double.NaN);
    return each.entrySet().stream()
        .map(
            size ->
                String.format(Locale.ROOT, "%d: %.2f", size.getKey(), size.getValue() / yardstick))
        .collect(Collectors.joining(", "));
  }

  /**
   * What each subtask had of the iterations. The parent takes a turn for each of them beside; it is
   * alone on its subtask, which is that of most turns.
   */
  private static String shares(
      int iterations, Map<Integer, Long> before, Map<Integer, Long> after) {
    Map<Integer, Long> taken = new TreeMap<>();
    after.forEach((subtask, turns) -> taken.put(subtask, turns - before.getOrDefault(subtask, 0L)));
    taken.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(parent -> taken.merge(parent.getKey(), -(long) iterations, Long::sum));
    long all = taken.values().stream().mapToLong(Long::longValue).sum();
    return taken.values().stream()
        .map(turns -> String.format(Locale.ROOT, "%.1f %%", 100.0 * turns / all))
        .collect(Collectors.joining(", "));
  }
}

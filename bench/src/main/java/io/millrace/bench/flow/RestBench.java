package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Workflows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Runs of one NoOp step in a closed loop: fills a job with runs that have ended and rest in its
 * state, and measures starts and checkpoints, so that a job with such runs can be compared with one
 * that has none.
 */
public final class RestBench {
  private static final long LOOK_MILLIS = 1_000;

  private final JobProbe job;
  private final ClosedLoop loop;
  private final Latencies latencies = new Latencies();
  private volatile boolean measuring;

  private RestBench(LoadClient client, Settings settings) {
    job = new JobProbe(settings.text("flink"));
    List<String> workflows =
        IntStream.range(0, settings.number("workflows")).mapToObj(i -> "rest-" + i).toList();
    workflows.forEach(id -> client.push(id, Workflows.noOp(id)));
    loop = new ClosedLoop(client, workflows, settings.number("in-flight"), this::ended);
  }

  /** Arguments: see {@code scripts/bench --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "flink", "127.0.0.1:8081",
                "in-flight", "4000",
                "workflows", "8",
                "warmup", "90",
                "fill", "0",
                "fill-seconds", "3600",
                "seconds", "20",
                "against", ""));
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics())) {
      RestBench bench = new RestBench(client, settings);
      bench.fill(
          settings.number("warmup"), settings.number("fill"), settings.number("fill-seconds"));
      if (settings.number("seconds") > 0) {
        bench.measure(settings.number("seconds"), settings.text("against"));
      }
      System.exit(bench.loop.failed() == 0 ? 0 : 1);
    }
  }

  /** All that has run by the end rests in the state, what warmed the job up included. */
  private void fill(int warmup, int runs, int seconds) throws InterruptedException {
    long begin = System.nanoTime();
    loop.load(warmup);
    loop.loadUntil(runs, seconds);
    loop.drain();
    double elapsed = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "filled: %d runs ended in %.1f s (%.0f runs/s), %d of them failed%n",
        loop.ended(),
        elapsed,
        loop.ended() / elapsed,
        loop.failed());
  }

  private void measure(int seconds, String against) throws InterruptedException {
    long resting = loop.ended();
    job.look();
    long lastCheckpoint = job.lastCheckpoint();
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    var unused =
        looks.scheduleAtFixedRate(job::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    measuring = true;
    long begin = System.nanoTime();
    loop.load(seconds);
    double elapsed = (System.nanoTime() - begin) / 1e9;
    measuring = false;
    loop.drain();
    job.look();
    looks.shutdownNow();

    Latencies checkpoints = job.checkpointsAfter(lastCheckpoint);
    double[] figures = {
      latencies.size() / elapsed, checkpoints.percentile(0.5), checkpoints.percentile(0.99)
    };
    System.out.printf(
        Locale.ROOT,
        "%.0f starts/s, p50 %.0f ms, p99 %.0f ms, beside %d runs that had ended before;"
            + " checkpoints: %d, p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        figures[0],
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        resting,
        checkpoints.size(),
        figures[1],
        figures[2],
        checkpoints.percentile(1));
    System.out.printf(Locale.ROOT, "figures: %.1f,%.1f,%.1f%n", figures[0], figures[1], figures[2]);
    if (!against.isEmpty()) {
      double[] before =
          Arrays.stream(against.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      System.out.printf(
          Locale.ROOT,
          "against none: time per start %.2f, checkpoints p50 %.2f, p99 %.2f of that%n",
          before[0] / figures[0],
          figures[1] / before[1],
          figures[2] / before[2]);
    }
  }

  private void ended(long nanos) {
    if (measuring) {
      latencies.add(nanos);
    }
  }
}

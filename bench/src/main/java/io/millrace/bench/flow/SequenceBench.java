package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sequences of five steps, over real Kafka: runs and steps per second, and the time from the
 * trigger's send to the final reply, with a fixed number of runs under way.
 */
public final class SequenceBench {
  private static final int STEPS = 5;

  private final LoadClient client;
  private final String kind;
  private final List<String> workflows;
  private final ClosedLoop loop;
  private final Latencies latencies = new Latencies();
  private volatile boolean measuring;

  private SequenceBench(LoadClient client, Settings settings) {
    this.client = client;
    kind = settings.text("kind");
    workflows =
        IntStream.range(0, settings.number("workflows"))
            .mapToObj(i -> "bench-" + kind + "-" + i)
            .toList();
    loop = new ClosedLoop(client, workflows, settings.number("in-flight"), this::ended);
  }

  /** Arguments: see {@code scripts/bench --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "kind", "noop",
                "in-flight", "1",
                "workflows", "8",
                "warmup", "10",
                "seconds", "20",
                "worker", "true"));
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics())) {
      SequenceBench bench = new SequenceBench(client, settings);
      System.out.println(
          settings.text("kind").equals("worker") && settings.flag("worker")
              ? bench.measureWithWorker(settings)
              : bench.measure(settings));
    }
  }

  private String measureWithWorker(Settings settings) throws InterruptedException {
    try (Worker worker = LoadWorker.start(settings.brokers(), settings.topics(), 10_000)) {
      String line = measure(settings);
      return line + worker.failure().map(e -> "  worker failed: " + e).orElse("");
    }
  }

  private String measure(Settings settings) throws InterruptedException {
    for (String id : workflows) {
      client.push(
          id, kind.equals("noop") ? Workflows.noOpSequence(id) : Workflows.workerSequence(id));
    }
    loop.load(settings.number("warmup"));
    measuring = true;
    long begin = System.nanoTime();
    loop.load(settings.number("seconds"));
    double elapsed = (System.nanoTime() - begin) / 1e9;
    measuring = false;
    loop.drain();
    double runs = latencies.size() / elapsed;
    return "%-6s  in flight %5d  %8.0f runs/s  %9.0f steps/s  p50 %7.1f ms  p99 %7.1f ms  failed %d"
        .formatted(
            kind,
            settings.number("in-flight"),
            runs,
            runs * STEPS,
            latencies.percentile(0.50),
            latencies.percentile(0.99),
            loop.failed());
  }

  private void ended(long nanos) {
    if (measuring) {
      latencies.add(nanos);
    }
  }
}

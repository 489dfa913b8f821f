package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.worker.Worker;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sequences of five steps, over real Kafka: runs and steps per second, and the time from the
 * trigger's send to the final reply, with a fixed number of runs under way.
 */
public final class SequenceBench {
  private static final int STEPS = 5;

  private final LoadClient client;
  private final String kind;
  private final int workflows;
  private final Semaphore room;
  private final Latencies latencies = new Latencies();
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean measuring;

  private SequenceBench(LoadClient client, Settings settings) {
    this.client = client;
    kind = settings.text("kind");
    workflows = settings.number("workflows");
    room = new Semaphore(settings.number("in-flight"));
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
    for (int i = 0; i < workflows; i++) {
      String id = workflow(i);
      client.push(
          id, kind.equals("noop") ? Workflows.noOpSequence(id) : Workflows.workerSequence(id));
    }
    load(settings.number("warmup"));
    measuring = true;
    long begin = System.nanoTime();
    load(settings.number("seconds"));
    double elapsed = (System.nanoTime() - begin) / 1e9;
    measuring = false;
    drain(settings.number("in-flight"));
    double runs = latencies.size() / elapsed;
    return "%-6s  in flight %5d  %8.0f runs/s  %9.0f steps/s  p50 %7.1f ms  p99 %7.1f ms  failed %d"
        .formatted(
            kind,
            settings.number("in-flight"),
            runs,
            runs * STEPS,
            latencies.percentile(0.50),
            latencies.percentile(0.99),
            failed.get());
  }

  /** Keeps the wanted number of runs under way; they may end after this returns. */
  private void load(int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; System.nanoTime() < end; i++) {
      if (!room.tryAcquire(1, TimeUnit.SECONDS)) {
        continue;
      }
      String workflow = workflow(i % workflows);
      String request = UUID.randomUUID().toString();
      long sent = System.nanoTime();
      client.start(workflow, workflow, request, answer -> hear(request, sent, answer));
    }
  }

  private void hear(String request, long sent, Reply.Answer answer) {
    if (answer instanceof Reply.RunTold told && told.last()) {
      client.forget(request);
      if (measuring) {
        latencies.add(System.nanoTime() - sent);
      }
      if (told.run().status() != RunStatus.SUCCEEDED) {
        failed.incrementAndGet();
      }
      room.release();
    } else if (answer instanceof Reply.Refused refused) {
      throw new IllegalStateException("Expected a start to be taken, but it was " + refused + ".");
    }
  }

  private void drain(int inFlight) throws InterruptedException {
    if (!room.tryAcquire(inFlight, 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "Expected all runs to end within 60 s, but "
              + (inFlight - room.availablePermits())
              + " did not.");
    }
  }

  private String workflow(int number) {
    return "bench-" + kind + "-" + number;
  }
}

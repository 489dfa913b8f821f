package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.worker.Worker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Triggers as fast as Kafka takes them. Meanwhile sleeping runs are stopped one after the other and
 * runs of worker steps are started one after the other, to see whether stops and reports wait
 * behind the flood. A small flood goes before, so that compiling the job's code is not measured.
 */
public final class FloodBench {
  private static final int WORKFLOWS = 16;
  private static final int SLEEPERS = 2_000;
  private static final int WARM_UP_STOPS = 100;

  private final LoadClient client;
  private final int triggers;
  private final AtomicLong nextSleeper = new AtomicLong(1);
  private final AtomicLong ended = new AtomicLong();
  private final AtomicBoolean flooding = new AtomicBoolean(true);
  private final ConcurrentHashMap<String, Boolean> seen = new ConcurrentHashMap<>();

  private FloodBench(LoadClient client, int triggers) {
    this.client = client;
    this.triggers = triggers;
  }

  /** Arguments: see {@code scripts/bench --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(args, Map.of("triggers", "200000", "warm-up", "40000", "timeout", "900"));
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics());
        Worker worker = LoadWorker.start(settings.brokers(), settings.topics(), 10_000)) {
      boolean done =
          new FloodBench(client, settings.number("triggers"))
              .run(settings.number("warm-up"), settings.number("timeout"));
      worker.failure().ifPresent(e -> System.out.println("worker failed: " + e));
      System.exit(done ? 0 : 1);
    }
  }

  private boolean run(int warmUp, int timeoutSeconds) throws InterruptedException {
    for (int i = 0; i < WORKFLOWS; i++) {
      client.push(workflow(i), Workflows.noOpSequence(workflow(i)));
    }
    client.push("flood-work", Workflows.workerSequence("flood-work"));
    client.push("flood-nap", Workflows.mixed("flood-nap", 3_600));
    for (int i = 0; i < SLEEPERS + WARM_UP_STOPS; i++) {
      client.start("flood-nap", "flood-nap", "nap-" + i, answer -> {});
    }
    warmUp(warmUp, timeoutSeconds);
    Latencies stops = new Latencies();
    Latencies works = new Latencies();
    Thread stopper = probe("stops", () -> stop(stops));
    Thread worker = probe("works", () -> work(works));

    long begin = System.nanoTime();
    send("flood-", triggers);
    double sent = (System.nanoTime() - begin) / 1e9;
    awaitEnded(triggers, timeoutSeconds);
    double all = (System.nanoTime() - begin) / 1e9;
    flooding.set(false);
    stopper.join();
    worker.join();
    System.out.printf(
        "%d triggers: sent in %.1f s (%.0f/s), %d runs ended after %.1f s (%.0f runs/s)%n",
        triggers, sent, triggers / sent, ended.get(), all, ended.get() / all);
    print("a stop answered", stops);
    print("a run of 5 worker steps", works);
    return ended.get() == triggers;
  }

  /** Nothing of this is counted. */
  private void warmUp(int runs, int timeoutSeconds) throws InterruptedException {
    send("warm-", runs);
    for (int i = 0; i < WARM_UP_STOPS; i++) {
      stop(new Latencies());
    }
    awaitEnded(runs, timeoutSeconds);
    if (ended.get() != runs) {
      throw new IllegalStateException(
          "Expected all %d runs of the warm-up to end, but %d did.".formatted(runs, ended.get()));
    }
    System.out.printf("warmed up by %d triggers and %d stops%n", ended.get(), WARM_UP_STOPS);
    ended.set(0);
  }

  private void send(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      String request = prefix + i;
      client.start(
          workflow(i % WORKFLOWS), workflow(i % WORKFLOWS), request, a -> hear(request, a));
    }
    client.flush();
  }

  private void awaitEnded(int runs, int timeoutSeconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    while (ended.get() < runs && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void hear(String request, Reply.Answer answer) {
    boolean last = answer instanceof Reply.RunTold told && told.last();
    if (last && seen.putIfAbsent(request, true) == null) {
      client.forget(request);
      ended.incrementAndGet();
    }
  }

  private Thread probe(String name, Runnable once) {
    Thread thread =
        new Thread(
            () -> {
              while (flooding.get()) {
                once.run();
              }
            },
            name);
    thread.start();
    return thread;
  }

  private void stop(Latencies latencies) {
    long sleeper = nextSleeper.getAndIncrement();
    if (sleeper > SLEEPERS + WARM_UP_STOPS) {
      return;
    }
    long begin = System.nanoTime();
    client.act(ActionRequest.Action.STOP, "flood-nap/" + sleeper);
    latencies.add(System.nanoTime() - begin);
    pause();
  }

  /** From the answer to the start, which waits among the other triggers, to the end of the run. */
  private void work(Latencies latencies) {
    CountDownLatch end = new CountDownLatch(1);
    String request = "work-" + latencies.size();
    AtomicLong accepted = new AtomicLong();
    client.start(
        "flood-work",
        "flood-work",
        request,
        answer -> {
          if (answer instanceof Reply.Started) {
            accepted.compareAndSet(0, System.nanoTime());
          } else if (answer instanceof Reply.RunTold told && told.last()) {
            latencies.add(System.nanoTime() - accepted.get());
            end.countDown();
          }
        });
    try {
      if (!end.await(120, TimeUnit.SECONDS)) {
        System.out.println("a run of worker steps did not end within 120 s: " + request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.forget(request);
    pause();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(String what, Latencies latencies) {
    System.out.printf(
        "%-26s %5d times  p50 %8.1f ms  p99 %8.1f ms  max %8.1f ms%n",
        what,
        latencies.size(),
        latencies.percentile(0.50),
        latencies.percentile(0.99),
        latencies.percentile(1.0));
  }

  private static String workflow(int number) {
    return "flood-" + number;
  }
}

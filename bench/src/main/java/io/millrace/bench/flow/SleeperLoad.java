package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Workflows;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many runs that sleep at once, over as many workflows as one may have in progress, and are due
 * evenly over a span of time. Says on standard output how many were accepted and have begun to
 * sleep once a second, and at the end how many have ended. It goes on through a savepoint and a
 * restore.
 */
public final class SleeperLoad {
  /** Starts that wait to be accepted: a run sleeps from then, so it must not wait long. */
  private static final int UNACCEPTED = 1_000;

  /** That its step has ended, and that it has: nothing is read before all can have said so. */
  private static final int EVENTS_OF_AN_END = 2;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Semaphore room = new Semaphore(UNACCEPTED);
  private final Map<String, Long> secondsOfRequest = new ConcurrentHashMap<>();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final int runs;
  private final String name;

  private SleeperLoad(Settings settings) {
    runs = settings.number("runs");
    name = settings.text("name");
  }

  /** Arguments: see {@code scripts/bench --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "name", "nap",
                "runs", "100000",
                "warmup", "90",
                "first-due", "120",
                "span", "600",
                "timeout", "1800"));
    System.exit(new SleeperLoad(settings).run(settings) ? 0 : 1);
  }

  private boolean run(Settings settings) throws InterruptedException {
    int workflows = (runs + Workflows.CONCURRENCY - 1) / Workflows.CONCURRENCY;
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics())) {
      for (int i = 0; i < workflows; i++) {
        client.push(name + "-" + i, Workflows.nap(name + "-" + i));
      }
      warmUp(client, settings.number("warmup"));
      try (SleepWatch watch =
          new SleepWatch(settings.brokers(), settings.topics(), secondsOfRequest)) {
        sleep(client, watch, workflows, settings);
        System.out.println("end: " + counts(watch));
        return watch.ended() == runs;
      }
    }
  }

  private void sleep(LoadClient client, SleepWatch watch, int workflows, Settings settings)
      throws InterruptedException {
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.SECONDS.toNanos(settings.number("timeout"));
    feed(client, workflows, settings);
    double fed = (System.nanoTime() - begin) / 1e9;
    while (watch.asleep() < runs && System.nanoTime() < deadline) {
      System.out.println("feeding: " + counts(watch));
      watch.look(LOOK);
    }
    System.out.printf(
        "asleep: %s after %.1f s, %.1f of them to send all; due from %d to %d%n",
        counts(watch), (System.nanoTime() - begin) / 1e9, fed, watch.firstDue(), watch.lastDue());
    while (watch.ended() < runs && System.nanoTime() < deadline) {
      System.out.println("waiting: " + counts(watch));
      if (watch.waiting() < (long) EVENTS_OF_AN_END * (runs - watch.ended())) {
        TimeUnit.SECONDS.sleep(LOOK.toSeconds());
      } else {
        watch.look(LOOK);
      }
    }
  }

  /** Runs that do not sleep: the checker does not take them for naps. */
  private void warmUp(LoadClient client, int seconds) throws InterruptedException {
    List<String> workflows = List.of(name + "-warm-0", name + "-warm-1");
    workflows.forEach(id -> client.push(id, Workflows.noOp(id)));
    ClosedLoop loop = new ClosedLoop(client, workflows, Workflows.CONCURRENCY, nanos -> {});
    loop.load(seconds);
    loop.drain();
    System.out.println("warmed up by " + loop.ended() + " runs that do not sleep");
  }

  /** The n-th is due at its share of the span, whenever its start is sent. */
  private void feed(LoadClient client, int workflows, Settings settings)
      throws InterruptedException {
    double first = settings.number("first-due");
    double each = (double) settings.number("span") / runs;
    long begin = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      room.acquire();
      double left = first + each * i - (System.nanoTime() - begin) / 1e9;
      String workflow = name + "-" + i % workflows;
      String request = name + "-" + i;
      long seconds = Math.max(1, Math.round(left));
      secondsOfRequest.put(request, seconds);
      client.launch(
          workflow,
          workflow,
          request,
          Map.of(Workflows.NAP_SECONDS, ParamDefinition.literal(new ParamValue.Int(seconds))),
          answer -> hear(request, answer));
    }
    client.flush();
  }

  private void hear(String request, Reply.Answer answer) {
    if (answer instanceof Reply.Started) {
      if (accepted.add(request)) {
        room.release();
      }
    } else if (answer instanceof Reply.Refused refused) {
      throw new IllegalStateException("Expected a start to be taken, but it was " + refused + ".");
    }
  }

  private String counts(SleepWatch watch) {
    return "%d sent, %d accepted, %d asleep, %d ended"
        .formatted(runs, accepted.size(), watch.asleep(), watch.ended());
  }
}

package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.LoadWorker;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.Reply;
import io.millrace.worker.Worker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Many runs of a mixed workflow, started at once and awaited to their end, with their worker. Says
 * on standard output how many were accepted and have ended, once a second, so that a script can
 * choose when to strike. It goes on through whatever happens to the job and the broker.
 */
public final class CrashLoad {
  private static final int WORKFLOWS = 10;

  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private CrashLoad() {}

  /** Arguments: see {@code scripts/e2e --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "runs", "5000",
                "name", "crash",
                "nap", "90",
                "keyed", "true",
                "per-second", "0",
                "remembered-answers", "1000000",
                "timeout", "600"));
    System.exit(new CrashLoad().run(settings) ? 0 : 1);
  }

  private boolean run(Settings settings) throws InterruptedException {
    int runs = settings.number("runs");
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics());
        Worker worker =
            LoadWorker.start(
                settings.brokers(), settings.topics(), settings.number("remembered-answers"))) {
      for (int i = 0; i < WORKFLOWS; i++) {
        String id = workflow(settings, i);
        client.push(id, Workflows.mixed(id, napSeconds(settings, i)));
      }
      start(client, settings, runs);
      boolean all = await(settings, runs);
      System.out.println(
          "end: " + counts(runs) + worker.failure().map(e -> ", worker failed: " + e).orElse(""));
      return all;
    }
  }

  private void start(LoadClient client, Settings settings, int runs) throws InterruptedException {
    int perSecond = settings.number("per-second");
    for (int i = 0; i < runs; i++) {
      String workflow = workflow(settings, i % WORKFLOWS);
      String request = settings.text("name") + "-" + i;
      client.start(
          workflow,
          settings.flag("keyed") ? workflow : null,
          request,
          answer -> hear(request, answer));
      if (perSecond > 0 && i % perSecond == perSecond - 1) {
        TimeUnit.SECONDS.sleep(1);
        System.out.println("sending: " + counts(runs));
      }
    }
    client.flush();
  }

  /** Naps from a tenth of the longest to the longest, so that something ends in each moment. */
  private static int napSeconds(Settings settings, int workflow) {
    return Math.max(1, settings.number("nap") * (workflow + 1) / WORKFLOWS);
  }

  private boolean await(Settings settings, int runs) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.number("timeout"));
    while (ended.size() + refused.size() < runs && System.nanoTime() < end) {
      System.out.println("waiting: " + counts(runs));
      TimeUnit.SECONDS.sleep(1);
    }
    return ended.size() == runs;
  }

  private void hear(String request, Reply.Answer answer) {
    if (answer instanceof Reply.Started) {
      accepted.add(request);
    } else if (answer instanceof Reply.RunTold told && told.last()) {
      ended.add(request);
    } else if (answer instanceof Reply.Refused refusal) {
      if (refused.add(request)) {
        System.out.println("refused: " + request + " " + refusal.message());
      }
    }
  }

  private String counts(int runs) {
    return runs
        + " sent, "
        + accepted.size()
        + " accepted, "
        + ended.size()
        + " ended, "
        + refused.size()
        + " refused";
  }

  private static String workflow(Settings settings, int number) {
    return settings.text("name") + "-" + number;
  }
}

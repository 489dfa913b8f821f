package io.millrace.bench.flow;

import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Workflows;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One foreach of many NoOp iterations, started and awaited to its end. Says on standard output how
 * many iterations have ended, once a second, so that a script can choose when to strike. It goes on
 * through whatever happens to the job.
 */
public final class LoopLoad {
  /** How {@code show} tells of a loop that runs. */
  private static final Pattern PROGRESS = Pattern.compile("(\\d+) of (\\d+) have succeeded");

  private final AtomicReference<@Nullable RunView> end = new AtomicReference<>();
  private long ended;

  private LoopLoad() {}

  /** Arguments: see {@code scripts/e2e --help}. */
  public static void main(String[] args) throws InterruptedException {
    Settings settings =
        new Settings(
            args,
            Map.of(
                "name", "loop",
                "iterations", "100000",
                "concurrency", "1000",
                "timeout", "900"));
    System.exit(new LoopLoad().run(settings) ? 0 : 1);
  }

  private boolean run(Settings settings) throws InterruptedException {
    String id = settings.text("name");
    int iterations = settings.number("iterations");
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.SECONDS.toNanos(settings.number("timeout"));
    try (LoadClient client = new LoadClient(settings.brokers(), settings.topics())) {
      client.push(id, Workflows.foreach(id, iterations, settings.number("concurrency")));
      client.start(id, id, id, this::hear);
      while (end.get() == null && System.nanoTime() < deadline) {
        look(client, id + "/1");
        System.out.println("waiting: " + ended + " of " + iterations + " ended");
        TimeUnit.SECONDS.sleep(1);
      }
    }
    RunView run = end.get();
    System.out.printf(
        "end: %d iterations after %.1f s, the run is %s%n",
        iterations,
        (System.nanoTime() - begin) / 1e9,
        run == null ? "not over" : run.status().toString());
    return run != null && run.status() == RunStatus.SUCCEEDED;
  }

  /** While the job is down nobody answers, and nothing is known to have changed. */
  private void look(LoadClient client, String run) {
    try {
      if (client.act(ActionRequest.Action.SHOW, run) instanceof Reply.RunTold told) {
        for (RunView.StepView step : told.run().steps()) {
          Matcher progress = PROGRESS.matcher(String.valueOf(step.waitingFor()));
          if (progress.find()) {
            ended = Long.parseLong(progress.group(1));
          }
        }
      }
    } catch (IllegalStateException unanswered) {
      System.out.println("unanswered: " + unanswered.getMessage());
    }
  }

  private void hear(Reply.Answer answer) {
    if (answer instanceof Reply.RunTold told && told.last()) {
      end.set(told.run());
    } else if (answer instanceof Reply.Refused refused) {
      throw new IllegalStateException("Expected a start to be taken, but it was " + refused + ".");
    }
  }
}

package io.millrace.engine.model;

import io.millrace.protocol.RunStatus;
import java.util.Comparator;

/**
 * Which runs of a workflow may begin. Only the strategies SEQUENTIAL, PARALLEL and FIRST_ONLY
 * (Maestro semantics 6).
 */
final class Queues {
  private final Model model;

  Queues(Model model) {
    this.model = model;
  }

  /** Oldest instances go first, so a restarted one may overtake. */
  void arrive(Run run) {
    Flow flow = run.version.flow();
    switch (flow.strategy().rule()) {
      case FIRST_ONLY -> {
        if (!flow.running.isEmpty()) {
          model.runs.end(run, RunStatus.STOPPED);
          return;
        }
      }
      case SEQUENTIAL, PARALLEL -> {}
      case STRICT_SEQUENTIAL, LAST_ONLY, SERIAL_LATEST_ONLY ->
          throw new UnsupportedOperationException(
              "Expected a strategy the model has, but it is " + flow.strategy() + ".");
    }
    flow.queue.add(run);
    serve(flow);
  }

  void ended(Run run) {
    Flow flow = run.version.flow();
    flow.queue.remove(run);
    flow.running.remove(run);
    model.agenda.soon(() -> serve(flow));
  }

  private void serve(Flow flow) {
    while (!flow.queue.isEmpty() && flow.running.size() < flow.strategy().concurrency()) {
      Run oldest =
          flow.queue.stream().min(Comparator.comparingLong(run -> run.instance)).orElseThrow();
      flow.queue.remove(oldest);
      flow.running.add(oldest);
      model.agenda.soon(() -> model.runs.begin(oldest));
    }
  }
}

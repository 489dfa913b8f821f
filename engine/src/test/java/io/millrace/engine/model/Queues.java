package io.millrace.engine.model;

import io.millrace.definition.RunStrategy;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Which runs of a workflow may begin (Maestro semantics 6). */
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
        if (!flow.running.isEmpty() || !flow.queue.isEmpty()) {
          model.runs.end(run, RunStatus.STOPPED);
          return;
        }
      }
      case LAST_ONLY -> {
        doubtReplacements(flow);
        stopQueued(flow);
        for (Run other : List.copyOf(flow.running)) {
          flow.replacedMs = model.agenda.now();
          model.agenda.soon(() -> model.runs.close(other, StepStatus.STOPPED));
        }
      }
      case SERIAL_LATEST_ONLY -> stopQueued(flow);
      case SEQUENTIAL, STRICT_SEQUENTIAL, PARALLEL -> {}
    }
    flow.queue.add(run);
    serve(flow);
  }

  /** Until what is below the run that is replaced has ended too, the next one is in the queue. */
  private void doubtReplacements(Flow flow) {
    if (Objects.equals(flow.replacedMs, model.agenda.now())) {
      model.doubt("an arrival at the instant at which the run before it replaces another");
    }
  }

  private void stopQueued(Flow flow) {
    List.copyOf(flow.queue).forEach(queued -> model.runs.end(queued, RunStatus.STOPPED));
  }

  void ended(Run run) {
    Flow flow = run.version.flow();
    flow.queue.remove(run);
    flow.running.remove(run);
    model.agenda.soon(() -> serve(flow));
  }

  private void serve(Flow flow) {
    while (!flow.queue.isEmpty()
        && flow.running.size() < flow.strategy().concurrency()
        && !isBlocked(flow)) {
      Run oldest =
          flow.queue.stream().min(Comparator.comparingLong(run -> run.instance)).orElseThrow();
      flow.queue.remove(oldest);
      flow.running.add(oldest);
      model.agenda.soon(() -> model.runs.begin(oldest));
    }
  }

  /** An instance whose last run failed blocks until it is restarted. */
  private boolean isBlocked(Flow flow) {
    if (flow.strategy().rule() != RunStrategy.Rule.STRICT_SEQUENTIAL) {
      return false;
    }
    for (Run latest : flow.instances) {
      if (latest.status == RunStatus.SUCCEEDED && Aggregates.of(latest) == RunStatus.FAILED) {
        model.doubt("an instance that failed though its last run succeeded");
      }
    }
    return flow.instances.stream().anyMatch(latest -> latest.status == RunStatus.FAILED);
  }
}

package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.LeafCounts;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run as users see it, with the reason of every wait. */
final class RunViews {
  private RunViews() {}

  /**
   * The view of a run.
   *
   * @param address of the instance
   * @param leaves those of the run and of all below it
   * @param find a step by id, if it was created
   * @param waitingFor why a RUNNING step does not get on
   */
  static RunView of(
      InstanceAddress address,
      RunRecord run,
      LeafCounts leaves,
      Function<String, Optional<StepRun>> find,
      Function<StepRun, Optional<String>> waitingFor) {
    List<RunView.StepView> views = new ArrayList<>();
    for (String stepId : run.steps()) {
      find.apply(stepId).ifPresent(step -> views.add(step(step, waitingFor)));
    }
    return new RunView(
        address.workflowId(),
        address.instance(),
        run.run(),
        address + ":" + run.run(),
        run.runUuid(),
        run.version(),
        run.status(),
        run.reason(),
        null,
        run.createdAt(),
        run.startedAt(),
        run.endedAt(),
        run.params(),
        views,
        leaves.counts(),
        leaves.failing());
  }

  private static RunView.StepView step(
      StepRun step, Function<StepRun, Optional<String>> waitingFor) {
    return new RunView.StepView(
        step.stepId(),
        step.status(),
        step.attempt(),
        step.startedAt(),
        step.endedAt(),
        waits(step, waitingFor),
        step.message(),
        step.progress(),
        step.logTail(),
        step.link(),
        step.params());
  }

  private static @Nullable String waits(
      StepRun step, Function<StepRun, Optional<String>> waitingFor) {
    Long retryAt = step.retryAt();
    if (step.status().isRetrying() && retryAt != null) {
      return "Attempt "
          + (step.attempt() + 1)
          + " begins at "
          + Instant.ofEpochMilli(retryAt)
          + ".";
    }
    if (step.status() == StepStatus.CREATED) {
      return "The time of what it is part of is over, so that it is about to be ended.";
    }
    return step.status() == StepStatus.RUNNING ? waitingFor.apply(step).orElse(null) : null;
  }
}

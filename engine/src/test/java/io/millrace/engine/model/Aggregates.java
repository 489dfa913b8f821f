package io.millrace.engine.model;

import io.millrace.definition.StepDefinition;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;

/** The status of an instance over all its runs (Maestro semantics 3.4). */
final class Aggregates {
  private Aggregates() {}

  /**
   * A run that did not succeed is taken as it is; after a restart that did, the latest status of
   * every step counts, and as long as some was never created nothing changes.
   */
  static RunStatus of(Run run) {
    if (run.status != RunStatus.SUCCEEDED || run.previous == null) {
      return run.status;
    }
    if (latest(run, StepStatus.FATALLY_FAILED) || latest(run, StepStatus.INTERNALLY_FAILED)) {
      return RunStatus.FAILED;
    } else if (latest(run, StepStatus.TIMED_OUT)) {
      return RunStatus.TIMED_OUT;
    } else if (latest(run, StepStatus.STOPPED)) {
      return RunStatus.STOPPED;
    }
    for (StepDefinition step : run.level) {
      if (!run.latest.containsKey(step.id())) {
        return of(run.previous);
      }
    }
    return RunStatus.SUCCEEDED;
  }

  private static boolean latest(Run run, StepStatus status) {
    return run.latest.values().stream().anyMatch(step -> step.status == status);
  }
}

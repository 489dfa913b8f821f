package io.millrace.engine.step;

import io.millrace.definition.TypedStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.util.Locale;
import java.util.Optional;

/**
 * Work done outside: a task on the queue named after the type in lower case, or by the step's
 * {@code queue} param (deviations 28).
 */
final class WorkerStep implements StepBehavior {
  private static final String QUEUE = "queue";
  private static final String UNNAMED_FAILURE = "The worker gave no message.";

  @Override
  public void begin(StepContext step) {
    String queue = queue(step.definition(), step.step());
    if (!step.declares(queue)) {
      step.fail(
          Report.Failure.PLATFORM,
          "Expected queue '" + queue + "' to be declared, but the job's option names others.",
          true);
      return;
    }
    step.dispatch(queue);
    step.running();
  }

  @Override
  public void reported(StepContext step, Report report) {
    switch (report.kind()) {
      case STARTED, HEARTBEAT, PROGRESS ->
          step.progress(
              report.worker(),
              report.message(),
              report.progress(),
              report.logTail(),
              report.link());
      case SUCCEEDED -> {
        step.progress(report.worker(), null, report.progress(), report.logTail(), report.link());
        step.succeed(report.outputs());
      }
      case FAILED -> {
        step.progress(report.worker(), null, report.progress(), report.logTail(), report.link());
        String message = report.message();
        Report.Failure whose = report.failure();
        step.fail(
            whose == null ? Report.Failure.PLATFORM : whose,
            message == null ? UNNAMED_FAILURE : message,
            !Boolean.FALSE.equals(report.retryable()));
      }
    }
  }

  @Override
  public void abandoned(StepContext step, String reason) {
    step.cancel(reason);
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    return step.workerStarted()
        ? Optional.empty()
        : Optional.of("It waits for a worker to take its task.");
  }

  private static String queue(TypedStep definition, StepRun step) {
    return step.params().get(QUEUE) instanceof ParamValue.Text given
        ? given.value()
        : definition.type().toLowerCase(Locale.ROOT);
  }
}

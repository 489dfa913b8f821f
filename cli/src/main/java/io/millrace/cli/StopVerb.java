package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends what is open as STOPPED. */
@Command(
    name = "stop",
    description = {
      "Stops a run and all it has open.",
      "Of a workflow such as retail-etl: all its runs, queued and running."
    })
final class StopVerb extends ActionVerb {
  @Option(names = "--step", paramLabel = "STEP", description = "Only this step of the run.")
  private @Nullable String step;

  @Override
  void check() {
    requireTargetOfStep(step);
  }

  @Override
  ActionRequest request() {
    return request(Action.STOP, step);
  }
}

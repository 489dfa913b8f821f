package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends what is open as FAILED. */
@Command(
    name = "kill",
    description = {
      "Ends a run as FAILED, and all it has open.",
      "Of a workflow such as retail-etl: all its runs, queued and running."
    })
final class KillVerb extends ActionVerb {
  @Option(names = "--step", paramLabel = "STEP", description = "Only this step of the run.")
  private @Nullable String step;

  @Override
  void check() {
    requireTargetOfStep(step);
  }

  @Override
  ActionRequest request() {
    return request(Action.KILL, step);
  }
}

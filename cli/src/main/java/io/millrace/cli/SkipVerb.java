package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a step count as done. */
@Command(
    name = "skip",
    description = {
      "Skips a step, as if it were done.",
      "If the run has ended, it is run again from that step on."
    })
final class SkipVerb extends ActionVerb {
  @Option(
      names = "--step",
      paramLabel = "STEP",
      required = true,
      description = "The step of the run.")
  private String step = "";

  @Override
  void check() {
    requireRun(target());
    requireStep(step);
  }

  @Override
  ActionRequest request() {
    return request(Action.SKIP, step);
  }
}

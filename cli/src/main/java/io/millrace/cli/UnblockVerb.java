package io.millrace.cli;

import io.millrace.address.RunAddress;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Lets failures no longer hold up a queue. */
@Command(
    name = "unblock",
    description = {
      "Lets a failed instance no longer hold up a STRICT_SEQUENTIAL queue.",
      "Of a workflow such as retail-etl: all that have failed so far."
    })
final class UnblockVerb extends ActionVerb {
  @Override
  void check() {
    requireTarget(target());
    Optional<RunAddress> run = RunAddress.parse(target());
    if (run.isPresent() && !run.get().instance().isWorkflowInstance()) {
      throw wrongUsage(
          "Expected RUN to be a workflow or an instance such as retail-etl/7, but found '"
              + target()
              + "'.");
    }
  }

  @Override
  ActionRequest request() {
    return request(Action.UNBLOCK, null);
  }
}

package io.millrace.cli;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.RestartPolicy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs again what has ended: an instance, an iteration, or a step. */
@Command(
    name = "restart",
    description = {
      "Runs again what has ended.",
      "Of a run that has ended it makes the next run of its instance."
    })
final class RestartVerb extends ActionVerb {
  /** What may be chosen; the policy FROM_SPECIFIC follows from the step or iteration. */
  enum Policy {
    FROM_BEGINNING,
    FROM_INCOMPLETE
  }

  @Option(names = "--step", paramLabel = "STEP", description = "Only from this step of the run on.")
  private @Nullable String step;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = {
        "FROM_BEGINNING or FROM_INCOMPLETE (default): whether what is complete runs again too."
      })
  private @Nullable Policy policy;

  @Option(
      names = "-p",
      paramLabel = "NAME=VALUE",
      description = {
        "A param over that of the run, or of the step if one is named.",
        "A JSON number, boolean, array or object is that; all else is text."
      })
  private List<String> params = List.of();

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Makes a repeated restart harmless; by default a new one.")
  private @Nullable String requestId;

  private Map<String, ParamDefinition> restartParams = Map.of();

  @Override
  void check() {
    requireRun(target());
    requireStep(step);
    restartParams = readParams(params);
  }

  @Override
  ActionRequest request() {
    return new ActionRequest(
        Action.RESTART,
        target(),
        null,
        reason(),
        User.name(),
        null,
        step,
        policy == null ? null : RestartPolicy.valueOf(policy.name()),
        restartParams,
        requestId == null ? UUID.randomUUID().toString() : requestId);
  }
}

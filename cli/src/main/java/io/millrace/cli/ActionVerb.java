package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs that do something to a run, or to a workflow's runs, have in common. */
abstract class ActionVerb extends OnlineVerb {
  @Parameters(
      paramLabel = "RUN",
      description = "Such as retail-etl/7, or retail-etl/7/per-shop/3 for an iteration.")
  private String target = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
  private @Nullable String reason;

  /** The request, without a precondition. */
  abstract ActionRequest request();

  final String target() {
    return target;
  }

  final @Nullable String reason() {
    return reason;
  }

  /** An action without params. */
  final ActionRequest request(Action action, @Nullable String step) {
    return new ActionRequest(
        action, target, null, reason, User.name(), null, step, null, Map.of(), null);
  }

  /** A whole workflow may be meant, but then no step of it. */
  final void requireTargetOfStep(@Nullable String step) {
    if (step == null) {
      requireTarget(target);
    } else {
      requireRun(target);
    }
    requireStep(step);
  }

  final void requireStep(@Nullable String step) {
    if (step != null && step.isBlank()) {
      throw wrongUsage("Expected --step to be the id of a step, but it is empty.");
    }
  }

  @Override
  final int run(Link link, Output output) throws NotReached {
    try (Conversation conversation = link.converse()) {
      return new Acting(conversation, request(), output).run();
    }
  }
}

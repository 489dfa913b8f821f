package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells each change of a run until its end; as JSON, only what it is at its end. */
@Command(
    name = "watch",
    description = "Tells each change of a run until it ends; exit 1 unless it succeeds.")
final class WatchVerb extends OnlineVerb {
  /** Long enough that two renewals may be lost. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEW = Duration.ofSeconds(10);

  @Parameters(paramLabel = "RUN", description = "Such as retail-etl/7.")
  private String target = "";

  @Override
  void check() {
    requireRun(target);
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    try (Conversation conversation = link.converse()) {
      return watch(conversation, target, output);
    }
  }

  static int watch(Conversation conversation, String target, Output output) throws NotReached {
    RunChanges changes = new RunChanges();
    ActionRequest request =
        new ActionRequest(Action.WATCH, target, null, null, User.name(), LEASE.toMillis());
    Answer end =
        new RunFollower(conversation, Set.of(), RENEW)
            .follow(
                Ask.action(conversation.topics(), request),
                true,
                run -> output.text(changes.next(run)));
    if (!(end instanceof Reply.RunTold told)) {
      return output.refused((Reply.Refused) end);
    }
    output.document(Output.tree(told.run()));
    output.text(System.lineSeparator() + RunText.run(told.run()));
    return status(told.run());
  }

  /** The exit status for who waited for a run. */
  static int status(RunView ended) {
    return ended.status() == RunStatus.SUCCEEDED ? ExitStatus.DONE : ExitStatus.NO;
  }
}

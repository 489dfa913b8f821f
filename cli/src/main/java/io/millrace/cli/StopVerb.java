package io.millrace.cli;

import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Stops a run. It looks at the run first and then means that one and no other: a number that has
 * been handed out anew after a crash is refused.
 */
@Command(name = "stop", description = "Stops a run and all it has open.")
final class StopVerb extends OnlineVerb {
  @Parameters(paramLabel = "RUN", description = "Such as retail-etl/7.")
  private String target = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
  private @Nullable String reason;

  @Override
  void check() {
    requireRun(target);
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    try (Conversation conversation = link.converse()) {
      return stop(conversation, target, reason, output);
    }
  }

  static int stop(Conversation conversation, String target, @Nullable String reason, Output output)
      throws NotReached {
    Answer before =
        conversation.ask(Ask.show(conversation.topics(), target, null), ShowVerb::tells);
    if (!(before instanceof Reply.RunTold told)) {
      return before instanceof Reply.Refused refused ? output.refused(refused) : ExitStatus.NO;
    }
    RunView run = told.run();
    if (run.status().isTerminal()) {
      return output.refused(ended(run));
    }
    ActionRequest request =
        new ActionRequest(Action.STOP, target, run.runUuid(), reason, User.name(), null);
    Answer answer =
        conversation.ask(
            Ask.action(conversation.topics(), request),
            each -> each instanceof Reply.Done || each instanceof Reply.Refused);
    if (answer instanceof Reply.Refused refused && !isStopped(conversation, run)) {
      return output.refused(refused);
    }
    output.document(Output.tree(new Reply.Done(Action.STOP.name())));
    output.line("Stopped " + run.run() + ".");
    return ExitStatus.DONE;
  }

  /** A repeated stop is refused, though the first was carried out and its answer lost. */
  private static boolean isStopped(Conversation conversation, RunView run) throws NotReached {
    return conversation.ask(
                Ask.show(conversation.topics(), run.run(), run.runUuid()), ShowVerb::tells)
            instanceof Reply.RunTold now
        && now.run().status() == RunStatus.STOPPED;
  }

  private static Reply.Refused ended(RunView run) {
    return new Reply.Refused(
        "ALREADY_ENDED",
        "Expected " + run.run() + " to be running, but it is " + run.status() + ".",
        List.of());
  }
}

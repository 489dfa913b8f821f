package io.millrace.cli;

import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a run or a workflow is now. */
@Command(name = "show", description = "Shows a run, or a workflow.")
final class ShowVerb extends OnlineVerb {
  @Parameters(paramLabel = "RUN|WORKFLOW", description = "Such as retail-etl/7, or retail-etl.")
  private String target = "";

  @Override
  void check() {
    requireTarget(target);
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    try (Conversation conversation = link.converse()) {
      return show(conversation, target, output);
    }
  }

  static int show(Conversation conversation, String target, Output output) throws NotReached {
    Answer answer =
        conversation.ask(Ask.show(conversation.topics(), target, null), ShowVerb::tells);
    if (answer instanceof Reply.RunTold told) {
      output.document(Output.tree(told.run()));
      output.text(RunText.run(told.run()));
    } else if (answer instanceof Reply.WorkflowTold told) {
      output.document(Output.tree(told));
      output.text(RunText.workflow(told));
    } else {
      return output.refused((Reply.Refused) answer);
    }
    return ExitStatus.DONE;
  }

  static boolean tells(Answer answer) {
    return answer instanceof Reply.RunTold
        || answer instanceof Reply.WorkflowTold
        || answer instanceof Reply.Refused;
  }
}

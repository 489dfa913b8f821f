package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.TimelineEvent;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prints what happened to a run, from the timeline topic. Its events are committed with the job's
 * checkpoints; so if the run has ended but its last events are not there yet, it waits for them.
 */
@Command(name = "timeline", description = "Prints what happened to a run, or to a workflow.")
final class TimelineVerb extends OnlineVerb {
  @Parameters(paramLabel = "RUN|WORKFLOW", description = "Such as retail-etl/7, or retail-etl.")
  private String target = "";

  @Override
  void check() {
    requireTarget(target);
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    TimelineHistory history = new TimelineHistory(target);
    try (TimelineReader reader = link.timeline(history.workflowId())) {
      reader.readInto(history);
      if (!history.isOver()) {
        complete(link, reader, history, output);
      }
    }
    return print(history.events(), target, output);
  }

  private void complete(Link link, TimelineReader reader, TimelineHistory history, Output output)
      throws NotReached {
    try (Conversation conversation = link.converse()) {
      Answer now = conversation.ask(Ask.show(conversation.topics(), target, null), ShowVerb::tells);
      boolean ended = now instanceof Reply.RunTold told && told.run().status().isTerminal();
      long deadline = conversation.now() + conversation.patience().toMillis();
      while (ended && !history.isOver() && conversation.now() < deadline) {
        conversation.pause();
        reader.readInto(history);
      }
      if (ended && !history.isOver()) {
        output.note("The run has ended, but its last events are not committed yet.");
      }
    } catch (NotReached e) {
      output.note("This is what is committed; the job does not answer whether there is more.");
    }
  }

  static int print(List<TimelineEvent> events, String target, Output output) {
    ArrayNode documents = Output.mapper().createArrayNode();
    events.forEach(event -> documents.add(Output.tree(event)));
    output.document(documents);
    if (events.isEmpty()) {
      output.note("Expected " + target + " to have a timeline, but it has no committed events.");
      return ExitStatus.NO;
    }
    output.text(TimelineText.of(events));
    return ExitStatus.DONE;
  }
}

package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.definition.DefinitionReader;
import io.millrace.definition.DefinitionReading;
import io.millrace.definition.Push;
import io.millrace.protocol.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Pushes definitions, in order, up to the first that is refused. A push makes a new version each
 * time, so it is never repeated: without an answer it may have been taken all the same.
 */
@Command(
    name = "push",
    description = "Pushes definitions: each becomes a new version of its workflow.")
final class PushVerb extends OnlineVerb {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Push envelopes.")
  private List<Path> files = List.of();

  private List<DefinitionFile> texts = List.of();

  @Override
  void check() {
    texts = files.stream().map(file -> DefinitionFile.read(file, this::wrongUsage)).toList();
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    ArrayNode documents = Output.mapper().createArrayNode();
    int status = ExitStatus.DONE;
    Optional<Conversation> open = Optional.empty();
    try {
      for (DefinitionFile file : texts) {
        DefinitionReading reading = DefinitionReader.read(file.bytes()).toRun();
        Optional<Push> push = reading.push();
        Reply.Answer answer;
        if (push.isEmpty()) {
          answer = refused(file, reading);
        } else {
          if (open.isEmpty()) {
            open = Optional.of(link.converse());
          }
          answer = push(open.get(), push.get().workflow().id(), file.bytes());
        }
        ObjectNode document = documents.addObject().put("file", file.name());
        document.setAll(Output.tree(answer));
        if (!tell(output, file, answer)) {
          status = ExitStatus.NO;
          break;
        }
      }
    } finally {
      open.ifPresent(Conversation::close);
    }
    output.document(documents);
    return status;
  }

  static Reply.Answer push(Conversation conversation, String workflowId, byte[] text)
      throws NotReached {
    try {
      return conversation.askOnce(
          Ask.push(conversation.topics(), workflowId, text),
          answer -> answer instanceof Reply.Pushed || answer instanceof Reply.Refused);
    } catch (NotReached e) {
      throw new NotReached(
          e.getMessage()
              + " The push may still be taken: 'millrace show "
              + workflowId
              + "' tells the latest version.",
          e);
    }
  }

  private static Reply.Answer refused(DefinitionFile file, DefinitionReading reading) {
    return new Reply.Refused(
        "INVALID_DEFINITION",
        "Expected "
            + file.name()
            + " to be a valid definition, but it has "
            + (reading.problems().size() == 1
                ? "a problem."
                : reading.problems().size() + " problems."),
        reading.problems());
  }

  private static boolean tell(Output output, DefinitionFile file, Reply.Answer answer) {
    if (answer instanceof Reply.Pushed pushed) {
      output.line(
          "Pushed "
              + pushed.workflowId()
              + " version "
              + pushed.version()
              + (pushed.active() ? " (active)." : " (not active)."));
      output.text(ProblemsText.of(file.name(), pushed.problems()));
      return true;
    }
    if (answer instanceof Reply.Refused refused && !output.json()) {
      output.text(ProblemsText.of(file.name(), refused.problems()));
      output.note(refused.message());
    }
    return false;
  }
}

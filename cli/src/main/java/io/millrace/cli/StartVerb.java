package io.millrace.cli;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.StartRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts a run, and with {@code --wait} waits for its end. Every start has a request id, so it is
 * repeated until it is answered and still makes one run.
 */
@Command(name = "start", description = "Starts a run.")
final class StartVerb extends OnlineVerb {
  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's id.")
  private String workflowId = "";

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "active (default), latest or a number.")
  private @Nullable String version;

  @Option(
      names = "-p",
      paramLabel = "NAME=VALUE",
      description = {
        "A param of the run. A JSON number, boolean, array or object is that; all else is text."
      })
  private List<String> params = List.of();

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Makes a repeated start harmless; by default a new one.")
  private @Nullable String requestId;

  @Option(names = "--wait", description = "Wait for the run's end; exit 1 unless it succeeds.")
  private boolean wait;

  private Map<String, ParamDefinition> runParams = Map.of();

  @Override
  void check() {
    if (workflowId.isBlank() || workflowId.indexOf('/') >= 0) {
      throw wrongUsage("Expected WORKFLOW to be a workflow's id, but found '" + workflowId + "'.");
    }
    runParams = readParams(params);
  }

  @Override
  int run(Link link, Output output) throws NotReached {
    String id = requestId == null ? UUID.randomUUID().toString() : requestId;
    StartRequest request = new StartRequest(workflowId, version, id, runParams, User.name(), wait);
    try (Conversation conversation = link.converse()) {
      return new Starting(conversation, request, output).run();
    }
  }

  /** One start, from the request to the exit status. */
  static final class Starting {
    private final Conversation conversation;
    private final StartRequest request;
    private final Output output;
    private final Ask ask;
    private final String question;

    Starting(Conversation conversation, StartRequest request, Output output) {
      this.conversation = conversation;
      this.request = request;
      this.output = output;
      this.ask = Ask.start(conversation.topics(), request);
      this.question = conversation.newQuestion();
    }

    int run() throws NotReached {
      Answer answer = start();
      if (!(answer instanceof Reply.Started started)) {
        return output.refused((Reply.Refused) answer);
      }
      tell(started);
      if (!request.follow()) {
        output.document(Output.tree(started));
        return ExitStatus.DONE;
      }
      return awaitEnd(started);
    }

    private Answer start() throws NotReached {
      return conversation.ask(
          question,
          ask,
          answer -> answer instanceof Reply.Started || answer instanceof Reply.Refused);
    }

    private int awaitEnd(Reply.Started first) throws NotReached {
      Reply.Started started = first;
      RunFollower follower = new RunFollower(conversation, Set.of(question), Conversation.REPEAT);
      while (true) {
        // Of a run that another request made, the end is told to that asker only.
        Answer end =
            follower.follow(
                Ask.show(conversation.topics(), started.run(), started.runUuid()),
                started.duplicate(),
                run -> {});
        if (end instanceof Reply.RunTold told) {
          output.document(Output.tree(told.run()));
          output.text(RunText.run(told.run()));
          return WatchVerb.status(told.run());
        }
        // A crash can undo an answered start, and its repetition then makes another number.
        Answer again = start();
        if (!(again instanceof Reply.Started renewed) || renewed.run().equals(started.run())) {
          return output.refused((Reply.Refused) end);
        }
        started = renewed;
        tell(started);
      }
    }

    private void tell(Reply.Started started) {
      output.line(
          started.duplicate()
              ? "Request "
                  + request.requestId()
                  + " has started "
                  + started.run()
                  + " (version "
                  + started.version()
                  + ") before."
              : "Started " + started.run() + " (version " + started.version() + ").");
      @Nullable String stopped = started.stopped();
      if (stopped != null) {
        output.line("It was stopped at once: " + stopped);
      }
    }
  }
}

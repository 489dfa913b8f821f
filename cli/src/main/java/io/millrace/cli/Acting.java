package io.millrace.cli;

import io.millrace.address.RunAddress;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.Reply;
import io.millrace.protocol.Reply.Answer;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One action, from the request to the exit status.
 *
 * <p>It looks at the run first and then means that one and no other: a number that has been handed
 * out anew after a crash is refused. Only the end of a whole run is asked for again when no answer
 * comes; what would do more the second time is asked for once.
 */
final class Acting {
  private final Conversation conversation;
  private final ActionRequest request;
  private final Output output;

  Acting(Conversation conversation, ActionRequest request, Output output) {
    this.conversation = conversation;
    this.request = request;
    this.output = output;
  }

  int run() throws NotReached {
    Optional<RunAddress> address = RunAddress.parse(request.target());
    if (address.isEmpty() || !looksFirst(address.get())) {
      return tell(conversation.askOnce(ask(request), Acting::isAnswer), request.target());
    }
    Answer before =
        conversation.ask(Ask.show(conversation.topics(), request.target(), null), ShowVerb::tells);
    if (!(before instanceof Reply.RunTold told)) {
      return before instanceof Reply.Refused refused ? output.refused(refused) : ExitStatus.NO;
    }
    RunView run = told.run();
    long named = address.get().run();
    if (named != RunAddress.LATEST && named != run.runNumber()) {
      return output.refused(later(run));
    }
    ActionRequest certain = of(run);
    return endsTheRun()
        ? end(certain, run)
        : tell(conversation.askOnce(ask(certain), Acting::isAnswer), run.run());
  }

  /**
   * An iteration that has succeeded keeps nothing to be shown, and can still be restarted. To lift
   * a block is about the workflow, which knows its instances for longer than they are shown.
   */
  private boolean looksFirst(RunAddress address) {
    return switch (request.action()) {
      case STOP, KILL, SHOW, WATCH -> true;
      case RESTART, SKIP -> address.instance().isWorkflowInstance();
      case UNBLOCK -> false;
    };
  }

  private boolean endsTheRun() {
    boolean ends = request.action() == Action.STOP || request.action() == Action.KILL;
    return ends && request.step() == null;
  }

  private ActionRequest of(RunView run) {
    return new ActionRequest(
        request.action(),
        request.target(),
        run.runUuid(),
        request.reason(),
        request.user(),
        request.leaseMs(),
        request.step(),
        request.policy(),
        request.params(),
        request.requestId());
  }

  private int end(ActionRequest certain, RunView run) throws NotReached {
    if (run.status().isTerminal()) {
      return output.refused(ended(run));
    }
    Answer answer = conversation.ask(ask(certain), Acting::isAnswer);
    boolean isDone = !(answer instanceof Reply.Refused) || hasEndedSo(run);
    return tell(isDone ? new Reply.Done(request.action().name()) : answer, run.run());
  }

  /** A repeated stop is refused, though the first was carried out and its answer lost. */
  private boolean hasEndedSo(RunView run) throws NotReached {
    RunStatus wanted = request.action() == Action.KILL ? RunStatus.FAILED : RunStatus.STOPPED;
    return conversation.ask(
                Ask.show(conversation.topics(), run.run(), run.runUuid()), ShowVerb::tells)
            instanceof Reply.RunTold now
        && now.run().status() == wanted;
  }

  private int tell(Answer answer, String run) {
    if (answer instanceof Reply.Refused refused) {
      return output.refused(refused);
    }
    output.document(Output.tree(answer));
    if (answer instanceof Reply.Started started) {
      output.line(madeBy(started, run));
    } else {
      output.line(done(run) + ".");
    }
    return ExitStatus.DONE;
  }

  private String madeBy(Reply.Started started, String run) {
    String made = started.run() + " (version " + started.version() + ")";
    String line =
        started.duplicate()
            ? "Request " + request.requestId() + " has made " + made + " before."
            : done(run) + "; the new run is " + made + ".";
    @Nullable String stopped = started.stopped();
    return stopped == null ? line : line + " It was stopped at once: " + stopped;
  }

  private String done(String run) {
    String step = request.step();
    boolean isAll = run.indexOf('/') < 0 && request.action() != Action.UNBLOCK;
    String what = isAll ? "all runs of " + run : run;
    return switch (request.action()) {
          case STOP -> "Stopped ";
          case KILL -> "Killed ";
          case RESTART -> "Restarted ";
          case SKIP -> "Skipped ";
          case UNBLOCK -> "Unblocked ";
          case SHOW, WATCH -> "Told ";
        }
        + (step == null ? what : "step " + step + " of " + what);
  }

  private Ask ask(ActionRequest action) {
    return Ask.action(conversation.topics(), action);
  }

  private static boolean isAnswer(Answer answer) {
    return answer instanceof Reply.Done
        || answer instanceof Reply.Started
        || answer instanceof Reply.Refused;
  }

  private static Reply.Refused ended(RunView run) {
    return new Reply.Refused(
        "ALREADY_ENDED",
        "Expected " + run.run() + " to be running, but it is " + run.status() + ".",
        List.of());
  }

  private Reply.Refused later(RunView run) {
    return new Reply.Refused(
        "OTHER_RUN",
        "Expected "
            + request.target()
            + " to be the latest run of its instance, but that is "
            + run.run()
            + ".",
        List.of());
  }
}

package io.millrace.engine;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said to a machine: by users and workers through Kafka, by other machines through
 * the loop, by timers.
 *
 * <p>Messages between two machines keep their order.
 */
public sealed interface Message {

  <R> R accept(Cases<R> cases);

  /** What to do with each message. */
  interface Cases<R> {
    R push(Push message);

    R start(Start message);

    R tellWorkflow(TellWorkflow message);

    R actOnQueued(ActOnQueued message);

    R runEnded(RunEnded message);

    R launch(Launch message);

    R act(Act message);

    R reported(Reported message);

    R due(Due message);

    R nudge(Nudge message);

    R room(Room message);

    R restart(Restart message);

    R stopRequested(StopRequested message);

    R endRun(EndRun message);

    R childAccepted(ChildAccepted message);

    R childRefused(ChildRefused message);

    R childEnded(ChildEnded message);

    R forgetIteration(ForgetIteration message);
  }

  /** To a workflow: a new version. The text is kept as it is. */
  record Push(String text, @Nullable ReplyTo replyTo) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.push(this);
    }
  }

  /**
   * To a workflow: start a run.
   *
   * @param requestId the asker's, or derived from the record's topic, partition and offset; the
   *     run's uuid is derived from it
   * @param version null: the active one
   * @param follow whether the end is answered too
   * @param parent the step that asks for a subworkflow: it is answered with {@link ChildAccepted}
   *     or {@link ChildRefused}; null for everybody else
   */
  record Start(
      String requestId,
      @Nullable String version,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      boolean follow,
      @Nullable ReplyTo replyTo,
      @Nullable Parent parent)
      implements Message {
    public Start {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
    }

    /** By a user or a trigger. */
    public Start(
        String requestId,
        @Nullable String version,
        Map<String, ParamDefinition> runParams,
        @Nullable String user,
        boolean follow,
        @Nullable ReplyTo replyTo) {
      this(requestId, version, runParams, user, follow, replyTo, null);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.start(this);
    }
  }

  /** To a workflow: what are you? */
  record TellWorkflow(@Nullable ReplyTo replyTo) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.tellWorkflow(this);
    }
  }

  /**
   * To a workflow, from an instance that was asked before it was launched: it may still be queued.
   */
  record ActOnQueued(long instance, ActionRequest action, @Nullable ReplyTo replyTo)
      implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.actOnQueued(this);
    }
  }

  /** To a workflow, from its instance. A second one for the same run changes nothing. */
  record RunEnded(long instance, long run, RunStatus status) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.runEnded(this);
    }
  }

  /**
   * To an instance: begin a run. From its workflow, or for an iteration from the instance around
   * the loop.
   *
   * @param definitionText the version's text, so that the run keeps its own copy; of an iteration
   *     the text of the loop's steps alone
   * @param definitionSha256 names the parsed form in caches
   * @param stopped not null: it was stopped in the queue, for this reason; it ends at once
   * @param followers who is told the end
   * @param killed whether what was stopped in the queue ends FAILED and not STOPPED
   * @param run from 1
   * @param owner of the workflow
   * @param parent the step this run belongs to; null for a root
   * @param restart what of the instance's earlier runs counts; null for a fresh run
   */
  record Launch(
      String runUuid,
      String requestId,
      long version,
      String definitionText,
      String definitionSha256,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      long createdAt,
      List<ReplyTo> followers,
      @Nullable String stopped,
      boolean killed,
      long run,
      @Nullable String owner,
      @Nullable Parent parent,
      @Nullable RestartPlan restart)
      implements Message {
    public Launch {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
      followers = List.copyOf(followers);
      run = Math.max(run, 1); // launches on their way from before there were restarts
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.launch(this);
    }
  }

  /**
   * To a workflow, from its instance, whose latest run has ended, or from a step that started the
   * instance as a subworkflow and runs again: queue another run. The workflow answers {@code
   * replyTo}; a step is told {@link ChildAccepted} or {@link ChildRefused}.
   *
   * @param run the number of the new run; 0: the one after the latest
   * @param requestId the asker's; a repeated one is answered with the run it made
   * @param version of the run before, which the new one keeps; 0: the sender does not know it
   * @param runParams passed down by the step that asks
   * @param parent of the new run
   */
  record Restart(
      long instance,
      long run,
      String requestId,
      long version,
      RestartPlan plan,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      boolean follow,
      @Nullable ReplyTo replyTo,
      @Nullable Parent parent)
      implements Message {
    public Restart {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.restart(this);
    }
  }

  /**
   * To a workflow, from the step that asked it for a subworkflow and has heard nothing yet: end
   * what the request made.
   */
  record StopRequested(String requestId, RunStatus how, String reason) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.stopRequested(this);
    }
  }

  /**
   * To an instance, from the step it belongs to or from its workflow: everything open in this run
   * ends so. One that has ended already has said so, and that counts.
   */
  record EndRun(long run, RunStatus how, String reason) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.endRun(this);
    }
  }

  /**
   * To an instance, from a workflow: the subworkflow its step asked for is there, queued or
   * running.
   *
   * @param run of the parent
   * @param child {@code workflow/7}
   */
  record ChildAccepted(
      String stepId, long run, long attempt, String child, String childUuid, long version)
      implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.childAccepted(this);
    }
  }

  /** To an instance, from a workflow: there is no subworkflow, and why. */
  record ChildRefused(String stepId, long run, long attempt, String detail) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.childRefused(this);
    }
  }

  /**
   * To an instance, from a child of one of its steps: a run of it has ended. A second one for the
   * same child and run changes nothing.
   *
   * @param run of the parent
   * @param child the key of the child's machine
   * @param leaves leaf steps of the child's tree by status
   * @param exports what the parent reads of the child's steps: by step, then by param
   */
  record ChildEnded(
      String stepId,
      long run,
      long attempt,
      String child,
      long childRun,
      RunStatus status,
      @Nullable String reason,
      Map<StepStatus, Long> leaves,
      Map<String, Map<String, ParamValue>> exports,
      List<String> failing)
      implements Message {
    public ChildEnded {
      failing = List.copyOf(failing);
      leaves = Collections.unmodifiableMap(new TreeMap<>(leaves));
      Map<String, Map<String, ParamValue>> copy = new LinkedHashMap<>();
      exports.forEach(
          (step, params) ->
              copy.put(step, Collections.unmodifiableMap(new LinkedHashMap<>(params))));
      exports = Collections.unmodifiableMap(copy);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.childEnded(this);
    }
  }

  /** To an iteration, from the instance around it, whose retention is over: nothing is kept. */
  record ForgetIteration() implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.forgetIteration(this);
    }
  }

  /**
   * To an instance: an action or question of a user.
   *
   * @param path empty: it is for the target to see to. Else it was, and the target's run has ended:
   *     the way down to it from this instance, whose step it belongs to (Maestro semantics 9.2)
   * @param child the instance that the first step of the way is to have as its subworkflow; null:
   *     the way begins with a loop
   */
  record Act(
      ActionRequest action,
      @Nullable ReplyTo replyTo,
      List<RestartPlan.Node> path,
      @Nullable String child)
      implements Message {
    public Act {
      path = List.copyOf(path);
    }

    /** As it comes from the user. */
    public Act(ActionRequest action, @Nullable ReplyTo replyTo) {
      this(action, replyTo, List.of(), null);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.act(this);
    }
  }

  /** To an instance: what a worker says; stale unless its dispatch id is the open one. */
  record Reported(Report report) implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reported(this);
    }
  }

  /**
   * To any machine, from its timer: look which of your named timers are due. Stale and repeated
   * ones are harmless.
   */
  record Due() implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.due(this);
    }
  }

  /** To itself: go on with the work list. Harmless when there is none. */
  record Nudge() implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.nudge(this);
    }
  }

  /** To a machine that asked with {@link Effect.AwaitRoom}: the loop is shallow again. A hint. */
  record Room() implements Message {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.room(this);
    }
  }

  /** Who waits for an answer to this message, if anybody: told when the host has to refuse it. */
  static @Nullable ReplyTo asker(Message message) {
    if (message instanceof Push push) {
      return push.replyTo();
    }
    if (message instanceof Start start) {
      return start.replyTo();
    }
    if (message instanceof TellWorkflow tell) {
      return tell.replyTo();
    }
    if (message instanceof ActOnQueued queued) {
      return queued.replyTo();
    }
    if (message instanceof Restart restart) {
      return restart.replyTo();
    }
    return message instanceof Act act ? act.replyTo() : null;
  }

  /** The refusal of {@code message} with a code and "Expected ..., but ...". */
  static Reply.Refused refusal(String code, String detail) {
    return new Reply.Refused(code, detail, List.of());
  }
}

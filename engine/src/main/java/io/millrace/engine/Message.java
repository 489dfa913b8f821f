package io.millrace.engine;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   */
  record Start(
      String requestId,
      @Nullable String version,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      boolean follow,
      @Nullable ReplyTo replyTo)
      implements Message {
    public Start {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
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
   * To an instance, from its workflow: begin run 1.
   *
   * @param definitionText the version's text, so that the run keeps its own copy
   * @param definitionSha256 names the parsed form in caches
   * @param stopped not null: it was stopped in the queue, for this reason; it ends STOPPED at once
   * @param followers who is told the end
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
      @Nullable String stopped)
      implements Message {
    public Launch {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
      followers = List.copyOf(followers);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.launch(this);
    }
  }

  /** To an instance: an action or question of a user. */
  record Act(ActionRequest action, @Nullable ReplyTo replyTo) implements Message {
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
    return message instanceof Act act ? act.replyTo() : null;
  }

  /** The refusal of {@code message} with a code and "Expected ..., but ...". */
  static Reply.Refused refusal(String code, String detail) {
    return new Reply.Refused(code, detail, List.of());
  }
}

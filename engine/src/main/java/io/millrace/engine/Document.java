package io.millrace.engine;

import io.millrace.definition.Properties;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that machines remember, as small records under keys of their own. How they are written down
 * is the business of the operators module, which gives each a stable name.
 *
 * <p>Compact constructors normalise (absent = empty) and check only what holds for all stored
 * versions, so that a component can be added later.
 */
public sealed interface Document {

  // ---- of a workflow

  /**
   * Key {@code workflow}.
   *
   * @param activeVersion 0: none
   * @param lastInstance the last instance number handed out
   * @param queueHead sequence of the oldest queued start; equal to {@code queueTail}: empty
   * @param queueTail sequence the next queued start gets
   * @param queued starts in the queue; less than tail - head when some were stopped in it
   * @param running instances launched and not ended
   * @param awaitingRoom whether the queue waits for room in the loop
   * @param oldestInstance the first instance whose request id is still remembered
   */
  record WorkflowRecord(
      long latestVersion,
      long activeVersion,
      Properties properties,
      long lastInstance,
      long queueHead,
      long queueTail,
      long queued,
      long running,
      boolean awaitingRoom,
      long oldestInstance)
      implements Document {}

  /** Key {@code version:N}. */
  record VersionRecord(long version, String text, String sha256, long createdAt)
      implements Document {}

  /** Key {@code queue:SEQUENCE}: a start that waits for its turn. */
  record QueuedStart(
      long instance,
      String runUuid,
      String requestId,
      long version,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      long createdAt,
      List<ReplyTo> followers)
      implements Document {
    public QueuedStart {
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
      followers = List.copyOf(followers);
    }
  }

  /** Key {@code request:ID}: the instance a request id made. */
  record RequestRecord(long instance, String runUuid, long version) implements Document {}

  /**
   * Key {@code instance:N}: what the workflow knows of its instance, until the request id's
   * retention is over.
   *
   * @param queuedAt its sequence in the queue, or {@link #NOT_QUEUED}
   */
  record InstanceRecord(
      long instance, String requestId, long acceptedAt, long queuedAt, RunStatus status)
      implements Document {
    /** It has left the queue. */
    public static final long NOT_QUEUED = -1;
  }

  // ---- of an instance

  /**
   * Key {@code run:N}.
   *
   * @param definitionSha256 of the text in {@code definition}
   * @param open steps created and not terminal
   * @param ended terminal steps by status
   * @param work steps that became ready and wait for their turn, in order
   * @param stopping not null: no step starts any more, the run ends with this status
   * @param followers who is told the end
   * @param watchers who is told every change
   * @param steps ids of the steps created so far, in that order
   */
  record RunRecord(
      long run,
      String runUuid,
      String requestId,
      long version,
      String definitionSha256,
      RunStatus status,
      @Nullable String reason,
      @Nullable String user,
      long createdAt,
      @Nullable Long startedAt,
      @Nullable Long endedAt,
      Map<String, ParamValue> params,
      int open,
      Map<StepStatus, Integer> ended,
      List<String> work,
      @Nullable RunStatus stopping,
      List<ReplyTo> followers,
      List<Watcher> watchers,
      List<String> steps)
      implements Document {
    public RunRecord {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
      Map<StepStatus, Integer> counts = new EnumMap<>(StepStatus.class);
      counts.putAll(ended);
      ended = Collections.unmodifiableMap(counts);
      work = List.copyOf(work);
      followers = List.copyOf(followers);
      watchers = List.copyOf(watchers);
      steps = List.copyOf(steps);
    }

    /** The same run, ended from outside its own logic. */
    public RunRecord withEnd(RunStatus how, String why, long when) {
      return new RunRecord(
          run,
          runUuid,
          requestId,
          version,
          definitionSha256,
          how,
          why,
          user,
          createdAt,
          startedAt,
          when,
          params,
          0,
          ended,
          List.of(),
          null,
          List.of(),
          List.of(),
          steps);
    }
  }

  /** Someone who is told every change until a time, epoch millis. */
  record Watcher(ReplyTo replyTo, long until) {}

  /** Key {@code definition}: the run's own copy; dropped when the run has ended. */
  record DefinitionRecord(String text) implements Document {}

  /**
   * Key {@code step:RUN:ID}: the latest attempt of a step.
   *
   * @param attempt from 1
   * @param errorRetries retries made after user errors; likewise the other two
   * @param startedAt when the attempt was STARTING
   * @param retryAt when the next attempt begins; null unless retrying
   * @param dispatchId of the open task; null: none
   * @param workerStarted whether a worker has said that it began
   * @param params evaluated, with the outputs merged in
   */
  record StepRun(
      String stepId,
      StepStatus status,
      long attempt,
      int errorRetries,
      int platformRetries,
      int timeoutRetries,
      long createdAt,
      @Nullable Long startedAt,
      @Nullable Long endedAt,
      @Nullable Long retryAt,
      @Nullable String dispatchId,
      @Nullable String worker,
      boolean workerStarted,
      @Nullable String message,
      @Nullable Double progress,
      @Nullable String logTail,
      @Nullable String link,
      Map<String, ParamValue> params)
      implements Document {
    public StepRun {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The same attempt, ended from outside its own logic. */
    public StepRun withEnd(StepStatus how, long when, String why) {
      return new StepRun(
          stepId,
          how,
          attempt,
          errorRetries,
          platformRetries,
          timeoutRetries,
          createdAt,
          startedAt,
          when,
          null,
          dispatchId,
          worker,
          workerStarted,
          why,
          progress,
          logTail,
          link,
          params);
    }
  }

  // ---- of any machine

  /** Key {@code timers}: the named timers, epoch millis. Names carry the attempt they are for. */
  record Timers(SortedMap<String, Long> at) implements Document {
    public static final Timers NONE = new Timers(new TreeMap<>());

    public Timers {
      at = Collections.unmodifiableSortedMap(new TreeMap<>(at));
    }
  }
}

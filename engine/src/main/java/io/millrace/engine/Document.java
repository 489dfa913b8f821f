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

  /**
   * Those of which a machine has as many as it was given to do: versions, starts, iterations. A
   * turn wants few of them, so a host keeps them apart from what most turns want.
   */
  sealed interface OneOfMany extends Document {}

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
   * @param runningXor the numbers of the running instances, combined by exclusive or: of one alone
   *     its number
   * @param restarts root of the heap of queued restarts: its sequence + 1; 0: there is none
   * @param condemnedTail fresh starts queued before this sequence are to be stopped
   * @param condemnedRestarts root of a heap of restarts that are to be stopped
   * @param condemnedKill whether they end FAILED and not STOPPED
   * @param condemnedWhy the reason they are told
   * @param failed instances whose failure blocks STRICT_SEQUENTIAL
   * @param unblocks how often a user has said that no failure so far blocks
   * @param sweepAt the instance at which the search for running ones to be ended goes on,
   *     downwards; 0: there is none
   * @param sweepLeft running ones that it has not found yet
   * @param sweepKill whether what it finds ends FAILED and not STOPPED
   * @param sweepWhy the reason they are told
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
      long oldestInstance,
      long runningXor,
      long restarts,
      long condemnedTail,
      long condemnedRestarts,
      boolean condemnedKill,
      @Nullable String condemnedWhy,
      long failed,
      long unblocks,
      long sweepAt,
      long sweepLeft,
      boolean sweepKill,
      @Nullable String sweepWhy)
      implements Document {}

  /** Key {@code version:N}. */
  record VersionRecord(long version, String text, String sha256, long createdAt)
      implements OneOfMany {}

  /**
   * Key {@code queue:SEQUENCE}: a start or restart that waits for its turn.
   *
   * @param run the number of the run to be
   * @param parent the step that asked for it; null for a root
   * @param restart null for a fresh run
   * @param rank of a restart in its heap, from 1; 0: it is a fresh run and in no heap
   * @param left of a restart, the heap below it: the sequence of its root + 1; 0: there is none
   * @param right likewise
   * @param withdrawn whether it was stopped in the queue and only its place in the heap is left
   */
  record QueuedStart(
      long instance,
      String runUuid,
      String requestId,
      long version,
      Map<String, ParamDefinition> runParams,
      @Nullable String user,
      long createdAt,
      List<ReplyTo> followers,
      long run,
      @Nullable Parent parent,
      @Nullable RestartPlan restart,
      int rank,
      long left,
      long right,
      boolean withdrawn)
      implements OneOfMany {
    public QueuedStart {
      run = Math.max(run, 1); // queued before there were restarts
      runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
      followers = List.copyOf(followers);
    }
  }

  /** Key {@code request:ID}: the instance a request id made. */
  record RequestRecord(long instance, String runUuid, long version) implements OneOfMany {}

  /**
   * Key {@code instance:N}: what the workflow knows of its instance, until the request id's
   * retention is over.
   *
   * @param queuedAt its sequence in the queue, or {@link #NOT_QUEUED}
   * @param status of its latest run
   * @param run the number of its latest run
   * @param unblocked whether a user has said that its failure blocks nobody
   * @param restarts request ids of its runs from the second on
   * @param failedIn 1 + how often all failures of the workflow had been unblocked when it failed;
   *     0: its failure was never counted
   * @param ending whether it was ended from here and has not said yet that it has ended
   */
  record InstanceRecord(
      long instance,
      String requestId,
      long acceptedAt,
      long queuedAt,
      RunStatus status,
      long run,
      boolean unblocked,
      List<String> restarts,
      long failedIn,
      boolean ending)
      implements OneOfMany {
    public InstanceRecord {
      restarts = List.copyOf(restarts);
      run = Math.max(run, 1); // accepted before there were restarts
    }

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
   * @param params evaluated; built-in ones are left out, they are computed from the run's facts
   * @param owner of the workflow
   * @param parent the step this run belongs to; null for a root
   * @param runTs what the built-in params are computed from, epoch millis; null: {@code startedAt}
   * @param leaves its own leaf steps that have ended, by status; those below it are in {@link
   *     LeafCounts}
   * @param scope ids of the steps this run is about; empty: all. A restart leaves others out
   * @param earlier the run in which a step that is not of this run was last
   * @param plan how the run was restarted; null for a fresh one
   * @param aggregated the instance's status over all its runs, if it differs from this run's own
   * @param failing its own leaf attempts that failed, {@code flow/7/fe/3:1/s@2}; the first few
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
      List<String> steps,
      @Nullable String owner,
      @Nullable Parent parent,
      @Nullable Long runTs,
      Map<StepStatus, Long> leaves,
      List<String> scope,
      Map<String, Long> earlier,
      @Nullable RestartPlan plan,
      @Nullable RunStatus aggregated,
      List<String> failing)
      implements Document {
    public RunRecord {
      failing = List.copyOf(failing);
      leaves = Collections.unmodifiableMap(new TreeMap<>(leaves));
      scope = List.copyOf(scope);
      earlier = Collections.unmodifiableMap(new LinkedHashMap<>(earlier));
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
          steps,
          owner,
          parent,
          runTs,
          leaves,
          scope,
          earlier,
          plan,
          aggregated,
          failing);
    }
  }

  /**
   * Key {@code params:N}: what the params of run N were before they were evaluated, without
   * built-in ones that nobody changed. Read when params are passed down or the run is restarted.
   */
  record RunParams(Map<String, ParamDefinition> definitions) implements Document {
    public RunParams {
      definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    }
  }

  /**
   * Key {@code leaves:N}: leaf steps below the loops and subworkflows of run N. Apart from the
   * run's record, as it changes with each iteration and the record does not.
   *
   * @param counts of those that have ended, by status
   * @param failing attempts that failed, the first few
   */
  record LeafCounts(Map<StepStatus, Long> counts, List<String> failing) implements Document {
    public static final LeafCounts NONE = new LeafCounts(Map.of(), List.of());

    public LeafCounts {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
      failing = List.copyOf(failing);
    }
  }

  /**
   * Key {@code values:STEP}: what the params of a loop are; of a foreach all values to iterate
   * over, of a while those of now. Apart from the loop's record, as they may be many.
   */
  record LoopParams(Map<String, LoopValues> values) implements Document {
    public LoopParams {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Key {@code loop:STEP}: the iterations of a loop, over all runs of the instance. Which iteration
   * is in which status is in {@link LoopChunk}.
   *
   * @param run of the instance that the loop last ran in
   * @param attempt of the step
   * @param total iterations; of a while, those begun so far
   * @param next the lowest iteration that may still have to be launched in this run
   * @param low the lowest iteration that has not ended; only with strict ordering
   * @param running launched and not ended
   * @param ended iterations by the status of their latest run
   * @param halted whether no more are launched, because one has failed or the step is ending
   * @param fresh how often the iterations began anew; chunks of another number are void
   * @param since the run of the instance in which all iterations began anew
   * @param values empty: they are in {@link LoopParams}, unless written before there were those
   * @param exported characters of all that iterations have exported
   * @param most iterations that the loop had when it had most; what those beyond {@code total} left
   *     is still to be forgotten
   * @param stopAs not null: those that run are told to end so, from {@code stopNext} on
   * @param stopNext the lowest iteration that may not have been told yet
   * @param sinceAttempt the attempt of the step in which they did, in the run {@code since}; 0: an
   *     earlier release wrote none, and every attempt counts
   */
  record LoopRecord(
      String stepId,
      long run,
      long attempt,
      long total,
      long next,
      long low,
      long running,
      Map<RunStatus, Long> ended,
      boolean halted,
      long fresh,
      long since,
      Map<String, LoopValues> values,
      long exported,
      long most,
      @Nullable RunStatus stopAs,
      long stopNext,
      long sinceAttempt)
      implements Document {
    public LoopRecord {
      ended = Collections.unmodifiableMap(new TreeMap<>(ended));
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * The values of one loop param: listed, or numbers or days that are counted and never listed.
   *
   * @param listed an array, or of a while a single value; null if they are counted
   * @param first of those that are counted
   * @param step between two of those that are counted
   * @param count of those that are counted
   * @param days whether those that are counted are days since 1970, and the values date ints
   */
  record LoopValues(@Nullable ParamValue listed, long first, long step, long count, boolean days) {}

  /**
   * Key {@code chunk:STEP:K}: iterations {@code 1024 K} to {@code 1024 K + 1023} of a loop.
   *
   * @param fresh as the loop's: another one makes the statuses void
   * @param statuses a letter for each iteration, see {@code IterationState}; one letter alone
   *     stands for all of them
   * @param runs the number of the latest run of iterations that had another than {@code base}
   * @param base runs that every iteration had before this {@code fresh}
   * @param exports of the iterations, by number; of a while the values its loop params began with
   */
  record LoopChunk(
      long fresh,
      String statuses,
      Map<Long, Long> runs,
      long base,
      SortedMap<Long, Map<String, Map<String, ParamValue>>> exports)
      implements OneOfMany {
    public LoopChunk {
      runs = Collections.unmodifiableMap(new TreeMap<>(runs));
      exports = Collections.unmodifiableSortedMap(new TreeMap<>(exports));
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
   * @param manualRetries attempts that a user asked for
   * @param untaken successors whose condition towards them was false when the step was complete
   * @param ending not null: it waits for its children to end, and ends so
   * @param child the instance of a subworkflow, {@code workflow/7}; null until it is known
   * @param exports what was read of a subworkflow's steps: by step, then by param
   * @param since of a loop: the run from which on its iterations count
   * @param again how a user wants the attempt to go on from what there was; null: he did not ask
   *     for it
   * @param sinceAttempt of a loop: the attempt in the run {@code since} from which on they count;
   *     0: every one
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
      Map<String, ParamValue> params,
      int manualRetries,
      List<String> untaken,
      @Nullable StepStatus ending,
      @Nullable String child,
      Map<String, Map<String, ParamValue>> exports,
      long since,
      @Nullable RestartPlan again,
      long sinceAttempt)
      implements Document {
    public StepRun {
      untaken = List.copyOf(untaken);
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The same attempt, as it is once it has ended by itself. */
    public StepRun withStatus(StepStatus how, long when) {
      return withEnd(how, when, message);
    }

    /** The same attempt, ended from outside its own logic. */
    public StepRun withEnd(StepStatus how, long when, @Nullable String why) {
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
          params,
          manualRetries,
          untaken,
          null,
          child,
          exports,
          since,
          again,
          sinceAttempt);
    }
  }

  /**
   * Key {@code sign:RUN:STEP}: when a worker last said that it is at work on the open task, epoch
   * millis. Apart from the step, as it is written with each sign of life; only of steps that have a
   * {@code heartbeat_timeout}, and gone with the attempt.
   */
  record SignOfLife(long at) implements Document {}

  // ---- of any machine

  /**
   * The named timers, epoch millis. Names carry the attempt they are for. They are in the {@link
   * Envelope}; under the key {@code timers} only if an earlier release wrote them.
   */
  record Timers(SortedMap<String, Long> at) implements Document {
    public static final Timers NONE = new Timers(new TreeMap<>());

    public Timers {
      at = Collections.unmodifiableSortedMap(new TreeMap<>(at));
    }
  }
}

package io.millrace.engine.run;

import io.millrace.engine.Document.LoopChunk;
import io.millrace.engine.Document.LoopParams;
import io.millrace.engine.Document.LoopRecord;
import io.millrace.engine.Document.LoopValues;
import io.millrace.engine.Turn;
import io.millrace.evaluation.ParamText;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The iterations of a loop while a turn changes them: counts and a window in one record, a letter
 * for each iteration in chunks of {@value ChunkDraft#SIZE}. An event touches the record and one
 * chunk, so a million iterations cost as much each as ten do.
 */
final class LoopDraft {
  /** Where the start of a while's iteration is kept among what iterations export: of no step. */
  private static final String START = "";

  private final Turn turn;
  private final String stepId;
  private final Map<Long, ChunkDraft> chunks = new HashMap<>();
  private final Map<RunStatus, Long> ended = new EnumMap<>(RunStatus.class);
  long run;
  long attempt;
  long total;
  long next;
  long low;
  long running;
  boolean halted;
  long exported;
  long fresh;
  final long since;
  final long sinceAttempt;
  private @Nullable Map<String, LoopValues> values;
  private boolean valuesChanged;
  private long most;
  private @Nullable RunStatus stopAs;
  private long stopNext;

  private LoopDraft(Turn turn, LoopRecord record) {
    this.turn = turn;
    this.stepId = record.stepId();
    this.run = record.run();
    this.attempt = record.attempt();
    this.total = record.total();
    this.next = record.next();
    this.low = record.low();
    this.running = record.running();
    this.halted = record.halted();
    this.fresh = record.fresh();
    this.since = record.since();
    this.sinceAttempt = record.sinceAttempt();
    this.exported = record.exported();
    if (!record.values().isEmpty()) {
      values(record.values());
    }
    this.most = record.most();
    this.stopAs = record.stopAs();
    this.stopNext = record.stopNext();
    this.ended.putAll(record.ended());
  }

  static String key(String stepId) {
    return "loop:" + stepId;
  }

  private static String valuesKey(String stepId) {
    return "values:" + stepId;
  }

  static String chunkKey(String stepId, long chunk) {
    return "chunk:" + stepId + ":" + chunk;
  }

  /** The loop as the turn finds it; empty if the step never began. */
  static Optional<LoopDraft> find(Turn turn, String stepId) {
    return turn.find(key(stepId), LoopRecord.class).map(record -> new LoopDraft(turn, record));
  }

  /** All iterations are to be run; what was known of them counts no more. */
  static LoopDraft fresh(
      Turn turn,
      String stepId,
      long run,
      long attempt,
      long total,
      Map<String, LoopValues> values) {
    Optional<LoopRecord> before = turn.find(key(stepId), LoopRecord.class);
    long fresh = before.map(record -> record.fresh() + 1).orElse(1L);
    long most = before.map(LoopRecord::most).orElse(0L);
    LoopDraft loop =
        new LoopDraft(
            turn,
            new LoopRecord(
                stepId, run, attempt, total, 0, 0, 0, Map.of(), false, fresh, run, Map.of(), 0,
                most, null, 0, attempt));
    loop.values(values);
    return loop;
  }

  /** Goes on in another run or attempt: what has succeeded stays. */
  void resume(long newRun, long newAttempt) {
    run = newRun;
    attempt = newAttempt;
    next = 0;
    low = 0;
    running = 0;
    halted = false;
    stopAs = null;
  }

  /** Iterations whose latest run ended so. */
  long ended(RunStatus status) {
    return ended.getOrDefault(status, 0L);
  }

  /** What the loop params are. */
  Map<String, LoopValues> values() {
    if (values == null) {
      values =
          turn.find(valuesKey(stepId), LoopParams.class).map(LoopParams::values).orElse(Map.of());
    }
    return values;
  }

  void values(Map<String, LoopValues> now) {
    values = now;
    valuesChanged = true;
  }

  // ---- single iterations

  IterationState state(long iteration) {
    return chunk(iteration).state(iteration);
  }

  /** The number of its latest run; 0: it never had one. */
  long runOf(long iteration) {
    return chunk(iteration).runOf(iteration);
  }

  /** Its next run begins; the number of that run. */
  long launch(long iteration) {
    ChunkDraft chunk = chunk(iteration);
    IterationState before = chunk.state(iteration);
    if (before.hasEnded()) {
      ended.merge(before.status(), -1L, Long::sum);
    }
    long number = chunk.runOf(iteration) + 1;
    chunk.set(iteration, IterationState.RUNNING);
    chunk.runOf(iteration, number);
    running++;
    return number;
  }

  /** Its run has ended. */
  void end(long iteration, IterationState state, Map<String, Map<String, ParamValue>> exports) {
    chunk(iteration).set(iteration, state);
    export(iteration, exports);
    ended.merge(state.status(), 1L, Long::sum);
    running--;
    moveWindow();
  }

  private void export(long iteration, Map<String, Map<String, ParamValue>> exports) {
    ChunkDraft chunk = chunk(iteration);
    Map<String, Map<String, ParamValue>> before = chunk.exports(iteration);
    if (!before.equals(exports)) {
      exported += chars(exports) - chars(before);
      chunk.exports(iteration, exports);
    }
  }

  private static long chars(Map<String, Map<String, ParamValue>> exports) {
    return exports.values().stream()
        .flatMap(params -> params.values().stream())
        .mapToLong(value -> ParamText.of(value).length())
        .sum();
  }

  /** The window of strict ordering begins at the lowest iteration that is not over. */
  void moveWindow() {
    while (low < next && state(low).hasEnded()) {
      low++;
    }
  }

  /** What was exported by an iteration, by step and param. */
  Map<String, Map<String, ParamValue>> exports(long iteration) {
    return chunk(iteration).exports(iteration);
  }

  /** The first iteration from {@code from} on, below {@code until}, that has this state. */
  long find(IterationState state, long from, long until) {
    long iteration = from;
    while (iteration < until) {
      ChunkDraft chunk = chunk(iteration);
      if (chunk.state(iteration) == state) {
        return iteration;
      }
      iteration = chunk.isUniform() ? nextChunk(iteration) : iteration + 1;
    }
    return until;
  }

  /** Takes iterations from {@code from} on out: they count no more. */
  void cut(long from) {
    most = most();
    for (long iteration = from; iteration < total; iteration++) {
      ChunkDraft chunk = chunk(iteration);
      IterationState state = chunk.state(iteration);
      if (state.hasEnded()) {
        ended.merge(state.status(), -1L, Long::sum);
        long number = chunk.runOf(iteration);
        chunk.set(iteration, state.again());
        chunk.runOf(iteration, number);
        export(iteration, Map.of());
      }
    }
    total = from;
    next = Math.min(next, total);
  }

  // ---- of a while, whose loop params change: what they were for an iteration

  /** Keeps what the loop params are for an iteration that begins. */
  void keepStart(long iteration, Map<String, ParamValue> start) {
    export(iteration, start.isEmpty() ? Map.of() : Map.of(START, start));
  }

  /** What the loop params were when an iteration began. */
  Map<String, ParamValue> start(long iteration) {
    return exports(iteration).getOrDefault(START, Map.of());
  }

  // ---- stopping and forgetting

  /** From now on no more begin, and those that run are told to end so. */
  void stopAs(RunStatus how) {
    halted = true;
    stopAs = how;
    stopNext = 0;
  }

  /** How those that run are to end, while some of them are still to be told. */
  Optional<RunStatus> stopAs() {
    return Optional.ofNullable(stopAs);
  }

  /** The next one that runs and is to be told to end; empty when all were. */
  Optional<Long> nextToStop() {
    long iteration = find(IterationState.RUNNING, stopNext, total);
    stopNext = iteration + 1;
    if (iteration >= total) {
      stopAs = null;
      return Optional.empty();
    }
    return Optional.of(iteration);
  }

  /** More iterations than the loop ever had. */
  long most() {
    return Math.max(most, total);
  }

  /** The iteration's own instance is forgotten. */
  void forget(long iteration) {
    chunk(iteration).set(iteration, IterationState.OPEN);
  }

  /** The next iteration that may be in another state than this one, at most {@code total}. */
  long after(long iteration) {
    return Math.min(chunk(iteration).isUniform() ? nextChunk(iteration) : iteration + 1, total);
  }

  private static long nextChunk(long iteration) {
    return (iteration / ChunkDraft.SIZE + 1) * ChunkDraft.SIZE;
  }

  private ChunkDraft chunk(long iteration) {
    long number = iteration / ChunkDraft.SIZE;
    ChunkDraft known = chunks.get(number);
    if (known == null) {
      known =
          new ChunkDraft(turn.find(chunkKey(stepId, number), LoopChunk.class).orElse(null), fresh);
      chunks.put(number, known);
    }
    return known;
  }

  // ---- writing

  LoopRecord record() {
    return new LoopRecord(
        stepId,
        run,
        attempt,
        total,
        next,
        low,
        running,
        ended,
        halted,
        fresh,
        since,
        Map.of(),
        exported,
        most(),
        stopAs,
        stopNext,
        sinceAttempt);
  }

  void save() {
    turn.put(key(stepId), record());
    if (valuesChanged) {
      turn.put(valuesKey(stepId), new LoopParams(values()));
    }
    chunks.forEach(
        (number, chunk) -> {
          if (chunk.isChanged()) {
            turn.put(chunkKey(stepId, number), chunk.document(fresh));
          }
        });
  }
}

package io.millrace.engine.run;

import io.millrace.engine.Document.LoopChunk;
import io.millrace.engine.Document.LoopRecord;
import io.millrace.engine.Document.LoopValues;
import io.millrace.engine.Turn;
import io.millrace.evaluation.ParamText;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The iterations of a loop while a turn changes them: counts and a window in one record, a letter
 * for each iteration in chunks of {@value #CHUNK}. An event touches the record and one chunk, so a
 * million iterations cost as much each as ten do.
 */
final class LoopDraft {
  /** Iterations of one chunk. */
  static final int CHUNK = 1024;

  private final Turn turn;
  private final String stepId;
  private final Map<Long, ChunkDraft> chunks = new HashMap<>();
  private final Map<RunStatus, Long> ended = new EnumMap<>(RunStatus.class);
  private final Map<StepStatus, Long> leaves = new EnumMap<>(StepStatus.class);
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
  Map<String, LoopValues> values;

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
    this.exported = record.exported();
    this.values = record.values();
    this.ended.putAll(record.ended());
    this.leaves.putAll(record.leaves());
  }

  static String key(String stepId) {
    return "loop:" + stepId;
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
    long fresh =
        turn.find(key(stepId), LoopRecord.class).map(record -> record.fresh() + 1).orElse(1L);
    return new LoopDraft(
        turn,
        new LoopRecord(
            stepId, run, attempt, total, 0, 0, 0, Map.of(), false, fresh, run, values, Map.of(),
            0));
  }

  /** The same loop with all its iterations to be run. */
  LoopDraft anew(Turn now) {
    return fresh(now, stepId, run, attempt, total, values);
  }

  /** Goes on in another run or attempt: what has succeeded stays. */
  void resume(long newRun, long newAttempt) {
    run = newRun;
    attempt = newAttempt;
    next = 0;
    low = 0;
    running = 0;
    halted = false;
  }

  /** Iterations whose latest run ended so. */
  long ended(RunStatus status) {
    return ended.getOrDefault(status, 0L);
  }

  Map<StepStatus, Long> leaves() {
    return leaves;
  }

  void addLeaves(Map<StepStatus, Long> more) {
    more.forEach((status, count) -> leaves.merge(status, count, Long::sum));
  }

  // ---- single iterations

  IterationState state(long iteration) {
    return chunk(iteration).state(offset(iteration));
  }

  /** The number of its latest run; 0: it never had one. */
  long runOf(long iteration) {
    return chunk(iteration).runOf(iteration);
  }

  /** Its next run begins; the number of that run. */
  long launch(long iteration) {
    ChunkDraft chunk = chunk(iteration);
    IterationState before = chunk.state(offset(iteration));
    if (before.isIncomplete() || before == IterationState.SUCCEEDED) {
      ended.merge(before.status(), -1L, Long::sum);
    }
    long number = chunk.runOf(iteration) + 1;
    chunk.set(offset(iteration), IterationState.RUNNING);
    chunk.runs.put(iteration, number);
    running++;
    return number;
  }

  /** Its run has ended. */
  void end(long iteration, IterationState state, Map<String, Map<String, ParamValue>> exports) {
    ChunkDraft chunk = chunk(iteration);
    chunk.set(offset(iteration), state);
    exported -= chars(chunk.exports.remove(iteration));
    if (!exports.isEmpty()) {
      chunk.exports.put(iteration, exports);
      exported += chars(exports);
    }
    ended.merge(state.status(), 1L, Long::sum);
    running--;
    moveWindow();
  }

  private static long chars(@Nullable Map<String, Map<String, ParamValue>> exports) {
    return exports == null
        ? 0
        : exports.values().stream()
            .flatMap(params -> params.values().stream())
            .mapToLong(value -> ParamText.of(value).length())
            .sum();
  }

  /** The window of strict ordering begins at the lowest iteration that is not over. */
  void moveWindow() {
    while (low < next && isOver(state(low))) {
      low++;
    }
  }

  private static boolean isOver(IterationState state) {
    return state != IterationState.OPEN && state != IterationState.RUNNING;
  }

  /** What was exported by an iteration, by step and param. */
  Map<String, Map<String, ParamValue>> exports(long iteration) {
    return chunk(iteration).exports.getOrDefault(iteration, Map.of());
  }

  /** The first iteration from {@code from} on, below {@code until}, that has this state. */
  long find(IterationState state, long from, long until) {
    long iteration = from;
    while (iteration < until) {
      ChunkDraft chunk = chunk(iteration);
      if (chunk.letters.length == 1 && chunk.state(0) != state) {
        iteration = (iteration / CHUNK + 1) * CHUNK;
      } else if (chunk.state(offset(iteration)) == state) {
        return iteration;
      } else {
        iteration++;
      }
    }
    return until;
  }

  /** Takes iterations from {@code from} on out: they count no more. */
  void cut(long from) {
    for (long iteration = from; iteration < total; iteration++) {
      IterationState state = state(iteration);
      if (state != IterationState.OPEN && state != IterationState.RUNNING) {
        ended.merge(state.status(), -1L, Long::sum);
        ChunkDraft chunk = chunk(iteration);
        long number = chunk.runOf(iteration);
        chunk.set(offset(iteration), IterationState.OPEN);
        chunk.runs.put(iteration, number);
      }
    }
    total = from;
    next = Math.min(next, total);
  }

  /** The iteration's own instance is forgotten. */
  void forget(long iteration) {
    chunk(iteration).set(offset(iteration), IterationState.OPEN);
  }

  /** Those that run now, lowest first. */
  void running(LongConsumer each) {
    long iteration = find(IterationState.RUNNING, 0, next);
    while (iteration < next) {
      each.accept(iteration);
      iteration = find(IterationState.RUNNING, iteration + 1, next);
    }
  }

  /** The next iteration that may be in another state than this one, at most {@code total}. */
  long after(long iteration) {
    long next =
        chunk(iteration).letters.length == 1 ? (iteration / CHUNK + 1) * CHUNK : iteration + 1;
    return Math.min(next, total);
  }

  private static int offset(long iteration) {
    return (int) (iteration % CHUNK);
  }

  private ChunkDraft chunk(long iteration) {
    long number = iteration / CHUNK;
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
        stepId, run, attempt, total, next, low, running, ended, halted, fresh, since, values,
        leaves, exported);
  }

  void save() {
    turn.put(key(stepId), record());
    chunks.forEach(
        (number, chunk) -> {
          if (chunk.changed) {
            turn.put(chunkKey(stepId, number), chunk.document(fresh));
          }
        });
  }

  /**
   * One chunk, opened up. {@code base} is the number of runs that every iteration of it had before
   * it began anew, at the most: numbers of runs rise and are never used twice.
   */
  private static final class ChunkDraft {
    private final Map<Long, Long> runs = new LinkedHashMap<>();
    private final SortedMap<Long, Map<String, Map<String, ParamValue>>> exports = new TreeMap<>();
    private final long base;
    private char[] letters;
    private boolean changed;

    ChunkDraft(@Nullable LoopChunk stored, long fresh) {
      boolean counts = stored != null && stored.fresh() == fresh;
      if (stored == null || !counts) {
        this.letters = new char[] {IterationState.OPEN.letter()};
        this.base = stored == null ? 0 : highest(stored);
      } else {
        this.letters = stored.statuses().toCharArray();
        this.base = stored.base();
        this.runs.putAll(stored.runs());
        this.exports.putAll(stored.exports());
      }
    }

    private static long highest(LoopChunk stored) {
      long most = stored.base() + (stored.statuses().equals(".") ? 0 : 1);
      for (long run : stored.runs().values()) {
        most = Math.max(most, run);
      }
      return most;
    }

    IterationState state(int offset) {
      return IterationState.of(letters[letters.length == 1 ? 0 : offset]);
    }

    void set(int offset, IterationState state) {
      if (letters.length == 1) {
        char all = letters[0];
        if (all == state.letter()) {
          return;
        }
        letters = new char[CHUNK];
        Arrays.fill(letters, all);
      }
      letters[offset] = state.letter();
      changed = true;
    }

    /** A first run since the beginning is not listed: most iterations have but one. */
    long runOf(long iteration) {
      Long listed = runs.get(iteration);
      if (listed != null) {
        return listed;
      }
      return state(offset(iteration)) == IterationState.OPEN ? base : base + 1;
    }

    LoopChunk document(long fresh) {
      Map<Long, Long> listed = new LinkedHashMap<>(runs);
      // of one that is to run again the number says that it has run
      listed
          .entrySet()
          .removeIf(
              run ->
                  run.getValue() == base + 1 && state(offset(run.getKey())) != IterationState.OPEN);
      return new LoopChunk(fresh, statuses(), listed, base, exports);
    }

    private String statuses() {
      for (char letter : letters) {
        if (letter != letters[0]) {
          return new String(letters);
        }
      }
      return String.valueOf(letters[0]);
    }
  }
}

package io.millrace.engine.run;

import io.millrace.engine.Document.LoopChunk;
import io.millrace.param.ParamValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some iterations of a loop, opened up: a letter for each, the numbers of their runs, what they
 * exported. {@code base} is the number of runs that every one of them had before the loop began
 * anew, at the most: numbers of runs rise and are never used twice.
 */
final class ChunkDraft {
  /** Iterations of one chunk. */
  static final int SIZE = 1024;

  private final Map<Long, Long> runs = new LinkedHashMap<>();
  private final SortedMap<Long, Map<String, Map<String, ParamValue>>> exports = new TreeMap<>();
  private final long base;
  private char[] letters;
  private boolean changed;

  /**
   * @param fresh how often the loop began anew; iterations of an earlier beginning are open again
   */
  ChunkDraft(@Nullable LoopChunk stored, long fresh) {
    if (stored == null) {
      letters = new char[] {IterationState.OPEN.letter()};
      base = 0;
    } else if (stored.fresh() == fresh) {
      letters = stored.statuses().toCharArray();
      base = stored.base();
      runs.putAll(stored.runs());
      exports.putAll(stored.exports());
    } else {
      letters = again(stored.statuses());
      base = highest(stored);
    }
  }

  private static char[] again(String statuses) {
    char[] letters = statuses.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = IterationState.of(letters[i]).again().letter();
    }
    return letters;
  }

  private static long highest(LoopChunk stored) {
    boolean began = stored.statuses().chars().anyMatch(c -> !IterationState.of((char) c).isOpen());
    long most = stored.base() + (began ? 1 : 0);
    for (long run : stored.runs().values()) {
      most = Math.max(most, run);
    }
    return most;
  }

  private static int offset(long iteration) {
    return (int) (iteration % SIZE);
  }

  IterationState state(long iteration) {
    return IterationState.of(letters[letters.length == 1 ? 0 : offset(iteration)]);
  }

  void set(long iteration, IterationState state) {
    if (letters.length == 1) {
      char all = letters[0];
      if (all == state.letter()) {
        return;
      }
      letters = new char[SIZE];
      Arrays.fill(letters, all);
    }
    letters[offset(iteration)] = state.letter();
    changed = true;
  }

  /** Whether one state is that of all. */
  boolean isUniform() {
    return letters.length == 1;
  }

  boolean isChanged() {
    return changed;
  }

  /** The number of its latest run; listed only if it is not the one that most have. */
  long runOf(long iteration) {
    return runs.getOrDefault(iteration, usual(iteration));
  }

  private long usual(long iteration) {
    return state(iteration).isOpen() ? base : base + 1;
  }

  void runOf(long iteration, long run) {
    runs.put(iteration, run);
    changed = true;
  }

  /** What an iteration left for others to read, by step and param. */
  Map<String, Map<String, ParamValue>> exports(long iteration) {
    return exports.getOrDefault(iteration, Map.of());
  }

  void exports(long iteration, Map<String, Map<String, ParamValue>> left) {
    if (left.isEmpty()) {
      exports.remove(iteration);
    } else {
      exports.put(iteration, left);
    }
    changed = true;
  }

  LoopChunk document(long fresh) {
    Map<Long, Long> listed = new LinkedHashMap<>(runs);
    listed.entrySet().removeIf(run -> run.getValue() == usual(run.getKey()));
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

package io.millrace.operators.machine;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who waits for room in the loop, the longest waiting first.
 *
 * <p>There is room below the loop's bound; hints are sent below a lower one, so that what a hint
 * sets off does not at once push the loop over the bound again. In memory only: a machine that
 * waits has also set itself a timer, so what a crash forgets costs time and nothing else.
 */
final class Admission {
  private final AdmissionOptions options;
  private final Set<String> waiting = new LinkedHashSet<>();

  Admission(AdmissionOptions options) {
    this.options = options;
  }

  /** Whether runs may be launched at this depth of the loop. */
  static boolean room(int depth, int bound) {
    return depth < bound;
  }

  /** {@code key} waits; one that does already keeps its place. */
  void await(String key) {
    waiting.add(key);
  }

  int waiting() {
    return waiting.size();
  }

  /** Gives a hint to those who have waited longest, if the loop is shallow. */
  void offer(int depth, int bound, Consumer<String> hint) {
    if (waiting.isEmpty() || depth >= options.hintBelow(bound)) {
      return;
    }
    Iterator<String> longest = waiting.iterator();
    for (int left = options.hintsPerTurn(); left > 0 && longest.hasNext(); left--) {
      String key = longest.next();
      longest.remove();
      hint.accept(key);
    }
  }
}

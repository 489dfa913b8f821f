package io.millrace.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Finds params of one scope that need each other before they have a value. */
final class ParamCycles {
  private static final int MAX_SHOWN = 20;

  private final Problems problems;
  private final Map<String, Map<String, Supplier<Place>>> reads = new LinkedHashMap<>();

  ParamCycles(Problems problems) {
    this.problems = problems;
  }

  /** Notes that a text reads a name; params of signals are no params of the scope. */
  void reads(TextUse use, String name, Supplier<Place> place) {
    boolean inScope =
        switch (use.purpose()) {
          case PARAM, TRIGGER -> true;
          case SUCCESSOR, LOOP, SETTING, RETRY, ALERT, DEPENDENCY, OUTPUT -> false;
        };
    if (inScope && use.param() != null) {
      reads.computeIfAbsent(use.param(), any -> new LinkedHashMap<>()).putIfAbsent(name, place);
    }
  }

  /**
   * Tells one cycle for each group of params that can't be evaluated.
   *
   * <p>A walk along reads that comes back to a param of its own path has found a cycle. Every param
   * is walked through once; paths are kept in a list, for a chain may be as long as there are
   * params.
   *
   * @param own names that are read from this scope and nowhere else
   */
  void tell(Set<String> own) {
    Set<String> done = new LinkedHashSet<>();
    for (String start : own) {
      if (!done.contains(start)) {
        walk(start, own, done);
      }
    }
  }

  private void walk(String start, Set<String> own, Set<String> done) {
    List<String> path = new ArrayList<>(List.of(start));
    Map<String, Integer> positions = new LinkedHashMap<>(Map.of(start, 0));
    List<List<String>> open = new ArrayList<>(List.of(next(start, own)));
    while (!path.isEmpty()) {
      List<String> candidates = open.get(open.size() - 1);
      String at = path.get(path.size() - 1);
      if (candidates.isEmpty()) {
        done.add(at);
        positions.remove(at);
        path.remove(path.size() - 1);
        open.remove(open.size() - 1);
        continue;
      }
      String to = candidates.remove(candidates.size() - 1);
      Integer earlier = positions.get(to);
      if (earlier != null) {
        told(path.subList(earlier, path.size()), at, to);
      } else if (!done.contains(to)) {
        positions.put(to, path.size());
        path.add(to);
        open.add(next(to, own));
      }
    }
  }

  private List<String> next(String name, Set<String> own) {
    List<String> names = new ArrayList<>(reads.getOrDefault(name, Map.of()).keySet());
    names.retainAll(own);
    return names;
  }

  private void told(List<String> cycle, String from, String to) {
    Supplier<Place> place = reads.getOrDefault(from, Map.of()).get(to);
    if (place == null) {
      return;
    }
    List<String> shown = cycle.stream().limit(MAX_SHOWN).map(Quoted::plain).toList();
    problems.error(
        ProblemCode.CYCLE,
        place.get(),
        "no param to need itself",
        "there is the cycle "
            + String.join(" -> ", shown)
            + (cycle.size() > MAX_SHOWN ? " -> ... -> " : " -> ")
            + Quoted.plain(to));
  }
}

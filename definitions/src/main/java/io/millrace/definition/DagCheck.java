package io.millrace.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the steps of one level against each other: ids, successors, predecessors, cycles.
 *
 * <p>Cycles are found by taking away, again and again, the steps that nothing leads to and those
 * that lead nowhere. From any step that stays one can walk on for ever, so the walk closes a cycle;
 * its steps are taken away too, until none is left. Each step is told in at most one cycle. No
 * recursion: a path may be as long as there are steps.
 */
final class DagCheck {
  private static final int MAX_SHOWN = 20;

  private final Problems problems;
  private final Map<String, StepOutline> steps = new LinkedHashMap<>();
  private final Map<String, Set<String>> before = new LinkedHashMap<>();
  private final Map<String, Set<String>> after = new LinkedHashMap<>();

  DagCheck(Problems problems) {
    this.problems = problems;
  }

  void check(List<StepOutline> outlines) {
    for (StepOutline outline : outlines) {
      if (outline.id().isEmpty()) {
        continue;
      }
      StepOutline first = steps.putIfAbsent(outline.id(), outline);
      if (first != null) {
        problems.error(
            ProblemCode.DUPLICATE,
            outline.place(),
            "every step id to be used once",
            Quoted.text(outline.id()) + " is used in line " + first.place().line() + " already");
      }
      before.putIfAbsent(outline.id(), new LinkedHashSet<>());
      after.putIfAbsent(outline.id(), new LinkedHashSet<>());
    }
    for (StepOutline outline : outlines) {
      outline
          .successors()
          .forEach(
              (id, place) -> {
                if (!steps.containsKey(id)) {
                  unknown(id, place, "successor");
                }
              });
    }
    steps.values().forEach(this::connect);
    steps.values().forEach(this::checkPredecessors);
    tellCycles();
  }

  private void connect(StepOutline outline) {
    Set<String> outgoing = after.getOrDefault(outline.id(), new LinkedHashSet<>());
    for (String id : outline.successors().keySet()) {
      Set<String> incoming = before.get(id);
      if (incoming != null) {
        incoming.add(outline.id());
        outgoing.add(id);
      }
    }
  }

  private void checkPredecessors(StepOutline outline) {
    Map<String, Place> said = outline.predecessors();
    if (said == null) {
      return;
    }
    Set<String> real = before.getOrDefault(outline.id(), Set.of());
    said.forEach(
        (id, place) -> {
          if (!steps.containsKey(id)) {
            unknown(id, place, "predecessor");
          } else if (!real.contains(id)) {
            problems.error(
                ProblemCode.BAD_VALUE,
                place,
                "step " + Quoted.text(id) + " to have successor " + Quoted.text(outline.id()),
                "it has not, though it is named as a predecessor");
          }
        });
    for (String id : real) {
      if (!said.containsKey(id)) {
        problems.error(
            ProblemCode.BAD_VALUE,
            outline.place(),
            "the predecessors of " + Quoted.text(outline.id()) + " to name " + Quoted.text(id),
            "they do not, though it leads here");
      }
    }
  }

  private void unknown(String id, Place place, String role) {
    problems.error(
        ProblemCode.UNKNOWN_STEP,
        place,
        "every " + role + " to be a step of the same level",
        "there is no step " + Quoted.text(id));
  }

  private void tellCycles() {
    trim(new ArrayDeque<>(steps.keySet()));
    while (!after.isEmpty()) {
      List<String> cycle = walk(after.keySet().iterator().next());
      tell(cycle);
      Deque<String> touched = new ArrayDeque<>();
      for (String id : cycle) {
        remove(id, touched);
      }
      trim(touched);
    }
  }

  /** Takes away all that can't be on a cycle, beginning with {@code candidates}. */
  private void trim(Deque<String> candidates) {
    while (!candidates.isEmpty()) {
      String id = candidates.remove();
      Set<String> incoming = before.get(id);
      Set<String> outgoing = after.get(id);
      if (incoming != null && outgoing != null && (incoming.isEmpty() || outgoing.isEmpty())) {
        remove(id, candidates);
      }
    }
  }

  private void remove(String id, Deque<String> touched) {
    Set<String> incoming = before.remove(id);
    Set<String> outgoing = after.remove(id);
    if (incoming != null) {
      for (String other : incoming) {
        Set<String> rest = after.get(other);
        if (rest != null && rest.remove(id)) {
          touched.add(other);
        }
      }
    }
    if (outgoing != null) {
      for (String other : outgoing) {
        Set<String> rest = before.get(other);
        if (rest != null && rest.remove(id)) {
          touched.add(other);
        }
      }
    }
  }

  /** Follows first successors until a step comes again; what lies between is the cycle. */
  private List<String> walk(String start) {
    List<String> path = new ArrayList<>();
    Map<String, Integer> positions = new LinkedHashMap<>();
    String at = start;
    while (positions.putIfAbsent(at, path.size()) == null) {
      path.add(at);
      at = after.getOrDefault(at, Set.of()).iterator().next();
    }
    return path.subList(positions.getOrDefault(at, 0), path.size());
  }

  private void tell(List<String> cycle) {
    String last = cycle.get(cycle.size() - 1);
    String first = cycle.get(0);
    StepOutline closing = steps.get(last);
    Place place = closing == null ? null : closing.successors().get(first);
    if (place == null) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (String id : cycle.subList(0, Math.min(cycle.size(), MAX_SHOWN))) {
      path.append(Quoted.plain(id)).append(" -> ");
    }
    if (cycle.size() > MAX_SHOWN) {
      path.append("... -> ");
    }
    problems.error(
        ProblemCode.CYCLE,
        place,
        "no step to wait for itself",
        "there is the cycle " + path + Quoted.plain(first));
  }
}

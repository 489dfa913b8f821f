package io.millrace.definition;

import io.millrace.expression.value.Type;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One level of steps while its names are checked: the workflow, or an iteration of a loop, which
 * runs as a workflow of its own (Maestro semantics 2.8).
 *
 * @param outer the level of the loop; null at the top
 * @param visible the params of the workflow or iteration, with what a read of them gives
 * @param open whether there may be more params than those, because a loop computes their names
 * @param told whether that has been told as a fault, so that nothing more need be said
 * @param steps by id
 */
record Level(
    @Nullable Level outer,
    Map<String, Type> visible,
    boolean open,
    boolean told,
    List<WorkflowOutline.Trigger> triggers,
    Map<String, StepOutline> steps) {
  Level {
    visible = Collections.unmodifiableMap(visible);
    steps = Collections.unmodifiableMap(steps);
  }

  static Level top(WorkflowOutline workflow) {
    Map<String, Type> visible = new LinkedHashMap<>(BuiltInNames.ofWorkflow());
    workflow.params().forEach((name, param) -> visible.put(name, ResultTypes.of(param.type())));
    workflow.unread().forEach(name -> visible.put(name, Type.ANY));
    return new Level(null, visible, false, false, workflow.triggers(), byId(workflow.steps()));
  }

  /** Of a trigger alone, in which there are no steps. */
  static Level ofTrigger(WorkflowOutline.Trigger trigger) {
    Map<String, Type> visible = new LinkedHashMap<>();
    trigger.params().forEach((name, param) -> visible.put(name, ResultTypes.of(param.type())));
    trigger.unread().forEach(name -> visible.put(name, Type.ANY));
    return new Level(null, visible, false, false, List.of(trigger), Map.of());
  }

  /** Of an iteration of {@code step}, a loop of this level. */
  Level inside(StepOutline step, StepOutline.Loop loop) {
    Map<String, Type> names = new LinkedHashMap<>(visible);
    step.params().forEach((name, param) -> names.put(name, ResultTypes.of(param.type())));
    step.unread().forEach(name -> names.put(name, Type.ANY));
    names.remove(LoopParams.NAME);
    names.putAll(LoopParams.types(step));
    return new Level(
        this,
        names,
        open || loop.params() == null,
        told || loop.told(),
        triggers,
        byId(loop.steps()));
  }

  private static Map<String, StepOutline> byId(List<StepOutline> steps) {
    Map<String, StepOutline> byId = new LinkedHashMap<>();
    steps.forEach(step -> byId.putIfAbsent(step.id(), step));
    byId.remove("");
    return byId;
  }

  /** The ids of all steps that lead to each step, by its id; of a cycle, each to all. */
  Map<String, Set<String>> upstream() {
    Map<String, Set<String>> before = new LinkedHashMap<>();
    steps.keySet().forEach(id -> before.put(id, new LinkedHashSet<>()));
    for (StepOutline step : steps.values()) {
      for (String successor : step.successors().keySet()) {
        Set<String> incoming = before.get(successor);
        if (incoming != null) {
          incoming.add(step.id());
        } else {
          // A misspelt successor has been told; it may have meant any step.
          before.values().forEach(any -> any.add(step.id()));
        }
      }
    }
    Map<String, Set<String>> all = new LinkedHashMap<>();
    for (String id : steps.keySet()) {
      Set<String> found = new LinkedHashSet<>();
      Deque<String> open = new ArrayDeque<>(before.getOrDefault(id, Set.of()));
      while (!open.isEmpty()) {
        String next = open.remove();
        if (found.add(next)) {
          open.addAll(before.getOrDefault(next, Set.of()));
        }
      }
      all.put(id, found);
    }
    return all;
  }

  /** Whether a step of this id is there, but around this level and not in it. */
  boolean isAround(String id) {
    for (Level at = outer; at != null; at = at.outer) {
      if (at.steps.containsKey(id)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a trigger has a signal of this name. */
  boolean hasSignal(String name) {
    return triggers.stream().anyMatch(trigger -> trigger.signals().contains(name));
  }
}

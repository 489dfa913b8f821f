package io.millrace.engine.run;

import io.millrace.definition.StepDefinition;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.engine.Parent.Export;
import io.millrace.expression.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A definition with its transitions turned round and its texts looked through: made once for a
 * text, shared by all runs of it.
 */
public final class Dag {
  private final WorkflowDefinition workflow;
  private final Map<String, StepDefinition> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> predecessors = new LinkedHashMap<>();
  private final Map<String, LoopBody> bodies = new HashMap<>();
  private final TextReads reads;
  private final boolean hasChildren;

  /**
   * @param expressions compiles, or remembers what it compiled
   */
  public Dag(WorkflowDefinition workflow, Function<String, Expression> expressions) {
    this.workflow = workflow;
    for (StepDefinition step : workflow.steps()) {
      steps.put(step.id(), step);
      predecessors.put(step.id(), new ArrayList<>());
    }
    for (StepDefinition step : workflow.steps()) {
      for (String successor : step.successors().keySet()) {
        List<String> before = predecessors.get(successor);
        if (before == null) {
          throw new IllegalArgumentException(
              "Expected successor '" + successor + "' of '" + step.id() + "' to be a step.");
        }
        before.add(step.id());
      }
    }
    this.reads = TextReads.of(workflow, expressions);
    this.hasChildren = !workflow.steps().stream().allMatch(TypedStep.class::isInstance);
  }

  public WorkflowDefinition workflow() {
    return workflow;
  }

  /** Ids in the order of the definition. */
  public List<String> stepIds() {
    return List.copyOf(steps.keySet());
  }

  /** The step of this id. */
  public StepDefinition step(String stepId) {
    return find(stepId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected a step '" + stepId + "', but there is none."));
  }

  /** The step of this id, if there is one at this level. */
  public Optional<StepDefinition> find(String stepId) {
    return Optional.ofNullable(steps.get(stepId));
  }

  /** Steps without predecessors, in the order of the definition. */
  public List<String> roots() {
    return steps.keySet().stream().filter(id -> predecessors(id).isEmpty()).toList();
  }

  /** The steps that lead to this one. */
  public List<String> predecessors(String stepId) {
    return predecessors.getOrDefault(stepId, List.of());
  }

  /** These steps and all that come after them; ids that are no steps are left out. */
  Set<String> reachable(List<String> from) {
    Set<String> found = new LinkedHashSet<>();
    ArrayDeque<String> next = new ArrayDeque<>(from);
    while (!next.isEmpty()) {
      String stepId = next.remove();
      if (find(stepId).isPresent() && found.add(stepId)) {
        next.addAll(step(stepId).successors().keySet());
      }
    }
    return found;
  }

  /** The steps of a loop as a definition of their own: what each of its iterations runs. */
  LoopBody body(String loopId, List<StepDefinition> inner) {
    @Nullable LoopBody known = bodies.get(loopId);
    if (known == null) {
      known = LoopBody.of(workflow, inner);
      bodies.put(loopId, known);
    }
    return known;
  }

  /** Whether a step of it may have runs of its own below it. */
  boolean hasChildren() {
    return hasChildren;
  }

  /** Whether a text of it may read a param that is built in for workflows. */
  boolean readsBuiltIns() {
    return reads.builtIns();
  }

  /** What texts of it read of the children of a step, in the order of the texts. */
  List<Export> exports(String stepId) {
    return reads.exports().getOrDefault(stepId, List.of());
  }
}

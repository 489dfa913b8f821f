package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.definition.WorkflowDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A definition with its transitions turned round: made once for a text, shared by all runs of it.
 */
public final class Dag {
  private static final StepDefinition.Cases<TypedStep> LEAF = new LeafStep();

  private final WorkflowDefinition workflow;
  private final Map<String, TypedStep> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> predecessors = new LinkedHashMap<>();

  public Dag(WorkflowDefinition workflow) {
    this.workflow = workflow;
    for (StepDefinition step : workflow.steps()) {
      steps.put(step.id(), step.accept(LEAF));
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
  }

  public WorkflowDefinition workflow() {
    return workflow;
  }

  /** Ids in the order of the definition. */
  public List<String> stepIds() {
    return List.copyOf(steps.keySet());
  }

  /** The step of this id. */
  public TypedStep step(String stepId) {
    TypedStep step = steps.get(stepId);
    if (step == null) {
      throw new IllegalArgumentException("Expected a step '" + stepId + "', but there is none.");
    }
    return step;
  }

  /** Steps without predecessors, in the order of the definition. */
  public List<String> roots() {
    return steps.keySet().stream().filter(id -> predecessors(id).isEmpty()).toList();
  }

  /** The steps that lead to this one. */
  public List<String> predecessors(String stepId) {
    return predecessors.getOrDefault(stepId, List.of());
  }

  /** A push refuses steps of other kinds until they can run. */
  private static final class LeafStep implements StepDefinition.Cases<TypedStep> {
    @Override
    public TypedStep typed(TypedStep step) {
      return step;
    }

    @Override
    public TypedStep subworkflow(SubworkflowStep step) {
      throw unexpected(step);
    }

    @Override
    public TypedStep foreach(ForeachStep step) {
      throw unexpected(step);
    }

    @Override
    public TypedStep whileLoop(WhileStep step) {
      throw unexpected(step);
    }

    private static IllegalArgumentException unexpected(StepDefinition step) {
      return new IllegalArgumentException(
          "Expected '" + step.id() + "' to be a leaf step, but it is another kind of step.");
    }
  }
}

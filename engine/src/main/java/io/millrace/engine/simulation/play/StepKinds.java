package io.millrace.engine.simulation.play;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.definition.WorkflowDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps of a workflow, at any level, have steps below them. */
public final class StepKinds {
  static final StepKinds NONE = new StepKinds(List.of());

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Map<String, String> loops = new HashMap<>();
  private final Set<String> whiles = new HashSet<>();

  /** What a step is to the counts of a tree. */
  public enum Kind {
    /** It does work of its own. */
    LEAF,
    /** A subworkflow that it does not wait for: counts as a leaf, and what is below it does not. */
    ASYNCHRONOUS,
    /** A loop, or a subworkflow that it waits for: only what is below it counts. */
    INNER
  }

  private StepKinds(List<StepDefinition> steps) {
    add(steps);
  }

  /** The steps of a workflow. */
  public static StepKinds of(WorkflowDefinition workflow) {
    return new StepKinds(workflow.steps());
  }

  /** The steps of a text that was pushed. */
  static StepKinds of(String text) {
    return DefinitionReader.readStored(text).push().map(push -> of(push.workflow())).orElse(NONE);
  }

  /** Whether there is such a step. */
  public boolean has(String stepId) {
    return kinds.containsKey(stepId);
  }

  /** A step that is not known counts as a leaf. */
  public Kind kind(String stepId) {
    return kinds.getOrDefault(stepId, Kind.LEAF);
  }

  /** Whether it is a loop that runs one iteration after the other. */
  boolean isWhile(String stepId) {
    return whiles.contains(stepId);
  }

  /** The nearest loop around a step; empty if there is none. */
  Optional<String> loopAround(String stepId) {
    return Optional.ofNullable(loops.get(stepId));
  }

  private void add(String loop, List<StepDefinition> steps) {
    steps.forEach(step -> loops.put(step.id(), loop));
    add(steps);
  }

  private void add(List<StepDefinition> steps) {
    steps.forEach(step -> kinds.put(step.id(), step.accept(new Cases())));
  }

  private final class Cases implements StepDefinition.Cases<Kind> {
    @Override
    public Kind typed(TypedStep step) {
      return Kind.LEAF;
    }

    @Override
    public Kind subworkflow(SubworkflowStep step) {
      return step.sync() ? Kind.INNER : Kind.ASYNCHRONOUS;
    }

    @Override
    public Kind foreach(ForeachStep step) {
      add(step.id(), step.steps());
      return Kind.INNER;
    }

    @Override
    public Kind whileLoop(WhileStep step) {
      whiles.add(step.id());
      add(step.id(), step.steps());
      return Kind.INNER;
    }
  }
}

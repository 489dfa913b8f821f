package io.millrace.engine.workflow;

import io.millrace.definition.DefinitionReader;
import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.engine.RestartPlan.Node;
import java.util.List;
import java.util.Optional;

/** Whether the way down to what is restarted leads along steps that a definition has. */
final class RestartPath {
  private RestartPath() {}

  /** Why not; empty if it does. What is below a subworkflow is another workflow's to know. */
  static Optional<String> problem(String definition, List<Node> path) {
    List<StepDefinition> level =
        DefinitionReader.readStored(definition)
            .push()
            .map(push -> push.workflow().steps())
            .orElse(List.of());
    for (Node node : path) {
      Optional<StepDefinition> step =
          level.stream().filter(known -> known.id().equals(node.stepId())).findFirst();
      if (step.isEmpty()) {
        return Optional.of("Expected '" + node.stepId() + "' to be a step, but there is none.");
      }
      if (step.get() instanceof SubworkflowStep) {
        return Optional.empty();
      }
      level = step.get().accept(Inner.STEPS);
      if (node.iteration() != null && level.isEmpty()) {
        return Optional.of(
            "Expected '" + node.stepId() + "' to have iterations, but it is no loop.");
      }
    }
    return Optional.empty();
  }

  private enum Inner implements StepDefinition.Cases<List<StepDefinition>> {
    STEPS;

    @Override
    public List<StepDefinition> typed(TypedStep step) {
      return List.of();
    }

    @Override
    public List<StepDefinition> subworkflow(SubworkflowStep step) {
      return List.of();
    }

    @Override
    public List<StepDefinition> foreach(ForeachStep step) {
      return step.steps();
    }

    @Override
    public List<StepDefinition> whileLoop(WhileStep step) {
      return step.steps();
    }
  }
}

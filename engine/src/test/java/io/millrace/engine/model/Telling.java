package io.millrace.engine.model;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes the result out of the tree. */
final class Telling {
  private final Consumer<String> doubt;

  Telling(Consumer<String> doubt) {
    this.doubt = doubt;
  }

  Result of(List<Run> roots) {
    return new Result(roots.stream().map(this::run).toList());
  }

  private Result.RunResult run(Run run) {
    Map<String, Result.StepResult> steps = new LinkedHashMap<>();
    Map<StepStatus, Long> leaves = new TreeMap<>();
    List<Result.Child> children = new ArrayList<>();
    for (StepDefinition definition : run.level) {
      StepRun step = run.steps.get(definition.id());
      if (step != null) {
        steps.put(
            step.id(),
            new Result.StepResult(step.status, step.attempts, step.startedMs, step.endedMs));
        List<Result.Child> below = below(step);
        children.addAll(below);
        count(step, below, leaves);
      }
    }
    return new Result.RunResult(
        run.version.flow().id,
        run.instance,
        run.number,
        run.status,
        run.endedMs == null ? null : run.endedMs - run.createdMs,
        steps,
        leaves,
        children);
  }

  private List<Result.Child> below(StepRun step) {
    List<Result.Child> below = new ArrayList<>();
    step.iterations.forEach(
        (index, iteration) -> below.add(new Result.Child(step.id(), index, run(iteration))));
    if (step.child != null) {
      if (step.child.status == RunStatus.CREATED) {
        doubt.accept("a child that is queued for good");
      }
      below.add(new Result.Child(step.id(), null, run(step.child)));
    }
    return below;
  }

  /** A step that is no leaf counts as one when it is asynchronous or never started (3.5). */
  private static void count(StepRun step, List<Result.Child> below, Map<StepStatus, Long> leaves) {
    if (step.definition.accept(COUNTS_ITSELF) || step.startedMs == null) {
      leaves.merge(step.status, 1L, Long::sum);
      return;
    }
    boolean subworkflow = step.definition instanceof SubworkflowStep;
    if (subworkflow && below.isEmpty()) {
      leaves.merge(step.status, 1L, Long::sum);
    }
    below.forEach(
        child ->
            child.run().leafCounts().forEach((status, n) -> leaves.merge(status, n, Long::sum)));
  }

  private static final StepDefinition.Cases<Boolean> COUNTS_ITSELF =
      new StepDefinition.Cases<>() {
        @Override
        public Boolean typed(TypedStep step) {
          return true;
        }

        @Override
        public Boolean subworkflow(SubworkflowStep step) {
          return !step.sync();
        }

        @Override
        public Boolean foreach(ForeachStep step) {
          return false;
        }

        @Override
        public Boolean whileLoop(WhileStep step) {
          return false;
        }
      };
}

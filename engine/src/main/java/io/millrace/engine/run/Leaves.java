package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.protocol.StepStatus;

/**
 * Counts leaf steps over the tree (Maestro semantics 3.5): those of a run when they end, those
 * below it when its children say so. A step that would have children but never began counts as one,
 * and so does an asynchronous subworkflow.
 */
final class Leaves {
  private Leaves() {}

  /** Counts a step that has just ended. */
  static void count(OpenRun run, StepDraft draft) {
    boolean began = draft.step().startedAt() != null;
    if (!began || run.definition(draft.stepId()).accept(Kind.IS_LEAF)) {
      run.leaves().merge(draft.status(), 1L, Long::sum);
    }
  }

  /** Takes a step back that is to run again. */
  static void uncount(OpenRun run, StepDraft draft, StepStatus status) {
    if (run.definition(draft.stepId()).accept(Kind.IS_LEAF)) {
      run.leaves().merge(status, -1L, Long::sum);
    }
  }

  private enum Kind implements StepDefinition.Cases<Boolean> {
    IS_LEAF;

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
  }
}

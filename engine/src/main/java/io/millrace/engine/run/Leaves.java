package io.millrace.engine.run;

import io.millrace.definition.ForeachStep;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.SubworkflowStep;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WhileStep;
import io.millrace.engine.Document.LeafCounts;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.protocol.StepStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts leaf steps over the tree (Maestro semantics 3.5): those of a run when they end, those
 * below it when its children say so. A step that would have children but never began counts as one,
 * and so does an asynchronous subworkflow.
 */
final class Leaves {
  /** References to failing leaf attempts that a run keeps, and tells its parent. */
  static final int MAX_REFERENCES = 20;

  private Leaves() {}

  /** Counts a step that has just ended. */
  static void count(OpenRun run, StepDraft draft) {
    boolean began = draft.step().startedAt() != null;
    if (!began || run.definition(draft.stepId()).accept(Kind.IS_LEAF)) {
      run.leaves().merge(draft.status(), 1L, Long::sum);
      boolean failed =
          draft.status() == StepStatus.FATALLY_FAILED
              || draft.status() == StepStatus.INTERNALLY_FAILED;
      if (failed && run.failing().size() < MAX_REFERENCES) {
        run.failing().add(steps(run, draft.stepId()) + draft.attempt());
      }
    }
  }

  private static String steps(OpenRun run, String stepId) {
    return run.address() + "/" + stepId + "@";
  }

  /** Takes over what a child tells of its leaf steps. */
  static void add(OpenRun run, Message.ChildEnded child) {
    if (!child.leaves().isEmpty()) {
      LeafCounts below = run.below();
      run.below(
          new LeafCounts(
              sum(below.counts(), child.leaves()), first(below.failing(), child.failing())));
    }
  }

  /** Leaf steps of a run and all below it, by status. */
  static Map<StepStatus, Long> all(RunRecord run, LeafCounts below) {
    return sum(run.leaves(), below.counts());
  }

  /** References to leaf attempts of a run and all below it that failed. */
  static List<String> allFailing(RunRecord run, LeafCounts below) {
    return first(run.failing(), below.failing());
  }

  private static Map<StepStatus, Long> sum(Map<StepStatus, Long> some, Map<StepStatus, Long> more) {
    Map<StepStatus, Long> sum = new EnumMap<>(StepStatus.class);
    sum.putAll(some);
    more.forEach((status, count) -> sum.merge(status, count, Long::sum));
    return sum;
  }

  private static List<String> first(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).limit(MAX_REFERENCES).toList();
  }

  /** Leaf steps that the tree may still have, as far as this run knows; below 0: it has more. */
  static long left(OpenRun run) {
    return most(run) - count(run.leaves()) - count(run.below().counts());
  }

  private static long count(Map<StepStatus, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Leaf steps that this run may have, with all below it. */
  static long most(OpenRun run) {
    Parent above = run.record().parent();
    Long left = above == null ? null : above.leavesLeft();
    return left == null ? run.limits().leaves() : left;
  }

  /** Takes a step back that is to run again. */
  static void uncount(OpenRun run, StepDraft draft, StepStatus status) {
    if (run.definition(draft.stepId()).accept(Kind.IS_LEAF)) {
      run.leaves().merge(status, -1L, Long::sum);
      run.failing().removeIf(leaf -> leaf.startsWith(steps(run, draft.stepId())));
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

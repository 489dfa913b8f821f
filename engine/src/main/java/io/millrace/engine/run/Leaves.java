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
import io.millrace.engine.Turn;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The leaf steps of an open run and of all below it (Maestro semantics 3.5): its own are counted
 * when they end, those below it when its children say so. A step that would have children but never
 * began counts as one, and so does an asynchronous subworkflow.
 */
final class Leaves {
  /** References to failing leaf attempts that a run keeps, and tells its parent. */
  static final int MAX_REFERENCES = 20;

  private final OpenRun run;
  private final Map<StepStatus, Long> own = new EnumMap<>(StepStatus.class);
  private final List<String> failing;
  private @Nullable LeafCounts below;
  private boolean changed;

  Leaves(OpenRun run, RunRecord record) {
    this.run = run;
    this.own.putAll(record.leaves());
    this.failing = new ArrayList<>(record.failing());
  }

  static String key(long run) {
    return "leaves:" + run;
  }

  /** The run's own that have ended, by status. */
  Map<StepStatus, Long> own() {
    return own;
  }

  /** References to its own attempts that failed. */
  List<String> failing() {
    return failing;
  }

  /** Counts a step that has just ended. */
  void count(StepDraft draft) {
    boolean began = draft.step().startedAt() != null;
    if (began && !isLeaf(draft)) {
      return;
    }
    own.merge(draft.status(), 1L, Long::sum);
    boolean failed =
        draft.status() == StepStatus.FATALLY_FAILED
            || draft.status() == StepStatus.INTERNALLY_FAILED;
    if (failed && failing.size() < MAX_REFERENCES) {
      failing.add(attempts(draft) + draft.attempt());
    }
  }

  /** Takes a step back that is to run again. */
  void uncount(StepDraft draft, StepStatus status) {
    if (isLeaf(draft)) {
      own.merge(status, -1L, Long::sum);
      failing.removeIf(leaf -> leaf.startsWith(attempts(draft)));
    }
  }

  private boolean isLeaf(StepDraft draft) {
    return run.definition(draft.stepId()).accept(Kind.IS_LEAF);
  }

  private String attempts(StepDraft draft) {
    return run.address() + "/" + draft.stepId() + "@";
  }

  /** Takes over what a child tells of its leaf steps. */
  void add(Message.ChildEnded child) {
    if (!child.leaves().isEmpty()) {
      below = sum(below(), child.leaves(), child.failing());
      changed = true;
    }
  }

  private LeafCounts below() {
    if (below == null) {
      below = run.dag().hasChildren() ? stored(run.turn(), run.record().run()) : LeafCounts.NONE;
    }
    return below;
  }

  private static LeafCounts stored(Turn turn, long run) {
    return turn.find(key(run), LeafCounts.class).orElse(LeafCounts.NONE);
  }

  /** Those of the run and of all below it. */
  LeafCounts all() {
    return sum(new LeafCounts(own, failing), below().counts(), below().failing());
  }

  /** The same of a run that is not open. */
  static LeafCounts all(Turn turn, RunRecord run) {
    LeafCounts below = stored(turn, run.run());
    return sum(new LeafCounts(run.leaves(), run.failing()), below.counts(), below.failing());
  }

  private static LeafCounts sum(
      LeafCounts some, Map<StepStatus, Long> counts, List<String> failing) {
    Map<StepStatus, Long> sum = new EnumMap<>(StepStatus.class);
    sum.putAll(some.counts());
    counts.forEach((status, count) -> sum.merge(status, count, Long::sum));
    return new LeafCounts(
        sum,
        Stream.concat(some.failing().stream(), failing.stream()).limit(MAX_REFERENCES).toList());
  }

  /** Leaf steps that the tree may still have, as far as this run knows; below 0: it has more. */
  long left() {
    Parent above = run.record().parent();
    Long given = above == null ? null : above.leavesLeft();
    return (given == null ? run.limits().leaves() : given) - count(own) - count(below().counts());
  }

  private static long count(Map<StepStatus, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Writes what children have told; the run's own stand in its record. */
  void save() {
    if (changed) {
      run.turn().put(key(run.record().run()), below());
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

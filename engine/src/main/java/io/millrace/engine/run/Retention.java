package io.millrace.engine.run;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets an instance, and before it the iterations that are still kept below it: they have no
 * retention of their own (decisions, the tree 13). As many a turn as a turn may; the rest on a
 * nudge.
 */
final class Retention {
  private static final List<IterationState> KEPT =
      List.of(
          IterationState.FAILED,
          IterationState.TIMED_OUT,
          IterationState.STOPPED,
          IterationState.OPEN_AGAIN,
          IterationState.SUCCEEDED);

  private final Turn turn;
  private final InstanceAddress instance;
  private final boolean keepsAll;
  private int left;

  Retention(Turn turn, InstanceAddress instance, int most, boolean keepsAll) {
    this.turn = turn;
    this.instance = instance;
    this.left = most;
    this.keepsAll = keepsAll;
  }

  /** Whether all below was told, so that the instance itself can go. */
  boolean tellBelow(RunRecord run) {
    List<String> steps = new ArrayList<>(run.earlier().keySet());
    steps.addAll(run.steps());
    for (String stepId : steps) {
      LoopDraft loop = LoopDraft.find(turn, stepId).orElse(null);
      if (loop != null && !tellIterations(stepId, loop)) {
        loop.save();
        return false;
      }
    }
    return true;
  }

  private boolean tellIterations(String stepId, LoopDraft loop) {
    for (IterationState state : KEPT.subList(0, keepsAll ? KEPT.size() : KEPT.size() - 1)) {
      long iteration = loop.find(state, 0, loop.most());
      while (iteration < loop.most()) {
        if (left-- == 0) {
          return false;
        }
        turn.send(
            MachineAddress.instance(instance.iteration(stepId, iteration)),
            new Message.ForgetIteration());
        loop.forget(iteration);
        iteration = loop.find(state, iteration + 1, loop.most());
      }
    }
    return true;
  }
}

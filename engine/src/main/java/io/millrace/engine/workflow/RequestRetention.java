package io.millrace.engine.workflow;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.Turn;

/**
 * How long request ids and what is known of their instances are kept.
 *
 * <p>They go in the order of instance numbers, so one that is still needed holds up the later ones.
 */
final class RequestRetention {
  /** Named timer: the oldest instance's retention is over. */
  static final String TIMER = "forget-requests";

  private RequestRetention() {}

  /** Looks again when what was accepted then is to be forgotten. */
  static void await(Turn turn, EngineLimits limits, long acceptedAt) {
    turn.setTimer(TIMER, Math.max(turn.at(), acceptedAt + limits.requestRetention().toMillis()));
  }

  /** In the order of acceptance, so the oldest unforgotten one says when to look again. */
  static void forget(Turn turn, EngineLimits limits, WorkflowDraft workflow) {
    int left = limits.followUpsPerTurn();
    while (workflow.oldestInstance <= workflow.lastInstance) {
      InstanceDraft oldest = InstanceDraft.load(turn, workflow.oldestInstance);
      long when = oldest.acceptedAt + limits.requestRetention().toMillis();
      if (when > turn.at() || left-- == 0) {
        await(turn, limits, oldest.acceptedAt);
        return;
      }
      if (isNeeded(workflow, oldest)) {
        await(turn, limits, turn.at());
        return;
      }
      workflow.unblock(oldest);
      oldest.remove(turn);
      oldest.requestIds().forEach(request -> turn.remove(Starts.requestKey(request)));
      workflow.oldestInstance++;
    }
  }

  /** Still alive after all that time: its end needs the record. So does a failure that blocks. */
  private static boolean isNeeded(WorkflowDraft workflow, InstanceDraft instance) {
    return !instance.status.isTerminal()
        || (Strategies.isBlocked(workflow) && workflow.isBlockedBy(instance));
  }
}

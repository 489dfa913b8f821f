package io.millrace.engine.workflow;

import io.millrace.definition.RunStrategy;
import io.millrace.engine.Parent;
import java.util.Optional;

/** What the six run strategies say (Maestro semantics 6); {@link StartQueue} does it. */
final class Strategies {
  private Strategies() {}

  /** Whether a queued run may begin now. */
  static boolean allowsAnother(WorkflowDraft workflow) {
    return workflow.running < workflow.properties.runStrategy().concurrency()
        && !isBlocked(workflow);
  }

  /** Whether a failure keeps all that is queued in the queue. */
  static boolean isBlocked(WorkflowDraft workflow) {
    return switch (workflow.rule()) {
      case STRICT_SEQUENTIAL -> workflow.failed > 0;
      case SEQUENTIAL, FIRST_ONLY, LAST_ONLY, PARALLEL, SERIAL_LATEST_ONLY -> false;
    };
  }

  /** Why a run that arrives now is stopped at once; empty: it is not. */
  static Optional<String> whyStoppedOnArrival(WorkflowDraft workflow) {
    boolean isStopped =
        switch (workflow.rule()) {
          case FIRST_ONLY -> workflow.alive() > 0;
          case SEQUENTIAL, STRICT_SEQUENTIAL, LAST_ONLY, PARALLEL, SERIAL_LATEST_ONLY -> false;
        };
    return isStopped
        ? Optional.of(
            "The run strategy FIRST_ONLY lets no other run begin while one is queued or running.")
        : Optional.empty();
  }

  /** Why the workflow cannot change to this strategy now; empty: it can. */
  static Optional<String> whyNotChanged(WorkflowDraft workflow, RunStrategy to) {
    if (to.rule() == workflow.rule()) {
      return Optional.empty();
    }
    return switch (to.rule()) {
      case FIRST_ONLY, LAST_ONLY ->
          workflow.alive() < 2
              ? Optional.empty()
              : Optional.of(
                  "Expected at most 1 queued or running instance to change the run strategy to "
                      + to.rule()
                      + ", but there are "
                      + workflow.alive()
                      + ".");
      case STRICT_SEQUENTIAL ->
          workflow.failed == 0
              ? Optional.empty()
              : Optional.of(
                  "Expected no failed instance to change the run strategy to STRICT_SEQUENTIAL,"
                      + " but "
                      + workflow.failed
                      + " failed and were neither restarted nor unblocked.");
      case SEQUENTIAL, PARALLEL, SERIAL_LATEST_ONLY -> Optional.empty();
    };
  }

  /**
   * Why a run that a step waits for would never begin: it would wait for a run above that step, or
   * end it. Empty: it would not.
   */
  static Optional<String> whyDeadlocked(WorkflowDraft workflow, String workflowId, Parent parent) {
    long above = parent.waiting().stream().filter(workflowId::equals).count();
    if (!parent.sync() || above == 0) {
      return Optional.empty();
    }
    RunStrategy strategy = workflow.properties.runStrategy();
    boolean isDeadlock =
        switch (strategy.rule()) {
          case SEQUENTIAL, STRICT_SEQUENTIAL, SERIAL_LATEST_ONLY, LAST_ONLY -> true;
          case PARALLEL -> above >= strategy.concurrency();
          case FIRST_ONLY -> false; // it is stopped at once, as always
        };
    return isDeadlock
        ? Optional.of(
            "Expected a subworkflow of '"
                + workflowId
                + "' to be able to begin, but "
                + above
                + " of its runs wait for this one to end and its run strategy "
                + named(strategy)
                + " lets it begin only after them.")
        : Optional.empty();
  }

  /** As users see it: {@code PARALLEL(3)}. */
  static String named(RunStrategy strategy) {
    return strategy.rule() + "(" + strategy.concurrency() + ")";
  }

  /** Why what is queued does not begin. */
  static String whyWaiting(WorkflowDraft workflow) {
    String before = "It is queued with " + (workflow.queued - 1) + " others: ";
    String strategy = "the run strategy " + named(workflow.properties.runStrategy());
    if (isBlocked(workflow)) {
      return before
          + strategy
          + " lets nothing begin until "
          + workflow.failed
          + " failed instances are restarted or unblocked.";
    }
    if (allowsAnother(workflow)) {
      return before
          + strategy
          + " lets it begin, but the system is busy with "
          + "what has begun already.";
    }
    return before
        + strategy
        + " lets it begin when fewer than "
        + workflow.properties.runStrategy().concurrency()
        + " runs are in progress, and now there are "
        + workflow.running
        + ".";
  }
}

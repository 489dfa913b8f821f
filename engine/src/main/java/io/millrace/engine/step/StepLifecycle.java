package io.millrace.engine.step;

import static io.millrace.protocol.StepStatus.*;

import io.millrace.protocol.StepStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which status of a step may follow which: the whole table, consulted on every change (Maestro
 * semantics 3.1).
 */
public final class StepLifecycle {
  private static final Map<StepStatus, Set<StepStatus>> NEXT = table();

  private StepLifecycle() {}

  private static Map<StepStatus, Set<StepStatus>> table() {
    Map<StepStatus, Set<StepStatus>> next = new EnumMap<>(StepStatus.class);
    for (StepStatus status : StepStatus.values()) {
      next.put(status, EnumSet.noneOf(StepStatus.class));
    }
    allow(next, NOT_CREATED, CREATED);
    allow(next, CREATED, INITIALIZED, UNSATISFIED, SKIPPED);
    allow(next, INITIALIZED, PAUSED, WAITING_FOR_SIGNALS);
    allow(next, PAUSED, WAITING_FOR_SIGNALS);
    allow(next, WAITING_FOR_SIGNALS, EVALUATING_PARAMS);
    allow(next, EVALUATING_PARAMS, WAITING_FOR_PERMITS);
    allow(next, WAITING_FOR_PERMITS, STARTING);
    allow(next, STARTING, RUNNING, FINISHING, USER_FAILED, PLATFORM_FAILED);
    allow(next, RUNNING, FINISHING, USER_FAILED, PLATFORM_FAILED, TIMEOUT_FAILED);
    allow(next, FINISHING, SUCCEEDED);
    // The next attempt begins after the back-off.
    allow(next, USER_FAILED, CREATED);
    allow(next, PLATFORM_FAILED, CREATED);
    allow(next, TIMEOUT_FAILED, CREATED);
    allow(next, FATALLY_FAILED, COMPLETED_WITH_ERROR, CREATED);
    // A user restarts what has ended without being complete.
    allow(next, INTERNALLY_FAILED, CREATED);
    allow(next, STOPPED, CREATED);
    allow(next, TIMED_OUT, CREATED);
    for (StepStatus status : StepStatus.values()) {
      if (status != NOT_CREATED && !status.isTerminal()) {
        // By an action, a timeout above it, a fatal report or a bug.
        allow(next, status, STOPPED, TIMED_OUT, FATALLY_FAILED, INTERNALLY_FAILED);
        if (status != CREATED) {
          allow(next, status, SKIPPED);
        }
      }
    }
    next.replaceAll((from, to) -> Collections.unmodifiableSet(to));
    return next;
  }

  private static void allow(
      Map<StepStatus, Set<StepStatus>> next, StepStatus from, StepStatus... to) {
    next.computeIfAbsent(from, status -> EnumSet.noneOf(StepStatus.class)).addAll(Set.of(to));
  }

  /** The statuses that may follow. */
  public static Set<StepStatus> next(StepStatus from) {
    return NEXT.getOrDefault(from, Set.of());
  }

  /**
   * Checks one change.
   *
   * @throws IllegalStateException if the table does not have it: a bug of the engine
   */
  public static void check(String stepId, StepStatus from, StepStatus to) {
    Set<StepStatus> allowed = next(from);
    if (!allowed.contains(to)) {
      throw new IllegalStateException(
          "Expected step '"
              + stepId
              + "' to go from "
              + from
              + " to one of "
              + allowed
              + ", but it went to "
              + to
              + ".");
    }
  }
}

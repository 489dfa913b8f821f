package io.millrace.engine.step;

import static io.millrace.protocol.StepStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.StepStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole table, told again in the words of the specification (Maestro semantics 3.1). */
final class StepLifecycleTest {
  /** What happens to a step: from any of these to that. */
  private record Leg(Set<StepStatus> from, StepStatus to) {}

  private static final Set<StepStatus> OPEN =
      EnumSet.of(
          CREATED,
          INITIALIZED,
          PAUSED,
          WAITING_FOR_SIGNALS,
          EVALUATING_PARAMS,
          WAITING_FOR_PERMITS,
          STARTING,
          RUNNING,
          FINISHING);
  private static final Set<StepStatus> WAITING_FOR_RETRY =
      EnumSet.of(USER_FAILED, PLATFORM_FAILED, TIMEOUT_FAILED);
  private static final Set<StepStatus> NOT_TERMINAL = both(OPEN, WAITING_FOR_RETRY);
  private static final Set<StepStatus> AT_WORK = EnumSet.of(STARTING, RUNNING);

  private static final Map<String, Leg> LEGS = new LinkedHashMap<>();

  static {
    leg("its predecessors are complete", Set.of(NOT_CREATED), CREATED);
    leg("its timeout and dependencies are known", Set.of(CREATED), INITIALIZED);
    leg("no condition led here", Set.of(CREATED), UNSATISFIED);
    leg("a breakpoint holds it", Set.of(INITIALIZED), PAUSED);
    leg("it asks for its signals", Set.of(INITIALIZED, PAUSED), WAITING_FOR_SIGNALS);
    leg("its signals are there", Set.of(WAITING_FOR_SIGNALS), EVALUATING_PARAMS);
    leg("its params are known", Set.of(EVALUATING_PARAMS), WAITING_FOR_PERMITS);
    leg("it has its permits", Set.of(WAITING_FOR_PERMITS), STARTING);
    leg("it is at work", Set.of(STARTING), RUNNING);
    leg("its work is done", AT_WORK, FINISHING);
    leg("its outputs are taken", Set.of(FINISHING), SUCCEEDED);
    leg("the user's code failed", AT_WORK, USER_FAILED);
    leg("the platform failed", AT_WORK, PLATFORM_FAILED);
    leg("the attempt took too long, and another follows", Set.of(RUNNING), TIMEOUT_FAILED);
    leg("the next attempt begins", WAITING_FOR_RETRY, CREATED);
    leg(
        "a user restarts it in a run that goes on",
        EnumSet.of(FATALLY_FAILED, INTERNALLY_FAILED, STOPPED, TIMED_OUT),
        CREATED);
    leg("the failure is ignored", Set.of(FATALLY_FAILED), COMPLETED_WITH_ERROR);
    leg("it fails for good, or is killed", NOT_TERMINAL, FATALLY_FAILED);
    leg("an expression or the engine fails", NOT_TERMINAL, INTERNALLY_FAILED);
    leg("it is stopped", NOT_TERMINAL, STOPPED);
    leg("it, or what is above it, took too long", NOT_TERMINAL, TIMED_OUT);
    leg("it is skipped", NOT_TERMINAL, SKIPPED);
  }

  private static void leg(String what, Set<StepStatus> from, StepStatus to) {
    LEGS.put(what, new Leg(from, to));
  }

  private static Set<StepStatus> both(Set<StepStatus> one, Set<StepStatus> other) {
    Set<StepStatus> all = EnumSet.copyOf(one);
    all.addAll(other);
    return all;
  }

  @Test
  void shouldAllowExactlyWhatTheSpecificationTells() {
    Map<StepStatus, Set<StepStatus>> told = new EnumMap<>(StepStatus.class);
    for (StepStatus status : StepStatus.values()) {
      told.put(status, EnumSet.noneOf(StepStatus.class));
    }
    LEGS.values().forEach(leg -> leg.from().forEach(from -> told.get(from).add(leg.to())));

    for (StepStatus from : StepStatus.values()) {
      assertThat(StepLifecycle.next(from)).as("after " + from).isEqualTo(told.get(from));
    }
  }

  @Test
  void shouldRefuseEveryOtherChange() {
    for (StepStatus from : StepStatus.values()) {
      for (StepStatus to : StepStatus.values()) {
        if (StepLifecycle.next(from).contains(to)) {
          assertThatCode(() -> StepLifecycle.check("a", from, to)).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> StepLifecycle.check("a", from, to))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("Expected step 'a' to go from " + from)
              .hasMessageEndingWith("but it went to " + to + ".");
        }
      }
    }
  }

  @Test
  void shouldLeadOutOfACompleteStatusNever() {
    for (StepStatus status : StepStatus.values()) {
      if (status.isComplete()) {
        assertThat(StepLifecycle.next(status)).as("after " + status).isEmpty();
      }
    }
  }

  @Test
  void shouldLeadFromEveryOpenStatusToAnEnd() {
    for (StepStatus status : NOT_TERMINAL) {
      assertThat(StepLifecycle.next(status)).as("after " + status).anyMatch(StepStatus::isTerminal);
    }
  }

  @Test
  void shouldNeverComeBackToTheBeginning() {
    for (StepStatus status : StepStatus.values()) {
      assertThat(StepLifecycle.next(status)).doesNotContain(NOT_CREATED, status, DISABLED);
    }
  }
}

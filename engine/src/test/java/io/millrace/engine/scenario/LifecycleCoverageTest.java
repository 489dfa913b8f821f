package io.millrace.engine.scenario;

import static io.millrace.protocol.StepStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.TimelineInvariants.Transition;
import io.millrace.engine.step.StepLifecycle;
import io.millrace.protocol.StepStatus;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The stories reach every change of a step that this release can make. What it cannot make yet is
 * listed by name, so a later release has to take it off the list and tell a story of it.
 */
final class LifecycleCoverageTest {
  private static final List<Class<?>> STORIES =
      List.of(
          SequenceScenarioTest.class,
          RetryScenarioTest.class,
          RetryWaitScenarioTest.class,
          FailureScenarioTest.class,
          StopScenarioTest.class,
          QuarantineScenarioTest.class,
          ControlFlowScenarioTest.class,
          RestartScenarioTest.class);

  @Test
  void shouldReachAllChangesButThoseThatNothingMakesYet() throws ReflectiveOperationException {
    Set<String> unreached = names(allLegal());
    unreached.removeAll(names(reached()));

    assertThat(unreached).isEqualTo(names(notYetReachable()));
  }

  private static Set<Transition> allLegal() {
    Set<Transition> legal = new LinkedHashSet<>();
    for (StepStatus from : StepStatus.values()) {
      StepLifecycle.next(from).forEach(to -> legal.add(new Transition(from, to)));
    }
    return legal;
  }

  private static Set<Transition> notYetReachable() {
    Set<Transition> none = new LinkedHashSet<>();
    // These statuses are passed through within one turn: nothing can come between.
    for (StepStatus passing :
        EnumSet.of(
            CREATED,
            INITIALIZED,
            WAITING_FOR_SIGNALS,
            EVALUATING_PARAMS,
            WAITING_FOR_PERMITS,
            STARTING,
            FINISHING)) {
      add(none, passing, STOPPED, TIMED_OUT);
      boolean mayFail = passing == EVALUATING_PARAMS || passing == FINISHING;
      if (!mayFail) {
        add(none, passing, INTERNALLY_FAILED);
      }
    }
    for (StepStatus passing :
        EnumSet.of(
            CREATED,
            INITIALIZED,
            WAITING_FOR_SIGNALS,
            EVALUATING_PARAMS,
            WAITING_FOR_PERMITS,
            FINISHING,
            USER_FAILED,
            PLATFORM_FAILED,
            TIMEOUT_FAILED)) {
      // Fails for good only at work; a kill comes with the other actions.
      add(none, passing, FATALLY_FAILED);
    }
    // Breakpoints.
    add(none, INITIALIZED, PAUSED);
    add(none, PAUSED, WAITING_FOR_SIGNALS, STOPPED, TIMED_OUT, FATALLY_FAILED, INTERNALLY_FAILED);
    // Signals and permits, which a step may wait for.
    add(none, PAUSED, SKIPPED);
    add(none, INITIALIZED, SKIPPED);
    add(none, WAITING_FOR_SIGNALS, SKIPPED);
    add(none, EVALUATING_PARAMS, SKIPPED);
    add(none, WAITING_FOR_PERMITS, SKIPPED);
    add(none, STARTING, SKIPPED);
    add(none, FINISHING, SKIPPED);
    // No type of step is done, or fails by the user's code, as it starts.
    add(none, STARTING, FINISHING, USER_FAILED);
    return none;
  }

  private static void add(Set<Transition> all, StepStatus from, StepStatus... to) {
    for (StepStatus next : to) {
      all.add(new Transition(from, next));
    }
  }

  private static Set<String> names(Set<Transition> transitions) {
    Set<String> names = new TreeSet<>();
    transitions.forEach(change -> names.add(change.from() + " -> " + change.to()));
    return names;
  }

  /** Tells all stories once more and sees what happened in them. */
  private static Set<Transition> reached() throws ReflectiveOperationException {
    Set<Transition> reached = new LinkedHashSet<>();
    for (Class<?> stories : STORIES) {
      Constructor<?> constructor = stories.getDeclaredConstructor();
      for (Method story : storiesOf(stories)) {
        Object teller = constructor.newInstance();
        story.invoke(teller);
        Scenarios told = (Scenarios) stories.getDeclaredField("scenarios").get(teller);
        told.made().forEach(it -> reached.addAll(TimelineInvariants.transitions(it.cluster())));
      }
    }
    return reached;
  }

  private static List<Method> storiesOf(Class<?> stories) {
    return List.of(stories.getDeclaredMethods()).stream()
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }
}

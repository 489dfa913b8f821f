package io.millrace.engine.scenario;

import io.millrace.engine.Message;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ActionRequest.Action;
import io.millrace.protocol.RunStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Actions on runs that wait in the queue (Maestro semantics 9.4, 9.6). */
final class QueuedActionScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private Scenario queued() {
    return scenarios
        .given(GivenWorkflow.sequence("a", "b"))
        .whenStartedTimes(2)
        .thenRunIs(1, RunStatus.IN_PROGRESS)
        .ofRun(2);
  }

  private static Scenario asked(Scenario scenario, Action action, String target, String step) {
    ActionRequest request =
        new ActionRequest(action, target, null, null, null, null, step, null, Map.of(), null);
    return scenario.told(scenario.machine(), new Message.Act(request, scenario.asker()));
  }

  /** A step that was never created can neither be stopped nor killed. */
  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"STOP", "KILL"})
  void shouldLeaveAQueuedRunAloneWhenItsStepIsToEnd(Action action) {
    Scenario scenario = queued();

    asked(scenario, action, scenario.machine().key(), "b")
        .thenRefused("NOT_RUNNING")
        .thenRunIsQueued(2)
        .ofRun(1)
        .whenWorkerSucceeds("a")
        .whenWorkerSucceeds("b")
        .thenRunIs(2, RunStatus.IN_PROGRESS);
  }

  @Test
  void shouldLeaveAQueuedRunAloneWhenItsIterationIsToEnd() {
    Scenario scenario = queued();

    asked(scenario, Action.STOP, scenario.machine().key() + "/fe/0", null)
        .thenRefused("NOT_RUNNING")
        .thenRunIsQueued(2);
  }
}

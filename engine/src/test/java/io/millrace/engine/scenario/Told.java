package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.Reply;
import io.millrace.protocol.RunView;

/** What the last answer tells of a run. */
final class Told {
  private Told() {}

  static RunView run(Scenario scenario) {
    assertThat(scenario.lastReply()).isInstanceOf(Reply.RunTold.class);
    return ((Reply.RunTold) scenario.lastReply()).run();
  }

  static RunView.StepView step(Scenario scenario, String stepId) {
    return run(scenario).steps().stream()
        .filter(step -> step.stepId().equals(stepId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Expected to be told of step " + stepId + "."));
  }
}

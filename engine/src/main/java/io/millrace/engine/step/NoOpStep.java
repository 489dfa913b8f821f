package io.millrace.engine.step;

import java.util.Map;

/** Completes at once, within the turn (Maestro semantics 2.1). */
final class NoOpStep implements StepBehavior {
  @Override
  public void begin(StepContext step) {
    step.running();
    step.succeed(Map.of());
  }
}

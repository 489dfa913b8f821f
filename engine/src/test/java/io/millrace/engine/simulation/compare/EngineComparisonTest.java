package io.millrace.engine.simulation.compare;

import io.millrace.engine.model.ModelComparison;
import io.millrace.engine.model.Simulator;

/** The engine does what the model does that was written from the specification alone. */
final class EngineComparisonTest extends ModelComparison {
  @Override
  protected Simulator simulator() {
    return EngineSimulator.keeping();
  }
}

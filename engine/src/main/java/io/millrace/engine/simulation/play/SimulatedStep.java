package io.millrace.engine.simulation.play;

import io.millrace.param.ParamValue;
import io.millrace.protocol.StepStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step. Times are milliseconds since the virtual clock's start.
 *
 * @param startedMs when the latest attempt was STARTING; null: it never was
 * @param endedMs null: it has not ended
 * @param waitingFor why it does not get on, in one sentence; null: it has ended, or is at work
 * @param params evaluated, with the outputs merged in
 */
public record SimulatedStep(
    StepStatus status,
    long attempts,
    @Nullable Long startedMs,
    @Nullable Long endedMs,
    @Nullable String waitingFor,
    Map<String, ParamValue> params) {
  public SimulatedStep {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}

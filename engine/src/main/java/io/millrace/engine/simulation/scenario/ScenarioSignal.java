package io.millrace.engine.simulation.scenario;

import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signal from outside.
 *
 * @param at since the clock's start
 */
public record ScenarioSignal(
    Duration at,
    String name,
    Map<String, ParamDefinition> params,
    Map<String, ParamDefinition> payload) {
  public ScenarioSignal {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
  }
}

package io.millrace.engine.simulation.scenario;

import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A start by a user.
 *
 * @param at since the clock's start
 * @param requestId null: one of its own
 */
public record ScenarioStart(
    Duration at, String workflow, Map<String, ParamDefinition> params, @Nullable String requestId) {
  public ScenarioStart {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}

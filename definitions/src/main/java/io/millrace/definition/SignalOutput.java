package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signal that a step announces when it is done (Maestro semantics 7.4; deviations 24).
 *
 * @param name of the signal; may hold interpolations
 * @param params what others can match, each of type STRING or LONG
 * @param payload what is delivered beside them, of any type
 */
public record SignalOutput(
    String name, Map<String, ParamDefinition> params, Map<String, ParamDefinition> payload) {
  public SignalOutput {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
  }
}

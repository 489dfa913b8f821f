package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signal that a step waits for before it starts (Maestro semantics 7.3; deviations 25).
 *
 * @param name of the signal; may hold interpolations
 * @param matchParams what its params must be like; at most one is a range
 * @param maxAge how old the signal may be; null if any will do
 * @param consume whether no other step gets the signal after this one; false if unsaid
 */
public record SignalDependency(
    String name, Map<String, Match> matchParams, @Nullable Duration maxAge, boolean consume) {
  public SignalDependency {
    matchParams = Collections.unmodifiableMap(new LinkedHashMap<>(matchParams));
  }

  /**
   * What a param must be like.
   *
   * @param param of type STRING or LONG; evaluated without the step's own params
   */
  public record Match(ParamDefinition param, SignalOperator operator) {}
}

package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run when all of its signals have come (Maestro semantics 7.5; deviations 24).
 *
 * @param definitions what is waited for, by the name of the signal; 1..8 of them, whose join keys
 *     are equally many
 * @param params of the run, evaluated when the signals are there
 * @param condition a BOOLEAN expression that must hold for a run to start; null if nothing is said
 * @param dedupExpr a STRING expression; starts with the same result are one; null if unsaid
 */
public record SignalTrigger(
    Map<String, Definition> definitions,
    Map<String, ParamDefinition> params,
    @Nullable String condition,
    @Nullable String dedupExpr) {
  public SignalTrigger {
    definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /**
   * What one signal must be like.
   *
   * @param matchParams by the signal's param; at most one is a range
   * @param joinKeys params whose values must be those of the other signals' join keys, each at the
   *     same position; none of them is matched as well
   */
  public record Definition(Map<String, Match> matchParams, List<String> joinKeys) {
    public Definition {
      matchParams = Collections.unmodifiableMap(new LinkedHashMap<>(matchParams));
      joinKeys = List.copyOf(joinKeys);
    }
  }

  /**
   * What a param must be like.
   *
   * @param value a {@link ParamValue.Text} or {@link ParamValue.Int}, never evaluated
   */
  public record Match(ParamValue value, SignalOperator operator) {}
}

package io.millrace.engine.simulation.scenario;

import io.millrace.param.ParamDefinition;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the outside world does while workflows run.
 *
 * @param now where the virtual clock starts
 * @param schedules whether time triggers fire
 * @param start whether the named workflow is started at the beginning
 * @param params run params of that start
 * @param outcomes of the attempts of steps, by step id, in the order they are used up
 * @param signals announced from outside
 * @param actions in the order they are written
 * @param starts in the order they are written
 */
public record Scenario(
    Instant now,
    boolean schedules,
    boolean start,
    Map<String, ParamDefinition> params,
    Map<String, List<StepOutcome>> outcomes,
    List<ScenarioSignal> signals,
    List<ScenarioAction> actions,
    List<ScenarioStart> starts) {
  public static final Instant DEFAULT_NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** All attempts succeed, and nobody does anything. */
  public static final Scenario DEFAULT =
      new Scenario(DEFAULT_NOW, false, true, Map.of(), Map.of(), List.of(), List.of(), List.of());

  public Scenario {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    signals = List.copyOf(signals);
    actions = List.copyOf(actions);
    starts = List.copyOf(starts);
  }

  /** The same with {@code more} params, which replace those of the same names. */
  public Scenario withParams(Map<String, ParamDefinition> more) {
    Map<String, ParamDefinition> all = new LinkedHashMap<>(params);
    all.putAll(more);
    return new Scenario(now, schedules, start, all, outcomes, signals, actions, starts);
  }
}

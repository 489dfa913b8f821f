package io.millrace.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A story: what is pushed, what is started, and what the outside world does (the scenario of {@code
 * millrace simulate}).
 *
 * @param definitions JSON envelopes, pushed in order
 * @param start id of the workflow that is started at 0
 * @param params run params of that start: texts, whole numbers and booleans
 * @param outcomes of leaf steps, by step id
 * @param actions in the order of the scenario
 * @param starts others than the first, in the order of the scenario
 * @param untilMs when time ends
 */
public record Case(
    List<String> definitions,
    String start,
    Map<String, Object> params,
    Map<String, List<LeafOutcome>> outcomes,
    List<Action> actions,
    List<Start> starts,
    long untilMs) {
  static final long DEFAULT_UNTIL_MS = 365L * 24 * 60 * 60 * 1000;

  public Case {
    definitions = List.copyOf(definitions);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    actions = List.copyOf(actions);
    starts = List.copyOf(starts);
  }

  static Case of(String start, String... definitions) {
    return new Case(
        List.of(definitions), start, Map.of(), Map.of(), List.of(), List.of(), DEFAULT_UNTIL_MS);
  }

  Case params(Map<String, Object> given) {
    return new Case(definitions, start, given, outcomes, actions, starts, untilMs);
  }

  Case outcomes(String stepId, LeafOutcome... ofStep) {
    Map<String, List<LeafOutcome>> more = new LinkedHashMap<>(outcomes);
    more.put(stepId, List.of(ofStep));
    return outcomes(more);
  }

  Case outcomes(Map<String, List<LeafOutcome>> other) {
    return new Case(definitions, start, params, other, actions, starts, untilMs);
  }

  Case definitions(List<String> other) {
    return new Case(other, start, params, outcomes, actions, starts, untilMs);
  }

  Case start(String other) {
    return new Case(definitions, other, params, outcomes, actions, starts, untilMs);
  }

  Case actions(Action... other) {
    return actions(List.of(other));
  }

  Case actions(List<Action> other) {
    return new Case(definitions, start, params, outcomes, other, starts, untilMs);
  }

  Case starts(Start... other) {
    return starts(List.of(other));
  }

  Case starts(List<Start> other) {
    return new Case(definitions, start, params, outcomes, actions, other, untilMs);
  }

  Case until(long millis) {
    return new Case(definitions, start, params, outcomes, actions, starts, millis);
  }
}

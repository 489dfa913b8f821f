package io.millrace.engine.scenario;

import io.millrace.definition.RunStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** A workflow as a story gives it; SEQUENTIAL unless it says otherwise. */
final class GivenWorkflow {
  static final String DEFAULT_ID = "flow";

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, String> params = new LinkedHashMap<>();
  private final List<GivenStep> steps;
  private final String id;
  private String strategy = "\"SEQUENTIAL\"";
  private boolean active = true;
  private boolean hasProperties = true;

  private GivenWorkflow(String id, List<GivenStep> steps) {
    this.id = id;
    this.steps = List.copyOf(steps);
    fields.put("id", GivenStep.quoted(id));
  }

  static GivenWorkflow of(GivenStep... steps) {
    return named(DEFAULT_ID, steps);
  }

  static GivenWorkflow named(String id, GivenStep... steps) {
    return new GivenWorkflow(id, List.of(steps));
  }

  /** Worker steps, one after the other. */
  static GivenWorkflow sequence(String... ids) {
    return sequence(Stream.of(ids).map(GivenStep::worker).toArray(GivenStep[]::new));
  }

  /** Steps one after the other. */
  static GivenWorkflow sequence(GivenStep... steps) {
    List<GivenStep> chained = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      chained.add(i + 1 < steps.length ? steps[i].then(steps[i + 1].id()) : steps[i]);
    }
    return new GivenWorkflow(DEFAULT_ID, chained);
  }

  /** Worker steps without any order. */
  static GivenWorkflow sideBySide(String... ids) {
    return of(Stream.of(ids).map(GivenStep::worker).toArray(GivenStep[]::new));
  }

  String id() {
    return id;
  }

  GivenWorkflow parallel(int concurrency) {
    strategy = Integer.toString(concurrency);
    return this;
  }

  GivenWorkflow timeout(Duration timeout) {
    fields.put("timeout", Long.toString(timeout.toSeconds()));
    return this;
  }

  GivenWorkflow inactive() {
    active = false;
    return this;
  }

  GivenWorkflow withoutProperties() {
    hasProperties = false;
    return this;
  }

  GivenWorkflow param(String name, String value) {
    params.put(name, GivenStep.typed("STRING", GivenStep.quoted(value), "MUTABLE"));
    return this;
  }

  GivenWorkflow param(String name, long value) {
    params.put(name, GivenStep.typed("LONG", Long.toString(value), "MUTABLE"));
    return this;
  }

  GivenWorkflow constant(String name, long value) {
    params.put(name, GivenStep.typed("LONG", Long.toString(value), "CONSTANT"));
    return this;
  }

  /** The text of its push. */
  String text() {
    StringJoiner list = new StringJoiner(",", "[", "]");
    steps.forEach(step -> list.add(step.text()));
    Map<String, String> workflow = new LinkedHashMap<>(fields);
    if (!params.isEmpty()) {
      workflow.put("params", GivenStep.object(params));
    }
    workflow.put("steps", list.toString());
    Map<String, String> push = new LinkedHashMap<>();
    if (hasProperties) {
      push.put("properties", "{\"owner\":\"someone\",\"run_strategy\":%s}".formatted(strategy));
    }
    push.put("is_active", Boolean.toString(active));
    push.put("workflow", GivenStep.object(workflow));
    return GivenStep.object(push);
  }

  GivenWorkflow strategy(RunStrategy.Rule rule) {
    strategy = GivenStep.quoted(rule.name());
    return this;
  }
}

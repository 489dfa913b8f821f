package io.millrace.engine.model;

import io.millrace.definition.Properties;
import io.millrace.definition.RunStrategy;
import io.millrace.definition.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workflow: its versions, its instances and who waits for a place (Maestro semantics 1.6, 6). */
final class Flow {
  final String id;
  final List<Version> versions = new ArrayList<>();

  /** The latest run of each instance. */
  final List<Run> instances = new ArrayList<>();

  final Deque<Run> queue = new ArrayDeque<>();
  final List<Run> running = new ArrayList<>();

  /** When a run that arrived last stopped one that was running; null: never. */
  @Nullable Long replacedMs;

  @Nullable Version active;
  @Nullable Properties properties;

  Flow(String id) {
    this.id = id;
  }

  record Version(Flow flow, WorkflowDefinition definition) {}

  RunStrategy strategy() {
    return properties == null ? RunStrategy.DEFAULT : properties.runStrategy();
  }

  String owner() {
    return properties == null ? "" : properties.owner();
  }

  /** The version of a selector, in any case of letters (Maestro semantics 1.6). */
  Optional<Version> version(String selector) {
    Version latest = versions.get(versions.size() - 1);
    if (selector.equalsIgnoreCase("active")) {
      return Optional.ofNullable(active);
    } else if (selector.equalsIgnoreCase("latest")) {
      return Optional.of(latest);
    } else if (selector.equalsIgnoreCase("default")) {
      return Optional.of(active == null ? latest : active);
    }
    boolean known =
        selector.matches("[1-9][0-9]{0,8}") && Integer.parseInt(selector) <= versions.size();
    return known ? Optional.of(versions.get(Integer.parseInt(selector) - 1)) : Optional.empty();
  }
}

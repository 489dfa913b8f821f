package io.millrace.engine.model;

import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where two results differ, field by field. Not compared is what the specification leaves open: the
 * ids of an iteration, and the attempts of a step that had none.
 */
final class Difference {
  private final List<String> found = new ArrayList<>();

  private Difference() {}

  /** One line each: {@code w/1:1 fe/2 a.status: expected SUCCEEDED, but was STOPPED}. */
  static List<String> between(Result expected, Result actual) {
    Difference difference = new Difference();
    difference.field("", "runs", expected.runs().size(), actual.runs().size());
    int runs = Math.min(expected.runs().size(), actual.runs().size());
    for (int i = 0; i < runs; i++) {
      Result.RunResult run = expected.runs().get(i);
      String where = run.workflowId() + "/" + run.instance() + ":" + run.run();
      difference.ids(where, run, actual.runs().get(i));
      difference.run(where, run, actual.runs().get(i));
    }
    return difference.found;
  }

  private void ids(String where, Result.RunResult expected, Result.RunResult actual) {
    field(where, "run_id", expected.run(), actual.run());
    field(where, "workflow_id", expected.workflowId(), actual.workflowId());
    field(where, "instance_id", expected.instance(), actual.instance());
  }

  private void run(String where, Result.RunResult expected, Result.RunResult actual) {
    field(where, "status", expected.status(), actual.status());
    field(where, "elapsed_ms", expected.elapsedMs(), actual.elapsedMs());
    Map<String, Result.StepResult> steps = new TreeMap<>(expected.steps());
    actual.steps().forEach(steps::putIfAbsent);
    for (String id : steps.keySet()) {
      step(where + " " + id, expected.steps().get(id), actual.steps().get(id));
    }
    field(where, "leaf_counts", expected.leafCounts(), actual.leafCounts());
    Map<String, Result.Child> before = children(expected);
    Map<String, Result.Child> after = children(actual);
    Map<String, Result.Child> all = new TreeMap<>(before);
    after.forEach(all::putIfAbsent);
    for (String key : all.keySet()) {
      child(where + " " + key, before.get(key), after.get(key));
    }
  }

  private void step(
      String where, Result.@Nullable StepResult expected, Result.@Nullable StepResult actual) {
    if (expected == null || actual == null) {
      field(where, "status", status(expected), status(actual));
      return;
    }
    field(where, "status", expected.status(), actual.status());
    field(where, "ended_ms", expected.endedMs(), actual.endedMs());
    if (expected.status() != StepStatus.UNSATISFIED) {
      field(where, "attempts", expected.attempts(), actual.attempts());
      field(where, "started_ms", expected.startedMs(), actual.startedMs());
    }
  }

  private static StepStatus status(Result.@Nullable StepResult step) {
    return step == null ? StepStatus.NOT_CREATED : step.status();
  }

  private static Map<String, Result.Child> children(Result.RunResult run) {
    Map<String, Result.Child> children = new TreeMap<>();
    for (Result.Child child : run.children()) {
      String iteration = child.iteration() == null ? "" : "/" + child.iteration();
      children.put(child.parentStep() + iteration, child);
    }
    return children;
  }

  private void child(String where, Result.@Nullable Child expected, Result.@Nullable Child actual) {
    if (expected == null || actual == null) {
      field(where, "child", expected == null ? "none" : "one", actual == null ? "none" : "one");
      return;
    }
    if (expected.iteration() == null) {
      ids(where, expected.run(), actual.run());
    }
    run(where, expected.run(), actual.run());
  }

  private void field(
      String where, String name, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      found.add(where + "." + name + ": expected " + expected + ", but was " + actual);
    }
  }
}

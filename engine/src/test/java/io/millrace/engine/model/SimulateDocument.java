package io.millrace.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@code millrace simulate --json} prints, as far as it is compared. */
public final class SimulateDocument {
  private SimulateDocument() {}

  /** One run object, or {@code {"runs": [...]}} if there are several. */
  public static Result read(JsonNode document) {
    if (!document.has("runs")) {
      return new Result(List.of(run(document)));
    }
    List<Result.RunResult> runs = new ArrayList<>();
    document.get("runs").forEach(run -> runs.add(run(run)));
    return new Result(runs);
  }

  private static Result.RunResult run(JsonNode run) {
    Map<String, Result.StepResult> steps = new LinkedHashMap<>();
    run.path("steps").properties().forEach(step -> steps.put(step.getKey(), step(step.getValue())));
    Map<StepStatus, Long> leaves = new TreeMap<>();
    run.path("leaf_counts")
        .properties()
        .forEach(
            count -> leaves.put(StepStatus.valueOf(count.getKey()), count.getValue().longValue()));
    List<Result.Child> children = new ArrayList<>();
    run.path("children")
        .forEach(
            child ->
                children.add(
                    new Result.Child(
                        child.get("parent_step").textValue(),
                        number(child, "iteration"),
                        run(child))));
    return new Result.RunResult(
        run.path("workflow_id").asText(),
        run.path("instance_id").asLong(),
        run.path("run_id").asLong(),
        RunStatus.valueOf(run.get("status").textValue()),
        number(run, "elapsed_ms"),
        steps,
        leaves,
        children);
  }

  private static Result.StepResult step(JsonNode step) {
    return new Result.StepResult(
        StepStatus.valueOf(step.get("status").textValue()),
        step.path("attempts").asLong(),
        number(step, "started_ms"),
        number(step, "ended_ms"));
  }

  private static @Nullable Long number(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).longValue() : null;
  }
}

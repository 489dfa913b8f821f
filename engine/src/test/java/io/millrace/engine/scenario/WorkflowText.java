package io.millrace.engine.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A definition, as its author would write it. */
public final class WorkflowText {
  private final String id;
  private final List<String> fields = new ArrayList<>();
  private final List<String> params = new ArrayList<>();
  private List<StepText> steps = List.of();
  private String strategy = "{\"rule\":\"SEQUENTIAL\"}";
  private boolean active = true;
  private boolean withProperties = true;

  private WorkflowText(String id) {
    this.id = id;
  }

  public static WorkflowText workflow(String id) {
    return new WorkflowText(id);
  }

  public WorkflowText steps(StepText... inOrder) {
    return steps(List.of(inOrder));
  }

  public WorkflowText steps(List<StepText> inOrder) {
    steps = List.copyOf(inOrder);
    return this;
  }

  public WorkflowText parallel(int runs) {
    strategy = "{\"rule\":\"PARALLEL\",\"workflow_concurrency\":" + runs + "}";
    return this;
  }

  public WorkflowText timeout(String duration) {
    fields.add("\"timeout\":\"" + duration + "\"");
    return this;
  }

  public WorkflowText param(String name, String json) {
    params.add("\"" + name + "\":" + json);
    return this;
  }

  public WorkflowText inactive() {
    active = false;
    return this;
  }

  /** A later version, which leaves the properties as they are. */
  public WorkflowText withoutProperties() {
    withProperties = false;
    return this;
  }

  String id() {
    return id;
  }

  String json() {
    String workflow =
        Stream.concat(
                fields.stream(),
                Stream.of(
                    "\"id\":\"" + id + "\"",
                    "\"params\":{" + String.join(",", params) + "}",
                    "\"steps\":["
                        + steps.stream().map(StepText::json).collect(Collectors.joining(","))
                        + "]"))
            .collect(Collectors.joining(","));
    String properties =
        withProperties
            ? "\"properties\":{\"owner\":\"tests\",\"run_strategy\":" + strategy + "},"
            : "";
    return "{" + properties + "\"is_active\":" + active + ",\"workflow\":{" + workflow + "}}";
  }
}

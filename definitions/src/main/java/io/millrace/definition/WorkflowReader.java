package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the workflow itself (Maestro semantics 1.3). */
final class WorkflowReader {
  private static final Set<String> BUILT_IN_PARAMS = Set.of("owner", "workflow_id");

  private final DefinitionLimits limits;
  private final Problems problems;

  WorkflowReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** What could be read; to be thrown away if there are problems. */
  WorkflowDefinition read(Fields fields) {
    Names names = new Names(limits, problems);
    String id = fields.require("id").flatMap(names::workflowId).orElse("");
    @Nullable String name = fields.text("name", limits.maxNameChars()).orElse(null);
    @Nullable String description = fields.text("description", limits.maxTextChars()).orElse(null);
    List<Tag> tags = new TagReader(limits, problems).read(fields);
    Duration timeout = StepReader.timeout(fields, problems);
    // Says how much a workflow matters and changes nothing; it stays in the text.
    fields.oneOf("criticality", Criticality.class);
    Map<String, ParamDefinition> params =
        new ParamReader(limits, problems, new TextUses(problems), TextUse.Purpose.PARAM)
            .read(fields, BUILT_IN_PARAMS);
    List<StepDefinition> steps = fields.requireArray("steps").map(this::steps).orElse(List.of());
    fields.notYet("time_triggers", "signal_triggers", "instance_step_concurrency");
    fields.refuseOthers();
    return new WorkflowDefinition(id, name, description, tags, timeout, params, steps);
  }

  private List<StepDefinition> steps(SourceNode.Arr array) {
    int count = array.items().size();
    if (count == 0) {
      problems.error(
          ProblemCode.BAD_VALUE, array.place(), "a workflow to have steps", "it has none");
    }
    if (count > limits.maxSteps()) {
      problems.error(
          ProblemCode.LIMIT,
          array.place(),
          "at most " + limits.maxSteps() + " steps",
          "there are " + count);
      return List.of();
    }
    StepReader reader = new StepReader(limits, problems);
    List<StepDefinition> steps = new ArrayList<>();
    List<StepOutline> outlines = new ArrayList<>();
    for (SourceNode item : array.items()) {
      StepReader.StepReading reading = reader.read(item);
      Optional.ofNullable(reading.step()).ifPresent(steps::add);
      Optional.ofNullable(reading.outline()).ifPresent(outlines::add);
    }
    new DagCheck(problems).check(outlines);
    return steps;
  }

  /** How much a workflow matters. */
  private enum Criticality {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
  }
}

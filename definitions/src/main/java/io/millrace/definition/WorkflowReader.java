package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the workflow itself (Maestro semantics 1.3). */
final class WorkflowReader {
  private static final int MAX_INSTANCE_STEPS = 999;

  private final DefinitionLimits limits;
  private final Problems problems;
  private final TextUses uses;

  /** A reader that puts texts of the workflow itself into {@code uses}. */
  WorkflowReader(DefinitionLimits limits, Problems problems, TextUses uses) {
    this.limits = limits;
    this.problems = problems;
    this.uses = uses;
  }

  /** What could be read; to be thrown away if there are problems. */
  record WorkflowReading(WorkflowDefinition workflow, WorkflowOutline outline) {}

  WorkflowReading read(Fields fields) {
    Names names = new Names(limits, problems);
    String id = fields.require("id").flatMap(names::workflowId).orElse("");
    @Nullable String name = fields.text("name", limits.maxNameChars()).orElse(null);
    @Nullable String description = fields.text("description", limits.maxTextChars()).orElse(null);
    List<Tag> tags = new TagReader(limits, problems).read(fields);
    Setting<Duration> timeout =
        new SettingReader(problems, uses, TextUse.Purpose.SETTING).timeout(fields);
    @Nullable Criticality criticality = fields.oneOf("criticality", Criticality.class).orElse(null);
    @Nullable Integer instanceSteps =
        fields
            .find("instance_step_concurrency")
            .flatMap(node -> new Scalars(problems).integer(node, 1, MAX_INSTANCE_STEPS))
            .map(Long::intValue)
            .orElse(null);
    fields.notYet("instance_step_concurrency");
    List<TimeTrigger> timeTriggers = new TimeTriggerReader(limits, problems).read(fields);
    List<SignalTriggerReading> signalTriggers =
        new SignalTriggerReader(limits, problems).read(fields);
    Map<String, ParamDefinition> params =
        new ParamReader(limits, problems, uses, TextUse.Purpose.PARAM)
            .read(fields, BuiltInNames.reservedOfWorkflow());
    StepsReader.Level level = new StepsReader(limits, problems, 0).read(fields);
    fields.refuseOthers();
    new NestingCheck(limits, problems)
        .check(level.outlines(), fields.find("steps").map(SourceNode::place));
    return new WorkflowReading(
        new WorkflowDefinition(
            id,
            name,
            description,
            tags,
            timeout,
            criticality,
            instanceSteps,
            timeTriggers,
            signalTriggers.stream().map(SignalTriggerReading::trigger).toList(),
            params,
            level.steps()),
        new WorkflowOutline(
            params,
            uses.unread(),
            uses.all(),
            signalTriggers.stream().map(WorkflowReader::outline).toList(),
            level.outlines()));
  }

  private static WorkflowOutline.Trigger outline(SignalTriggerReading reading) {
    return new WorkflowOutline.Trigger(
        reading.trigger().definitions().keySet(),
        reading.trigger().params(),
        reading.uses().unread(),
        reading.uses().all());
  }
}

package io.millrace.definition;

import io.millrace.label.Tag;
import java.util.List;
import java.util.Map;

/** Writes a workflow, as {@link WorkflowReader} reads it. */
final class WorkflowWriter {
  private WorkflowWriter() {}

  static Map<String, Object> write(WorkflowDefinition workflow) {
    return new WrittenFields()
        .put("id", workflow.id())
        .put("name", workflow.name())
        .put("description", workflow.description())
        .putEach("tags", workflow.tags(), WorkflowWriter::tag)
        .putUnless(
            "timeout",
            workflow.timeout(),
            Setting.fixed(WorkflowDefinition.DEFAULT_TIMEOUT),
            SettingWriter::duration)
        .put("criticality", workflow.criticality() == null ? null : workflow.criticality().name())
        .put("instance_step_concurrency", workflow.instanceStepConcurrency())
        .putEach("time_triggers", workflow.timeTriggers(), TimeTriggerWriter::write)
        .putEach("signal_triggers", workflow.signalTriggers(), SignalWriter::trigger)
        .putEach("params", workflow.params(), ParamWriter::write)
        .put("steps", steps(workflow.steps()))
        .all();
  }

  static List<Map<String, Object>> steps(List<StepDefinition> steps) {
    return steps.stream().map(step -> step.accept(StepWriter.CASES)).toList();
  }

  /** Text if there is nothing but a name. */
  static Object tag(Tag tag) {
    Tag.Namespace namespace = tag.namespace();
    if (namespace == null && tag.attributes().isEmpty()) {
      return tag.name();
    }
    return new WrittenFields()
        .put("name", tag.name())
        .put("namespace", namespace == null ? null : namespace.name())
        .notes(tag.attributes())
        .all();
  }
}

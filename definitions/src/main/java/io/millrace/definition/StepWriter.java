package io.millrace.definition;

import java.util.Map;

/** Writes steps of all kinds, as {@link StepReader} reads them. */
final class StepWriter implements StepDefinition.Cases<Map<String, Object>> {
  static final StepWriter CASES = new StepWriter();

  private StepWriter() {}

  @Override
  public Map<String, Object> typed(TypedStep step) {
    return wrapped(
        "step",
        begin(step)
            .put("type", step.type())
            .putUnless(
                "retry_policy",
                step.retryPolicy(),
                RetryPolicyDefinition.DEFAULT,
                RetryPolicyWriter::write),
        step);
  }

  @Override
  public Map<String, Object> subworkflow(SubworkflowStep step) {
    return wrapped(
        "subworkflow",
        begin(step)
            .putUnless("sync", step.sync(), true)
            .putUnless("explicit_params", step.explicitParams(), false),
        step);
  }

  @Override
  public Map<String, Object> foreach(ForeachStep step) {
    return wrapped(
        "foreach",
        begin(step)
            .putUnless("concurrency", step.concurrency(), ForeachStep.DEFAULT_CONCURRENCY)
            .putUnless("strict_ordering", step.strictOrdering(), false)
            .put("steps", WorkflowWriter.steps(step.steps())),
        step);
  }

  @Override
  public Map<String, Object> whileLoop(WhileStep step) {
    return wrapped(
        "while",
        begin(step)
            .put("condition", step.condition())
            .put("steps", WorkflowWriter.steps(step.steps())),
        step);
  }

  private static WrittenFields begin(StepDefinition step) {
    return new WrittenFields().put("id", step.id());
  }

  private static Map<String, Object> wrapped(
      String kind, WrittenFields fields, StepDefinition step) {
    StepBasics basics = step.basics();
    fields
        .put("name", basics.name())
        .put("description", basics.description())
        .putEach("tags", basics.tags(), WorkflowWriter::tag)
        .putUnless("failure_mode", basics.failureMode(), FailureMode.FAIL_AFTER_RUNNING, Enum::name)
        .putUnless(
            "timeout",
            basics.timeout(),
            Setting.fixed(WorkflowDefinition.DEFAULT_TIMEOUT),
            SettingWriter::duration)
        .putEach("signal_dependencies", basics.signalDependencies(), SignalWriter::dependency)
        .putEach("signal_outputs", basics.signalOutputs(), SignalWriter::output)
        .putEach("params", basics.params(), ParamWriter::write);
    if (!basics.successors().isEmpty()) {
      fields.put("transition", Map.of("successors", basics.successors()));
    }
    return Map.of(kind, fields.all());
  }
}

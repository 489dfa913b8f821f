package io.millrace.evaluation;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The params that the engine itself gives (Maestro semantics 4.8, 2.3, 2.7), one constant for each
 * kind of owner: the one place that knows their names, types and modes.
 */
public final class BuiltInParams {
  /** Which time all dates of a run are of, epoch millis. */
  public static final String RUN_TS = "RUN_TS";

  public static final String LOOP_PARAMS = "loop_params";
  public static final String LOOP_INDEX = "loop_index";
  public static final String CONDITION = "condition";
  public static final String SUBWORKFLOW_ID = "subworkflow_id";
  public static final String SUBWORKFLOW_VERSION = "subworkflow_version";

  public static final BuiltInParams WORKFLOW = new BuiltInParams(workflow());

  /** Of every step. */
  public static final BuiltInParams STEP =
      new BuiltInParams(
          List.of(
              BuiltInParam.reserved("workflow_instance_id", new ParamValue.Int(0)),
              BuiltInParam.reserved("step_instance_uuid", new ParamValue.Text("")),
              BuiltInParam.reserved("step_attempt_id", new ParamValue.Int(0)),
              BuiltInParam.reserved("step_id", new ParamValue.Text(""))));

  /** Of a step that has no others. */
  public static final BuiltInParams NONE = new BuiltInParams(List.of());

  public static final BuiltInParams FOREACH = new BuiltInParams(List.of(loopParams(), loopIndex()));

  public static final BuiltInParams WHILE =
      new BuiltInParams(
          List.of(
              loopParams(),
              loopIndex(),
              BuiltInParam.reserved(CONDITION, new ParamValue.Bool(false))));

  public static final BuiltInParams SUBWORKFLOW =
      new BuiltInParams(
          List.of(
              BuiltInParam.open(
                  SUBWORKFLOW_ID,
                  ParamType.STRING,
                  ParamMode.MUTABLE_ON_START,
                  InternalMode.REQUIRED),
              BuiltInParam.provided(
                  SUBWORKFLOW_VERSION, new ParamValue.Text("active"), ParamMode.MUTABLE_ON_START)));

  /** What a step of type Http tells of its answer, and how it is judged. */
  public static final BuiltInParams HTTP =
      new BuiltInParams(
          List.of(
              BuiltInParam.provided("status_code", new ParamValue.Int(200), ParamMode.MUTABLE),
              BuiltInParam.provided("response_body", new ParamValue.Text(""), ParamMode.MUTABLE),
              BuiltInParam.provided(
                  "state_expr",
                  new ParamValue.Text(
                      "status_code >= 200 && status_code < 300 ? 'DONE'"
                          + " : status_code >= 400 && status_code < 500 ? 'FATAL_ERROR'"
                          + " : 'USER_ERROR'"),
                  ParamMode.MUTABLE)));

  private final Map<String, BuiltInParam> params;

  private BuiltInParams(List<BuiltInParam> params) {
    Map<String, BuiltInParam> byName = new LinkedHashMap<>();
    params.forEach(param -> byName.put(param.name(), param));
    this.params = Collections.unmodifiableMap(byName);
  }

  private static List<BuiltInParam> workflow() {
    List<BuiltInParam> params = new ArrayList<>();
    params.add(
        BuiltInParam.provided(
            "DSL_DEFAULT_TZ", new ParamValue.Text("UTC"), ParamMode.MUTABLE_ON_START));
    params.add(BuiltInParam.computed("WORKFLOW_CRON_TIMEZONE", ParamType.STRING, "DSL_DEFAULT_TZ"));
    params.addAll(RunDates.all());
    params.add(
        BuiltInParam.open(
            "job_template_version",
            ParamType.STRING,
            ParamMode.MUTABLE_ON_START,
            InternalMode.OPTIONAL));
    params.add(BuiltInParam.reserved("owner", new ParamValue.Text("")));
    params.add(BuiltInParam.reserved("workflow_id", new ParamValue.Text("")));
    return params;
  }

  private static BuiltInParam loopParams() {
    return BuiltInParam.open(
        LOOP_PARAMS, ParamType.MAP, ParamMode.MUTABLE_ON_START, InternalMode.REQUIRED);
  }

  private static BuiltInParam loopIndex() {
    return BuiltInParam.reserved(LOOP_INDEX, new ParamValue.Int(-1));
  }

  /** By name, in the order of evaluation. */
  public Map<String, BuiltInParam> params() {
    return params;
  }

  /** The names that nobody but the engine may set. */
  public Set<String> reserved() {
    return params.values().stream()
        .filter(BuiltInParam::isReserved)
        .map(BuiltInParam::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What they are unless someone says otherwise; those without a value are left out. */
  Map<String, ParamDefinition> defaults() {
    Map<String, ParamDefinition> defaults = new LinkedHashMap<>();
    params.forEach(
        (name, param) -> param.definition().ifPresent(value -> defaults.put(name, value)));
    return defaults;
  }

  /** The defaults of a workflow in one run. */
  static Map<String, ParamDefinition> of(WorkflowFacts facts) {
    Map<String, ParamDefinition> params = WORKFLOW.defaults();
    WORKFLOW.know(params, "owner", new ParamValue.Text(facts.owner()));
    WORKFLOW.know(params, "workflow_id", new ParamValue.Text(facts.workflowId()));
    zone(facts.triggerZone()).ifPresent(zone -> WORKFLOW.know(params, "DSL_DEFAULT_TZ", zone));
    zone(facts.initiatorZone())
        .ifPresent(zone -> WORKFLOW.know(params, "WORKFLOW_CRON_TIMEZONE", zone));
    return params;
  }

  /** The params of every step in one attempt. */
  static Map<String, ParamDefinition> of(StepFacts facts) {
    Map<String, ParamDefinition> params = STEP.defaults();
    STEP.know(params, "workflow_instance_id", new ParamValue.Int(facts.workflowInstanceId()));
    STEP.know(params, "step_instance_uuid", new ParamValue.Text(facts.stepInstanceUuid()));
    STEP.know(params, "step_attempt_id", new ParamValue.Int(facts.stepAttemptId()));
    STEP.know(params, "step_id", new ParamValue.Text(facts.stepId()));
    return params;
  }

  private static Optional<ParamValue> zone(@Nullable String id) {
    return Optional.ofNullable(id).map(ParamValue.Text::new);
  }

  private void know(Map<String, ParamDefinition> into, String name, ParamValue value) {
    into.put(name, known(name, value));
  }

  /** One of these with a value that the engine knows in a run. */
  ParamDefinition known(String name, ParamValue value) {
    BuiltInParam param = params.get(name);
    if (param == null) {
      throw new IllegalStateException("Expected '" + name + "' to be built in, but it is not.");
    }
    return param.with(value);
  }
}

package io.millrace.definition;

import io.millrace.expression.value.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The params that the engine gives to workflows and steps (Maestro semantics 4.8, 2.3). */
final class BuiltInNames {
  /** Of a workflow, that nobody may set. */
  static final Set<String> WORKFLOW = Set.of("owner", "workflow_id");

  /** Of every step, that nobody may set. */
  static final Set<String> STEP =
      Set.of("workflow_instance_id", "step_instance_uuid", "step_attempt_id", "step_id");

  private static final Map<String, Type> WORKFLOW_TYPES = workflow();
  private static final Map<String, Type> STEP_TYPES =
      Map.of(
          "workflow_instance_id",
          Type.LONG,
          "step_instance_uuid",
          Type.STRING,
          "step_attempt_id",
          Type.LONG,
          "step_id",
          Type.STRING);
  private static final Map<String, Type> HTTP_TYPES =
      Map.of("status_code", Type.LONG, "response_body", Type.STRING, "state_expr", Type.STRING);

  private BuiltInNames() {}

  private static Map<String, Type> workflow() {
    Map<String, Type> names = new TreeMap<>();
    for (String text :
        new String[] {"DSL_DEFAULT_TZ", "WORKFLOW_CRON_TIMEZONE", "owner", "workflow_id"}) {
      names.put(text, Type.STRING);
    }
    names.put("RUN_TS", Type.LONG);
    names.put("DERIVED_RUN_TS", Type.LONG);
    for (String date :
        new String[] {
          "TARGET_RUN_DATE",
          "TARGET_RUN_HOUR",
          "DERIVED_RUN_DATE_US_PACIFIC",
          "DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE",
          "DERIVED_RUN_DATE_UTC",
          "DERIVED_RUN_DATE_UTC_MINUS_ONE",
          "DERIVED_RUN_DATE_UTC_PLUS_ONE",
          "DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR",
          "DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR",
          "DERIVED_RUN_HOUR_US_PACIFIC",
          "DERIVED_RUN_HOUR_UTC",
          "DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR",
          "DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR",
          "LOCAL_RUN_DATE",
          "RUN_DATE",
          "RUN_DATE_MINUS_1",
          "RUN_DATE_MINUS_7"
        }) {
      names.put(date, Type.ANY);
    }
    names.put("job_template_version", Type.ANY);
    return Map.copyOf(names);
  }

  /** Of every workflow; {@link Type#ANY} where a date may be a number or text. */
  static Map<String, Type> ofWorkflow() {
    return WORKFLOW_TYPES;
  }

  /** Of a step, besides the params its author gave it. */
  static Map<String, Type> ofStep(StepOutline step) {
    Map<String, Type> names = new LinkedHashMap<>(STEP_TYPES);
    if (step.type().equals("http")) {
      names.putAll(HTTP_TYPES);
    }
    return names;
  }

  /** Of a loop, that nobody may set. */
  static Set<String> ofLoop(StepOutline.Kind kind) {
    return switch (kind) {
      case FOREACH -> Set.of("loop_index");
      case WHILE -> Set.of("loop_index", "condition");
      case LEAF, SUBWORKFLOW, TEMPLATE -> Set.of();
    };
  }
}

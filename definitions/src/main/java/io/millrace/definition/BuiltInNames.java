package io.millrace.definition;

import io.millrace.evaluation.BuiltInParams;
import io.millrace.expression.value.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@link BuiltInParams} means for the names of a definition. */
final class BuiltInNames {
  private static final Pattern DAY_OR_HOUR = Pattern.compile("RUN_(DATE|HOUR)");

  private BuiltInNames() {}

  /**
   * Of every workflow, whether or not its author sets them. Days and hours are digits, which the
   * spec gives no type: an expression that takes them for a number is not refused.
   */
  static Map<String, Type> ofWorkflow() {
    Map<String, Type> names = types(BuiltInParams.WORKFLOW);
    names.replaceAll((name, type) -> DAY_OR_HOUR.matcher(name).find() ? Type.ANY : type);
    return names;
  }

  /** Of a step, besides the params its author gave it. */
  static Map<String, Type> ofStep(StepOutline step) {
    Map<String, Type> names = types(BuiltInParams.STEP);
    if (step.type().equals("http")) {
      names.putAll(types(BuiltInParams.HTTP));
    }
    if (step.kind() == StepOutline.Kind.SUBWORKFLOW) {
      names.putAll(types(BuiltInParams.SUBWORKFLOW));
    }
    return names;
  }

  /** What a loop gives to its iterations, besides its loop params. */
  static Map<String, Type> ofIteration(StepOutline.Kind kind) {
    Map<String, Type> names =
        switch (kind) {
          case FOREACH -> types(BuiltInParams.FOREACH);
          case WHILE -> types(BuiltInParams.WHILE);
          case LEAF, SUBWORKFLOW, TEMPLATE -> new LinkedHashMap<>();
        };
    names.remove(LoopParams.NAME);
    return names;
  }

  /** Of a workflow, that nobody may set. */
  static Set<String> reservedOfWorkflow() {
    return BuiltInParams.WORKFLOW.reserved();
  }

  /** Of a step, that nobody may set. */
  static Set<String> reservedOfStep(StepOutline.Kind kind) {
    Set<String> names = new LinkedHashSet<>(BuiltInParams.STEP.reserved());
    switch (kind) {
      case FOREACH -> names.addAll(BuiltInParams.FOREACH.reserved());
      case WHILE -> names.addAll(BuiltInParams.WHILE.reserved());
      case LEAF, SUBWORKFLOW, TEMPLATE -> {}
    }
    return names;
  }

  private static Map<String, Type> types(BuiltInParams params) {
    Map<String, Type> types = new LinkedHashMap<>();
    params.params().forEach((name, param) -> types.put(name, ResultTypes.of(param.type())));
    return types;
  }
}

package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What checks beyond one step must know of a workflow, with the places that the model leaves
 * behind.
 *
 * @param params as far as they could be read
 * @param unread names of params that could not be read
 * @param uses texts of the workflow itself and of its properties
 * @param triggers each with the texts of its own
 * @param steps of the top level
 */
record WorkflowOutline(
    Map<String, ParamDefinition> params,
    Set<String> unread,
    List<TextUse> uses,
    List<Trigger> triggers,
    List<StepOutline> steps) {
  WorkflowOutline {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    uses = List.copyOf(uses);
    triggers = List.copyOf(triggers);
    steps = List.copyOf(steps);
  }

  /**
   * A signal trigger.
   *
   * @param signals the names of the signals that start a run together
   * @param unread names of params that could not be read
   */
  record Trigger(
      Set<String> signals,
      Map<String, ParamDefinition> params,
      Set<String> unread,
      List<TextUse> uses) {}
}

package io.millrace.evaluation;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a step passes down to the workflow it starts: the params of its workflow, then its own, as
 * far as its author wrote them, and for an iteration the loop params. Each takes the place of one
 * of the same name before it, as a whole; built-in params and reserved names are not passed
 * (decisions, the tree; Maestro semantics 2.7 to 2.9).
 *
 * <p>What the author of the step wrote is passed also under a name that is built in for workflows:
 * so a subworkflow is given a RUN_TS of another day. An iteration is a part of its run, so it is
 * not passed the built-in params of the workflow but has the very same.
 *
 * @param workflow params of the workflow or iteration of the step
 * @param step all params of the step
 * @param written the names among these that its author wrote
 */
public record PassedDown(
    Map<String, EvaluatedParam> workflow, Map<String, EvaluatedParam> step, Set<String> written) {
  private static final Set<String> FOR_THE_STEP_ALONE =
      Set.of(
          BuiltInParams.LOOP_PARAMS,
          BuiltInParams.SUBWORKFLOW_ID,
          BuiltInParams.SUBWORKFLOW_VERSION);

  /**
   * The run params of a subworkflow.
   *
   * @param explicit whether only the step's own are passed
   */
  public GivenParams toSubworkflow(boolean explicit) {
    Map<String, ParamDefinition> passed = new LinkedHashMap<>();
    if (!explicit) {
      workflow.forEach(
          (name, param) -> {
            if (!BuiltInParam.is(param.definition())) {
              pass(name, param, passed);
            }
          });
    }
    passOwn(passed);
    return new GivenParams(ParamSource.SUBWORKFLOW, passed);
  }

  /** The params of an iteration of a foreach, which has no others. */
  public Map<String, ParamDefinition> toForeachIteration(
      Map<String, ParamValue> loopParams, long index) {
    return toIteration(ParamSource.FOREACH, BuiltInParams.FOREACH, loopParams, index);
  }

  /** The params of an iteration of a while, which has no others; its condition is true. */
  public Map<String, ParamDefinition> toWhileIteration(
      Map<String, ParamValue> loopParams, long index) {
    Map<String, ParamDefinition> params =
        toIteration(ParamSource.WHILE, BuiltInParams.WHILE, loopParams, index);
    params.put(
        BuiltInParams.CONDITION,
        BuiltInParams.WHILE.known(BuiltInParams.CONDITION, new ParamValue.Bool(true)));
    return params;
  }

  private Map<String, ParamDefinition> toIteration(
      ParamSource source, BuiltInParams loop, Map<String, ParamValue> loopParams, long index) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    Map<String, ParamDefinition> passed = new LinkedHashMap<>();
    workflow.forEach(
        (name, param) -> {
          if (BuiltInParam.is(param.definition())) {
            params.put(name, param.asLiteral());
          } else {
            pass(name, param, passed);
          }
        });
    passOwn(passed);
    loopParams.forEach(
        (name, value) -> passed.put(name, ParamDefinition.literal(Literals.verbatim(value))));
    passed.forEach((name, param) -> params.put(name, ParamMerge.marked(param, source)));
    params.put(
        BuiltInParams.LOOP_INDEX, loop.known(BuiltInParams.LOOP_INDEX, new ParamValue.Int(index)));
    return params;
  }

  private void passOwn(Map<String, ParamDefinition> passed) {
    step.forEach(
        (name, param) -> {
          if (written.contains(name) && !FOR_THE_STEP_ALONE.contains(name)) {
            pass(name, param, passed);
          }
        });
  }

  private static void pass(String name, EvaluatedParam param, Map<String, ParamDefinition> passed) {
    if (!ReservedNames.contains(name)) {
      passed.put(name, param.asLiteral());
    }
  }
}

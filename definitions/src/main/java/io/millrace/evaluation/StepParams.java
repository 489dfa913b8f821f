package io.millrace.evaluation;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.param.ParamDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the params of a step are in an attempt, before they are evaluated: the stages of Maestro
 * semantics 4.7 in their order. There are no job templates, so theirs is left out.
 *
 * @param defaults what the operator says of every step
 * @param builtIn of the kind of step
 * @param typeDefaults what the operator says of this kind or type
 * @param facts of the attempt
 * @param definition of the step
 * @param given run params for this step
 * @param restart what the user gives who restarts it
 * @param injected what the engine has the last word on
 */
public record StepParams(
    Map<String, ParamDefinition> defaults,
    BuiltInParams builtIn,
    Map<String, ParamDefinition> typeDefaults,
    StepFacts facts,
    Map<String, ParamDefinition> definition,
    GivenParams given,
    Map<String, ParamDefinition> restart,
    Map<String, ParamDefinition> injected) {

  /** Of a first attempt for which nobody gives anything. */
  public static StepParams of(
      StepFacts facts, BuiltInParams builtIn, Map<String, ParamDefinition> definition) {
    return new StepParams(
        Map.of(), builtIn, Map.of(), facts, definition, GivenParams.NONE, Map.of(), Map.of());
  }

  public StepParams given(GivenParams params) {
    return new StepParams(
        defaults, builtIn, typeDefaults, facts, definition, params, restart, injected);
  }

  public StepParams restartedWith(Map<String, ParamDefinition> params) {
    return new StepParams(
        defaults, builtIn, typeDefaults, facts, definition, given, params, injected);
  }

  public StepParams injectedWith(Map<String, ParamDefinition> params) {
    return new StepParams(
        defaults, builtIn, typeDefaults, facts, definition, given, restart, params);
  }

  /** The defaults of an operator, for every step and for this kind or type. */
  public StepParams withDefaults(
      Map<String, ParamDefinition> every, Map<String, ParamDefinition> ofType) {
    return new StepParams(every, builtIn, ofType, facts, definition, given, restart, injected);
  }

  /**
   * All stages. What is given under a name that the step does not define comes before the
   * definition, so that the definition may read it.
   */
  public Merged merged(ParamLimits limits) {
    return new Stages()
        .unless(given.isUpstream() ? Optional.empty() : limits.refuseRunParams(given.params()))
        .unless(limits.refuseRunParams(restart))
        .over(ParamSource.SYSTEM_DEFAULT, defaults)
        .knowing(builtIn)
        .over(ParamSource.SYSTEM_DEFAULT, builtIn.defaults())
        .over(ParamSource.SYSTEM_DEFAULT, typeDefaults)
        .knowing(BuiltInParams.STEP)
        .over(ParamSource.SYSTEM_INJECTED, BuiltInParams.of(facts))
        .over(given.merge(), split(given.params(), false))
        .over(ParamSource.RESTART, split(restart, false))
        .over(ParamSource.DEFINITION, definition)
        .over(given.merge(), split(given.params(), true))
        .over(ParamSource.RESTART, split(restart, true))
        .over(ParamSource.SYSTEM_INJECTED, injected)
        .done();
  }

  private Map<String, ParamDefinition> split(Map<String, ParamDefinition> params, boolean defined) {
    Map<String, ParamDefinition> some = new LinkedHashMap<>();
    params.forEach(
        (name, param) -> {
          if (definition.containsKey(name) == defined) {
            some.put(name, param);
          }
        });
    return some;
  }
}

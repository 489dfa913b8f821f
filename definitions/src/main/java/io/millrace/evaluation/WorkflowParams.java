package io.millrace.evaluation;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.param.ParamDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the params of a workflow are in a run, before they are evaluated: the stages of Maestro
 * semantics 4.7 in their order. An iteration of a loop has what is passed down to it, see {@link
 * PassedDown}, and stages only if it is restarted with params.
 */
public final class WorkflowParams {
  private final ParamLimits limits;
  private final Map<String, ParamDefinition> defaults;

  /**
   * @param defaults what the operator lays over the built-in params (4.8)
   */
  public WorkflowParams(ParamLimits limits, Map<String, ParamDefinition> defaults) {
    this.limits = limits;
    this.defaults = defaults;
  }

  /** Of a first run: the engine's defaults, the definition, and what the start gives. */
  public Merged fresh(
      WorkflowFacts facts, Map<String, ParamDefinition> definition, GivenParams given) {
    return new Stages()
        .unless(refused(given))
        .knowing(BuiltInParams.WORKFLOW)
        .over(ParamSource.SYSTEM_DEFAULT, BuiltInParams.of(facts))
        .over(ParamSource.SYSTEM_DEFAULT, defaults)
        .over(ParamSource.DEFINITION, definition)
        .over(given.merge(), given.params())
        .done();
  }

  /**
   * Of a restart: what the run before came to, and what this one gives. Defaults and the definition
   * do not count again.
   *
   * @param previous params of the run before, as a restart begins with them, see {@link
   *     EvaluatedParam#atRestart}; reserved names among them are forgotten
   * @param given by a parent or trigger that starts this run
   * @param restart by the user, at the node he restarts only
   */
  public Merged restarted(
      Map<String, ParamDefinition> previous,
      GivenParams given,
      Map<String, ParamDefinition> restart) {
    Map<String, ParamDefinition> kept = new LinkedHashMap<>();
    previous.forEach(
        (name, param) -> {
          if (!ReservedNames.contains(name)) {
            kept.put(name, param);
          }
        });
    return new Stages()
        .unless(refused(given))
        .unless(limits.refuseRunParams(restart))
        .startingWith(kept)
        .over(given.merge(), given.params())
        .over(ParamSource.RESTART, restart)
        .done();
  }

  /** A parent may pass down as many as it has; a person may not give as many. */
  private Optional<ParamFailure> refused(GivenParams given) {
    return given.isUpstream() ? Optional.empty() : limits.refuseRunParams(given.params());
  }
}

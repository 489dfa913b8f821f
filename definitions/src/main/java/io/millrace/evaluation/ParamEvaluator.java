package io.millrace.evaluation;

import io.millrace.expression.Expression;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.Map;
import java.util.function.Function;

/**
 * Evaluates params: each in the order of the definitions, and before it whatever it needs (Maestro
 * semantics 4.5). The same arguments give the same outcome; nothing is thrown for what a param
 * says. Safe to be shared by threads if {@code expressions} is.
 */
public final class ParamEvaluator {
  private final ParamLimits limits;
  private final Function<String, Expression> expressions;

  public ParamEvaluator(ParamLimits limits) {
    this(limits, text -> Expression.compile(text, limits.expressions()));
  }

  /**
   * @param expressions compiles, or remembers what it compiled, with the limits of {@code limits}
   */
  public ParamEvaluator(ParamLimits limits, Function<String, Expression> expressions) {
    this.limits = limits;
    this.expressions = expressions;
  }

  /**
   * The params of a workflow, which see each other and the signal that started the run.
   *
   * @param params merged, in the order of evaluation
   */
  public Evaluation workflow(
      Map<String, ParamDefinition> params, Elsewhere elsewhere, Surroundings surroundings) {
    return run(params, new Lookup.OfWorkflow(params.keySet(), elsewhere), surroundings);
  }

  /**
   * The params of a step.
   *
   * @param params merged, in the order of evaluation
   * @param workflow those of its workflow; a step within a loop finds the params around the loop
   *     among them
   */
  public Evaluation step(
      String stepId,
      Map<String, ParamDefinition> params,
      Map<String, ParamValue> workflow,
      Elsewhere elsewhere,
      Surroundings surroundings) {
    return run(
        params, new Lookup.OfStep(stepId, params.keySet(), workflow, elsewhere), surroundings);
  }

  private Evaluation run(
      Map<String, ParamDefinition> params, Lookup lookup, Surroundings surroundings) {
    ParamComputation computation = new ParamComputation(limits, expressions, lookup, surroundings);
    return new DependencyOrder(params, lookup, limits, computation).evaluate();
  }
}

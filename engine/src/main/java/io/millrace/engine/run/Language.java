package io.millrace.engine.run;

import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.ParamEvaluator;
import io.millrace.evaluation.ParamLimits;
import io.millrace.expression.Expression;
import io.millrace.expression.ExpressionCache;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.List;

/**
 * The expression language as runs use it: its limits, and what was compiled already. A memo, never
 * state; used by one thread.
 */
public final class Language {
  private final ParamLimits limits;
  private final ExpressionCache expressions;
  private final ParamEvaluator params;

  public Language(ParamLimits limits) {
    this.limits = limits;
    this.expressions = new ExpressionCache(ExpressionCache.Limits.DEFAULT, limits.expressions());
    this.params = new ParamEvaluator(limits, expressions::get);
  }

  ParamLimits limits() {
    return limits;
  }

  ParamEvaluator params() {
    return params;
  }

  /** The compiled form of a text. */
  public Expression compile(String text) {
    return expressions.get(text);
  }

  /**
   * What an evaluation sees of the world.
   *
   * @param now epoch millis
   * @param seed what random numbers derive from
   */
  static Surroundings surroundings(long now, String seed, ParamFunctions functions) {
    return new Surroundings(now, seed, functions);
  }

  /** A definition that evaluates to this value, whatever texts are in it. */
  static ParamDefinition verbatim(ParamValue value) {
    return new EvaluatedParam(ParamDefinition.literal(value), value, List.of()).asLiteral();
  }
}

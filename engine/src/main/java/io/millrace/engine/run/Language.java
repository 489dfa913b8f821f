package io.millrace.engine.run;

import io.millrace.evaluation.EvaluatedParam;
import io.millrace.evaluation.ParamEvaluator;
import io.millrace.evaluation.ParamLimits;
import io.millrace.expression.Expression;
import io.millrace.expression.ExpressionCache;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The expression language as runs use it: its limits, and what was compiled already. A memo, never
 * state; used by one thread.
 */
public final class Language {
  /** Begins what stands for the bounds of a range; no expression begins so. */
  private static final String BOUNDS = "\u0000bounds of ";

  private static final int MAX_RANGES = 512;

  private final Map<String, Optional<Expression.Range>> ranges =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Expression.Range>> eldest) {
          return size() > MAX_RANGES;
        }
      };
  private final ParamLimits limits;
  private final ExpressionCache expressions;
  private final ParamEvaluator params;

  public Language(ParamLimits limits) {
    this.limits = limits;
    this.expressions = new ExpressionCache(ExpressionCache.Limits.DEFAULT, limits.expressions());
    this.params = new ParamEvaluator(limits, this::compile);
  }

  ParamLimits limits() {
    return limits;
  }

  ParamEvaluator params() {
    return params;
  }

  /** The compiled form of a text, or of the bounds of a range, see {@link #bounds}. */
  public Expression compile(String text) {
    return text.startsWith(BOUNDS)
        ? range(text.substring(BOUNDS.length()))
            .map(Expression.Range::bounds)
            .orElseThrow(() -> new IllegalStateException("Expected a range, but it is: " + text))
        : expressions.get(text);
  }

  /** A param that gives first, end and step of a range instead of its numbers. */
  static ParamDefinition bounds(String range) {
    return ParamDefinition.computed(ParamType.LONG_ARRAY, BOUNDS + range);
  }

  /** What a text counts, if that need not be listed (decisions, definitions). */
  Optional<Expression.Range> range(String text) {
    return ranges.computeIfAbsent(text, unread -> Expression.range(text, limits.expressions()));
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

package io.millrace.expression;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Expressions by their text, compiled when first asked for: a memo, never state, so that an
 * evaluation gives the same whether its expression was kept or not. For one thread.
 *
 * <p>What was not asked for the longest is dropped first; what is kept depends on the texts asked
 * for alone, and not on the memory or the time there is. A text that is no expression is kept as
 * well: asking for it again must not cost more than asking for another.
 */
public final class ExpressionCache {
  private final Limits limits;
  private final ExpressionLimits expressionLimits;
  private final Map<String, Expression> byText = new LinkedHashMap<>(16, 0.75f, true);
  private long sourceChars;

  /** A cache with the default limits, of expressions with the default limits. */
  public ExpressionCache() {
    this(Limits.DEFAULT, ExpressionLimits.DEFAULT);
  }

  public ExpressionCache(Limits limits, ExpressionLimits expressionLimits) {
    this.limits = limits;
    this.expressionLimits = expressionLimits;
  }

  /**
   * How much is kept.
   *
   * @param maxExpressions expressions, inclusive
   * @param maxSourceChars characters of all their texts together, inclusive; it stands for the
   *     memory that what was compiled takes, which grows with the text
   */
  public record Limits(int maxExpressions, long maxSourceChars) {
    public static final Limits DEFAULT = new Limits(4_096, 400_000);
  }

  /** The expression that {@code text} is; one longer than all that may be kept is not kept. */
  public Expression get(String text) {
    Expression known = byText.get(text);
    if (known != null) {
      return known;
    }
    Expression made = Expression.compile(text, expressionLimits);
    if (text.length() <= limits.maxSourceChars()) {
      byText.put(text, made);
      sourceChars += text.length();
      dropEldest();
    }
    return made;
  }

  private void dropEldest() {
    Iterator<String> eldestFirst = byText.keySet().iterator();
    while (byText.size() > limits.maxExpressions() || sourceChars > limits.maxSourceChars()) {
      sourceChars -= eldestFirst.next().length();
      eldestFirst.remove();
    }
  }
}

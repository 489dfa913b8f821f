package io.millrace.bench.language;

import io.millrace.expression.Expression;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;

/** An expression of ours, compiled once. */
final class MillraceExpression implements Work {
  private static final Surroundings SURROUNDINGS =
      new Surroundings(1_569_018_000_000L, "bench", ParamFunctions.NONE);

  private final Expression expression;
  private final Scope[] scopes;

  MillraceExpression(String text, Inputs inputs) {
    this.expression = Expression.compile(text);
    this.scopes = inputs.scopes();
  }

  @Override
  public Object repeat(int times) {
    Object last = expression;
    for (int i = 0; i < times; i++) {
      last = expression.evaluate(scopes[i & Inputs.SETS - 1], SURROUNDINGS);
    }
    return last;
  }

  /** The result with one set of inputs, as text. */
  String result(int set) {
    Outcome outcome = expression.evaluate(scopes[set], SURROUNDINGS);
    if (outcome instanceof Outcome.Result result) {
      return result.value().text();
    }
    throw new IllegalStateException(
        "Expected '%s' to have a result, but it ended with %s."
            .formatted(expression.text(), outcome));
  }
}

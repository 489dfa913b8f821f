package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An expression and how it ended, in the scope {@code foo, n, d, flag, arr, names, mp}. */
final class Evaluated {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00:00Z

  private final String text;
  private final Outcome outcome;

  private Evaluated(String text, Outcome outcome) {
    this.text = text;
    this.outcome = outcome;
  }

  static Evaluated of(String text) {
    return of(text, ExpressionLimits.DEFAULT);
  }

  static Evaluated of(String text, ExpressionLimits limits) {
    Map<String, Value> names = names();
    Scope scope = name -> Optional.ofNullable(names.get(name));
    Surroundings surroundings = new Surroundings(NOON, "seed", ParamFunctions.NONE);
    return new Evaluated(text, Expression.compile(text, limits).evaluate(scope, surroundings));
  }

  static Map<String, Value> names() {
    Map<String, Value> names = new HashMap<>();
    names.put("foo", new Value.Text("bar"));
    names.put("n", new Value.Int(10));
    names.put("d", new Value.Decimal(2.5));
    names.put("flag", Value.Bool.of(true));
    names.put("arr", longs(1, 2, 3));
    Value[] texts = {new Value.Text("a"), new Value.Text("b")};
    names.put("names", new Value.Array(Type.STRING_ARRAY, texts));
    Value.Dict map = new Value.Dict();
    map.entries().put("k", new Value.Text("v"));
    names.put("mp", map);
    return names;
  }

  private static Value longs(long... values) {
    Value[] items = new Value[values.length];
    for (int i = 0; i < values.length; i++) {
      items[i] = new Value.Int(values[i]);
    }
    return new Value.Array(Type.LONG_ARRAY, items);
  }

  /** {@code LONG 7} or {@code failed TYPE}. */
  String shown() {
    if (outcome instanceof Outcome.Result result) {
      return result.value().type() + " " + result.value().text();
    }
    return "failed " + failure().code();
  }

  Failure failure() {
    assertThat(outcome).as(text).isInstanceOf(Outcome.NoResult.class);
    return ((Outcome.NoResult) outcome).failure();
  }

  void gives(String expected) {
    assertThat(shown()).as(text).isEqualTo(expected);
  }

  void failsWith(FailureCode code) {
    String clipped = text.length() <= 200 ? text : text.substring(0, 200) + "..";
    assertThat(shown()).as(clipped).isEqualTo("failed " + code);
    assertThat(failure().message()).isNotBlank();
  }
}

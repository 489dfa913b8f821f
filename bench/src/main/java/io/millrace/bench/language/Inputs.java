package io.millrace.bench.language;

import dev.cel.runtime.CelVariableResolver;
import io.millrace.expression.Scope;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The params an expression is evaluated with, the same for both languages: a few sets that take
 * turns, so that no condition comes out alike each time. Both are handed values that are made
 * already: what a run spends on making them of its params is not measured.
 */
final class Inputs {
  /** A power of two. */
  static final int SETS = 16;

  private final List<Scope> scopes = new ArrayList<>();
  private final List<CelVariableResolver> resolvers = new ArrayList<>();

  Inputs() {
    for (int set = 0; set < SETS; set++) {
      Map<String, Object> params = new HashMap<>();
      params.put("param2", (long) (set * 37 % SETS - 4) * 100);
      params.put("total", 1_000L);
      params.put("retries", (long) set % 5);
      params.put("state", set % 3 == 0 ? "DONE" : "RUNNING");
      params.put("rate", set / 4.0);
      params.put("force", set % 4 == 0);
      params.put("sizes", List.of(100L * set, 200L, 300L));
      params.put("labels", set % 2 == 0 ? Map.of("team", "etl", "tier", "1") : Map.of("tier", "2"));
      resolvers.add(name -> Optional.ofNullable(params.get(name)));
      scopes.add(scope(params));
    }
  }

  private static Scope scope(Map<String, Object> params) {
    Map<String, Value> values = new HashMap<>();
    params.forEach((name, value) -> values.put(name, value(value)));
    return name -> Optional.ofNullable(values.get(name));
  }

  private static Value value(Object value) {
    if (value instanceof Long number) {
      return new Value.Int(number);
    }
    if (value instanceof Double number) {
      return new Value.Decimal(number);
    }
    if (value instanceof Boolean truth) {
      return Value.Bool.of(truth);
    }
    if (value instanceof List<?> list) {
      return new Value.Array(
          Type.LONG_ARRAY, list.stream().map(Inputs::value).toArray(Value[]::new));
    }
    if (value instanceof Map<?, ?> map) {
      Value.Dict dict = new Value.Dict();
      map.forEach((name, held) -> dict.entries().put((String) name, value(held)));
      return dict;
    }
    return new Value.Text((String) value);
  }

  Scope[] scopes() {
    return scopes.toArray(new Scope[0]);
  }

  /** As CEL takes them; a map it would wrap anew each time, at 0.5 to 0.9 KB an evaluation. */
  List<CelVariableResolver> resolvers() {
    return resolvers;
  }
}

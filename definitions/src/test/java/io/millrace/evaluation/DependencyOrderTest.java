package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random scopes, against the rules of lookup written as plain recursion. */
final class DependencyOrderTest {
  private static final long SEED = 20_261_125;

  @Test
  void shouldAgreeWithPlainRecursion() {
    Random random = new Random(SEED);
    int evaluated = 0;
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      // given
      Sums sums = new Sums(random);

      // when
      Evaluation evaluation =
          new ParamEvaluator(ParamLimits.DEFAULT)
              .step(
                  "me",
                  sums.params(),
                  sums.workflow,
                  Elsewhere.NOWHERE,
                  new Surroundings(0, "seed", ParamFunctions.NONE));

      // then
      String scope = "seed " + SEED + ", round " + round + ", " + sums;
      Optional<Map<String, Long>> expected = sums.evaluate();
      assertThat(numbers(evaluation)).as(scope).isEqualTo(expected);
      evaluated += expected.isPresent() ? 1 : 0;
      refused += expected.isPresent() ? 0 : 1;
    }
    assertThat(evaluated).isGreaterThan(50);
    assertThat(refused).isGreaterThan(50);
  }

  private static Optional<Map<String, Long>> numbers(Evaluation evaluation) {
    if (!(evaluation instanceof Evaluation.Evaluated done)) {
      return Optional.empty();
    }
    Map<String, Long> numbers = new LinkedHashMap<>();
    done.params()
        .forEach((name, param) -> numbers.put(name, ((ParamValue.Int) param.value()).value()));
    return Optional.of(numbers);
  }

  /** Each param is one plus the params it names. */
  private static final class Sums {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

    private final Map<String, List<String>> needs = new LinkedHashMap<>();
    private final Map<String, ParamValue> workflow = new LinkedHashMap<>();
    private final Map<String, Long> results = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();

    private Sums(Random random) {
      for (String name : NAMES) {
        if (random.nextInt(4) > 0) {
          List<String> needed = new ArrayList<>();
          for (int i = random.nextInt(3); i > 0; i--) {
            needed.add(NAMES.get(random.nextInt(NAMES.size())));
          }
          needs.put(name, needed);
        }
        if (random.nextBoolean()) {
          workflow.put(name, new ParamValue.Int(random.nextInt(1_000)));
        }
      }
    }

    private Map<String, ParamDefinition> params() {
      Map<String, ParamDefinition> params = new LinkedHashMap<>();
      needs.forEach(
          (name, needed) ->
              params.put(
                  name,
                  ParamDefinition.computed(
                      ParamType.LONG,
                      "1" + String.join("", needed.stream().map(" + "::concat).toList()))));
      return params;
    }

    private Optional<Map<String, Long>> evaluate() {
      for (String name : needs.keySet()) {
        if (!results.containsKey(name) && evaluate(name) == null) {
          return Optional.empty();
        }
      }
      Map<String, Long> inOrder = new LinkedHashMap<>();
      needs.keySet().forEach(name -> inOrder.put(name, results.getOrDefault(name, -1L)));
      return Optional.of(inOrder);
    }

    private @Nullable Long evaluate(String name) {
      if (!open.add(name)) {
        return null;
      }
      long sum = 1;
      for (String needed : needs.getOrDefault(name, List.of())) {
        Long value = lookUp(needed);
        if (value == null) {
          return null;
        }
        sum += value;
      }
      open.remove(name);
      results.put(name, sum);
      return sum;
    }

    private @Nullable Long lookUp(String name) {
      if (results.containsKey(name)) {
        return results.get(name);
      }
      if (workflow.containsKey(name)) {
        return ((ParamValue.Int) workflow.getOrDefault(name, new ParamValue.Int(0))).value();
      }
      return needs.containsKey(name) ? evaluate(name) : null;
    }

    @Override
    public String toString() {
      return "params " + needs + ", workflow " + workflow;
    }
  }
}

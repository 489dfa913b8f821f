package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.expression.value.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random expressions against plain Java. */
final class DifferentialTest {
  private static final String SEED_PROPERTY = "millrace.expression.seed";
  private static final long DEFAULT_SEED = 20_261_125;
  private static final int EXPRESSIONS = 100_000;
  private static final Surroundings NOWHERE = new Surroundings(0, "seed", ParamFunctions.NONE);

  @Test
  void shouldComputeAsJavaDoes() {
    // given
    long seed = Long.getLong(SEED_PROPERTY, DEFAULT_SEED);
    ArithmeticOracle oracle = new ArithmeticOracle(new Random(seed));

    // when, then
    for (int i = 0; i < EXPRESSIONS; i++) {
      assertSame(oracle.next(), seed);
    }
  }

  @Test
  void shouldTellAWrongValue() {
    // given: integer division that rounds where it should truncate
    ArithmeticOracle.Expected wrong = new ArithmeticOracle.Expected("(-7) / 2", -4L);

    // when, then
    assertThatThrownBy(() -> assertSame(wrong, 1)).hasMessageContaining("rerun with -D");
  }

  private static void assertSame(ArithmeticOracle.Expected expected, long seed) {
    Outcome outcome = Expression.compile(expected.text()).evaluate(Scope.EMPTY, NOWHERE);
    if (!expected.value().equals(plain(outcome))) {
      assertThat(outcome.toString())
          .as("rerun with -D%s=%d: %s", SEED_PROPERTY, seed, expected.text())
          .isEqualTo(String.valueOf(expected.value()));
    }
  }

  private static Object plain(Outcome outcome) {
    if (outcome instanceof Outcome.Result result) {
      Value value = result.value();
      if (value instanceof Value.Int whole) {
        return whole.value();
      }
      if (value instanceof Value.Decimal decimal) {
        return decimal.value();
      }
      if (value instanceof Value.Bool bool) {
        return bool.value();
      }
      return value.text();
    }
    return outcome;
  }
}

package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.Coercion;
import io.millrace.expression.Expression;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a push says of the result of an expression is what a run does with it. */
final class ResultTypesTest {
  private static final Map<Type, List<String>> RESULTS = new EnumMap<>(Type.class);

  static {
    RESULTS.put(Type.STRING, List.of("'a'", "'5'", "'1.5'", "'true'"));
    RESULTS.put(Type.LONG, List.of("5", "1", "0"));
    RESULTS.put(Type.DOUBLE, List.of("1.5", "1.0", "0.0 / 0"));
    RESULTS.put(Type.BOOLEAN, List.of("true", "false"));
    RESULTS.put(Type.STRING_ARRAY, List.of("new String[]{'1'}", "new String[]{'a'}"));
    RESULTS.put(Type.LONG_ARRAY, List.of("new long[]{1, 2}"));
    RESULTS.put(Type.DOUBLE_ARRAY, List.of("new double[]{1.0, 2.5}"));
    RESULTS.put(Type.BOOLEAN_ARRAY, List.of("new boolean[]{true}"));
    RESULTS.put(Type.MAP, List.of("new Map()", "m = new Map(); m.put('k', 'v'); m"));
    RESULTS.put(Type.DATETIME, List.of("new DateTime()"));
    RESULTS.put(Type.DATETIME_ZONE, List.of("DateTimeZone.UTC"));
    RESULTS.put(Type.DATETIME_FORMATTER, List.of("DateTimeFormat.forPattern('yyyy')"));
    RESULTS.put(Type.DATETIME_PROPERTY, List.of("new DateTime().dayOfMonth()"));
    RESULTS.put(Type.DAYS, List.of("Days.daysBetween(new DateTime(), new DateTime())"));
    RESULTS.put(Type.UUID, List.of("UUID.randomUUID()"));
  }

  @ParameterizedTest
  @EnumSource(ParamType.class)
  void shouldAgreeWithARunForEveryResult(ParamType param) {
    RESULTS.forEach(
        (type, expressions) ->
            assertThat(ResultTypes.canBecome(type, param))
                .as("%s as %s", type, param)
                .isEqualTo(expressions.stream().anyMatch(text -> fits(text, type, param))));
  }

  @Test
  void shouldKnowAResultOfEveryTypeThatAnExpressionGives() {
    assertThat(Type.values())
        .allMatch(
            type ->
                RESULTS.containsKey(type)
                    || type == Type.ANY
                    || type == Type.NULL
                    || type == Type.VOID
                    || type == Type.PARAMS);
  }

  @ParameterizedTest
  @EnumSource(ParamType.class)
  void shouldReadAParamAsWhatARunMakesOfIt(ParamType param) {
    assertThat(ResultTypes.canBecome(ResultTypes.of(param), param)).isTrue();
  }

  /** A run ends at once with a result that no param can hold, such as a DATETIME. */
  private static boolean fits(String expression, Type type, ParamType param) {
    Outcome outcome =
        Expression.compile(expression)
            .evaluate(name -> Optional.empty(), new Surroundings(0, "seed", ParamFunctions.NONE));
    if (outcome instanceof Outcome.NoResult none) {
      assertThat(none.failure().code()).as(expression).isEqualTo(FailureCode.NO_RESULT);
      return false;
    }
    Value value = ((Outcome.Result) outcome).value();
    assertThat(value.type()).as(expression).isEqualTo(type);
    return Coercion.of(value, param) instanceof Coercion.Coerced.Fit;
  }
}

package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.Coercion.Coerced;
import io.millrace.expression.Expression;
import io.millrace.expression.Outcome;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.expression.value.Value;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoercionTest {
  private static final Scope MAPS =
      name ->
          Optional.ofNullable(
              switch (name) {
                case "texts" -> map("k", new Value.Text("v"));
                case "numbers" -> map("k", new Value.Int(1));
                case "deep" -> deep();
                case "deeper" -> map("k", deep());
                default -> null;
              });

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a'|STRING|a|",
        "5|STRING|5|INFO",
        "1.5|STRING|1.5|INFO",
        "true|STRING|true|INFO",
        "5|LONG|5|",
        "'5'|LONG|5|WARN",
        "'-9223372036854775808'|LONG|-9223372036854775808|WARN",
        "5|DOUBLE|5|",
        "1.5|DOUBLE|1.5|",
        "'1.50'|DOUBLE|1.50|",
        "true|BOOLEAN|true|",
        "'true'|BOOLEAN|true|WARN",
        "'false'|BOOLEAN|false|WARN",
        "new String[]{'a'}|STRING_ARRAY|[\"a\"]|",
        "new long[]{1, 2}|STRING_ARRAY|[\"1\",\"2\"]|INFO",
        "new double[]{1.5}|STRING_ARRAY|[\"1.5\"]|INFO",
        "new boolean[]{true}|STRING_ARRAY|[\"true\"]|INFO",
        "new long[]{1, 2}|LONG_ARRAY|[1,2]|",
        "new double[]{1.5}|DOUBLE_ARRAY|[1.5]|",
        "new long[]{1, 2}|DOUBLE_ARRAY|[1,2]|",
        "new boolean[]{true}|BOOLEAN_ARRAY|[true]|",
        "texts|STRING_MAP|{\"k\":\"v\"}|",
        "numbers|STRING_MAP|{\"k\":\"1\"}|INFO",
        "deep|MAP|{\"k\":1,\"m\":{\"x\":true}}|",
      })
  void shouldMakeAResultFit(String expression, ParamType type, String text, String note) {
    // when
    Coerced coerced = Coercion.of(value(expression), type);

    // then
    assertThat(coerced).isInstanceOf(Coerced.Fit.class);
    Coerced.Fit fit = (Coerced.Fit) coerced;
    assertThat(fit.value().type()).isEqualTo(type);
    assertThat(ParamText.of(fit.value())).isEqualTo(text);
    assertThat(fit.notes().stream().map(found -> found.level().name()).toList())
        .isEqualTo(note == null ? List.of() : List.of(note));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "new long[]{1}|STRING|Expected STRING, but it is LONG_ARRAY.",
        "1.0|LONG|Expected LONG, but it is DOUBLE '1.0'.",
        "'1.5'|LONG|Expected LONG, but it is STRING '1.5'.",
        "'9223372036854775808'|LONG|Expected LONG, but it is STRING '9223372036854775808'.",
        "true|LONG|Expected LONG, but it is BOOLEAN 'true'.",
        "'x'|DOUBLE|Expected DOUBLE, but it is STRING 'x'.",
        "1.0/0|DOUBLE|Expected DOUBLE, but it is DOUBLE 'Infinity'.",
        "true|DOUBLE|Expected DOUBLE, but it is BOOLEAN 'true'.",
        "'TRUE'|BOOLEAN|Expected BOOLEAN, but it is STRING 'TRUE'.",
        "1|BOOLEAN|Expected BOOLEAN, but it is LONG '1'.",
        "'a'|STRING_ARRAY|Expected STRING_ARRAY, but it is STRING 'a'.",
        "new String[1]|STRING_ARRAY|Expected element 0 to have a value, but it is null.",
        "new String[]{'1'}|LONG_ARRAY|Expected LONG_ARRAY, but it is STRING_ARRAY.",
        "new boolean[]{true}|DOUBLE_ARRAY|Expected DOUBLE_ARRAY, but it is BOOLEAN_ARRAY.",
        "new long[]{1}|BOOLEAN_ARRAY|Expected BOOLEAN_ARRAY, but it is LONG_ARRAY.",
        "'a'|MAP|Expected MAP, but it is STRING 'a'.",
        "'a'|STRING_MAP|Expected STRING_MAP, but it is STRING 'a'.",
        "deeper|STRING_MAP|Expected STRING, but it is MAP.",
      })
  void shouldSayWhyAResultDoesNotFit(String expression, ParamType type, String message) {
    assertThat(Coercion.of(value(expression), type)).isEqualTo(new Coerced.Misfit(message));
  }

  @Test
  void shouldRefuseNullInAMap() {
    // given
    Value.Dict map = new Value.Dict();
    map.entries().put("k", Value.Null.NULL);

    // when / then
    assertThat(Coercion.of(map, ParamType.MAP))
        .isEqualTo(new Coerced.Misfit("Expected entry 'k' to have a value, but it is null."));
  }

  @Test
  void shouldReadNumbersUpToTheirLimit() {
    String atLimit = "0".repeat(Coercion.MAX_NUMBER_CHARS - 1) + "7";

    assertThat(Coercion.of(new Value.Text(atLimit), ParamType.DOUBLE))
        .isEqualTo(new Coerced.Fit(new ParamValue.Decimal(BigDecimal.valueOf(7)), List.of()));
    assertThat(Coercion.of(new Value.Text("0" + atLimit), ParamType.DOUBLE))
        .isInstanceOf(Coerced.Misfit.class);
  }

  @Test
  void shouldKeepAllDecimalsOfAParam() {
    BigDecimal exact = new BigDecimal("0.10000000000000000000000001");

    Coerced coerced = Coercion.of(new ParamValue.Decimal(exact), ParamType.STRING);

    assertThat(((Coerced.Fit) coerced).value())
        .isEqualTo(new ParamValue.Text("0.10000000000000000000000001"));
  }

  @Test
  void shouldNotTurnExpressionsInAMapIntoTexts() {
    ParamValue map =
        new ParamValue.MapOfParams(Map.of("k", ParamDefinition.computed(ParamType.STRING, "'x'")));

    assertThat(Coercion.of(map, ParamType.STRING_MAP))
        .isEqualTo(
            new Coerced.Misfit("Expected STRING_MAP, but it is a MAP with expressions in it."));
  }

  private static Value.Dict map(String key, Value value) {
    Value.Dict map = new Value.Dict();
    map.entries().put(key, value);
    return map;
  }

  private static Value.Dict deep() {
    Value.Dict map = map("k", new Value.Int(1));
    map.entries().put("m", map("x", Value.Bool.TRUE));
    return map;
  }

  private static Value value(String expression) {
    Outcome outcome =
        Expression.compile(expression)
            .evaluate(MAPS, new Surroundings(0, "seed", ParamFunctions.NONE));
    assertThat(outcome).as(expression).isInstanceOf(Outcome.Result.class);
    return ((Outcome.Result) outcome).value();
  }
}

package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LiteralReaderTest {
  private static final String PATH = "$.workflow.steps[0].step.params.p";

  static Stream<Arguments> inferredLiterals() {
    return Stream.of(
        Arguments.of("\"x\"", new ParamValue.Text("x")),
        Arguments.of("7", new ParamValue.Int(7)),
        Arguments.of("1.50", new ParamValue.Decimal(new BigDecimal("1.50"))),
        Arguments.of("true", new ParamValue.Bool(true)),
        Arguments.of("[]", new ParamValue.StringArray(List.of())),
        Arguments.of("[\"a\", 1]", new ParamValue.StringArray(List.of("a", "1"))),
        Arguments.of("[1, 2]", new ParamValue.LongArray(List.of(1L, 2L))),
        Arguments.of(
            "[1, 2.5]", new ParamValue.DoubleArray(List.of(BigDecimal.ONE, new BigDecimal("2.5")))),
        Arguments.of("[true, false]", new ParamValue.BooleanArray(List.of(true, false))));
  }

  @ParameterizedTest
  @MethodSource("inferredLiterals")
  void shouldInferTheType(String json, ParamValue expected) {
    assertThat(param(json).literal()).isEqualTo(expected);
    assertThat(param(json).type()).isEqualTo(expected.type());
  }

  static Stream<Arguments> typedLiterals() {
    return Stream.of(
        Arguments.of("STRING", "5", new ParamValue.Text("5")),
        Arguments.of("LONG", "\"-5\"", new ParamValue.Int(-5)),
        Arguments.of("LONG", "9223372036854775807", new ParamValue.Int(Long.MAX_VALUE)),
        Arguments.of("LONG", "-9223372036854775808", new ParamValue.Int(Long.MIN_VALUE)),
        Arguments.of("DOUBLE", "1", new ParamValue.Decimal(BigDecimal.ONE)),
        Arguments.of("DOUBLE", "\"1.250\"", new ParamValue.Decimal(new BigDecimal("1.250"))),
        Arguments.of("BOOLEAN", "\"True\"", new ParamValue.Bool(true)),
        Arguments.of("LONG_ARRAY", "[1, \"2\"]", new ParamValue.LongArray(List.of(1L, 2L))),
        Arguments.of(
            "DOUBLE_ARRAY",
            "[\"1.5\"]",
            new ParamValue.DoubleArray(List.of(new BigDecimal("1.5")))),
        Arguments.of("BOOLEAN_ARRAY", "[\"false\"]", new ParamValue.BooleanArray(List.of(false))),
        Arguments.of("STRING_ARRAY", "[]", new ParamValue.StringArray(List.of())),
        Arguments.of("STRING_MAP", "{\"a\": 1}", new ParamValue.StringMap(Map.of("a", "1"))));
  }

  @ParameterizedTest
  @MethodSource("typedLiterals")
  void shouldReadTheDeclaredType(String type, String json, ParamValue expected) {
    assertThat(param(typed(type, json)).literal()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STRING|[]|WRONG_TYPE",
        "LONG|true|WRONG_TYPE",
        "LONG|1.5|BAD_VALUE",
        "LONG|\"x\"|BAD_VALUE",
        "LONG|\"\"|BAD_VALUE",
        "LONG|\"٣\"|BAD_VALUE",
        "LONG|9223372036854775808|BAD_VALUE",
        "DOUBLE|\"NaN\"|BAD_VALUE",
        "DOUBLE|\"1e\"|BAD_VALUE",
        "DOUBLE|{}|WRONG_TYPE",
        "BOOLEAN|1|WRONG_TYPE",
        "BOOLEAN|\"yes\"|WRONG_TYPE",
        "STRING_ARRAY|\"a\"|WRONG_TYPE",
        "STRING_MAP|[]|WRONG_TYPE"
      })
  void shouldRefuseLiteralsOfAnotherType(String type, String json, String code) {
    assertTold(Told.params("\"p\": " + typed(type, "«" + json)), code + " " + PATH + ".value");
  }

  @Test
  void shouldTellWhichItemIsWrong() {
    assertTold(
        Told.params("\"p\": [1, «\"b\", «true, «[], «null]"),
        "BAD_VALUE " + PATH + "[1]",
        "WRONG_TYPE " + PATH + "[2]",
        "WRONG_TYPE " + PATH + "[3]",
        "WRONG_TYPE " + PATH + "[4]");
    assertTold(Told.params("\"p\": [«{}]"), "WRONG_TYPE " + PATH + "[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000", "1e-1000", "-2.5E+999"})
  void shouldKeepDecimalsWithinTheLimitOfPlaces(String number) {
    assertThat(param(number).literal()).isEqualTo(new ParamValue.Decimal(new BigDecimal(number)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1001", "1e-1001", "1e999999999"})
  void shouldRefuseDecimalsBeyondTheLimitOfPlaces(String number) {
    assertTold(Told.params("\"p\": «" + number), "LIMIT " + PATH);
  }

  @Test
  void shouldRefuseExponentsThatAreNoNumbers() {
    assertTold(Told.params("\"p\": «1e99999999999"), "BAD_VALUE " + PATH);
  }

  @Test
  void shouldKeepTheLimitOfNumbersInText() {
    int limit = DefinitionLimits.DEFAULT.maxNumberChars();

    param(typed("DOUBLE", "\"" + "1".repeat(limit) + "\""));
    assertTold(
        Told.params("\"p\": " + typed("DOUBLE", "«\"" + "1".repeat(limit + 1) + "\"")),
        "LIMIT " + PATH + ".value");
    assertTold(
        Told.params("\"p\": " + typed("DOUBLE", "«\"." + "1".repeat(limit - 1) + "\"")),
        "LIMIT " + PATH + ".value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$RUN_TS", "a ${RUN_TS} d", "$$x", "100 $$"})
  void shouldReadTextsThatAreInterpolatedInARun(String text) {
    assertThat(param("\"" + text + "\"").literal()).isEqualTo(new ParamValue.Text(text));
    assertThat(param("[\"a\", \"" + text + "\"]").literal())
        .isEqualTo(new ParamValue.StringArray(List.of("a", text)));
    assertThat(param("{\"k\": \"" + text + "\"}").literal())
        .isEqualTo(new ParamValue.StringMap(Map.of("k", text)));
    assertThat(param("{\"" + text + "\": \"v\"}").literal())
        .isEqualTo(new ParamValue.StringMap(Map.of(text, "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5 $", "$5", "${_x}", "$ x", "${}"})
  void shouldKeepADollarThatStandsForItself(String text) {
    assertThat(param("\"" + text + "\"").literal()).isEqualTo(new ParamValue.Text(text));
  }

  private static String typed(String type, String json) {
    return "{\"type\": \"" + type + "\", \"value\": " + json + "}";
  }

  private static ParamDefinition param(String json) {
    return Told.acceptedStep("\"type\": \"work\", \"params\": {\"p\": " + json + "}")
        .params()
        .get("p");
  }
}

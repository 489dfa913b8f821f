package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.value.Value;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ProtocolJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParamValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5|LONG|5",
        "2.50|DOUBLE|2.5",
        "1e999|DOUBLE|Infinity",
        "\"a\"|STRING|a",
        "true|BOOLEAN|true",
        "[1,2]|LONG_ARRAY|[1,2]",
        "[\"a\"]|STRING_ARRAY|[a]",
        "[1.5]|DOUBLE_ARRAY|[1.5]",
        "[true]|BOOLEAN_ARRAY|[true]",
        "{\"k\":\"v\"}|MAP|{k=v}",
      })
  void shouldKeepWhatAParamHolds(String json, String type, String text) {
    // given
    ParamValue param =
        ProtocolJson.read(json.getBytes(StandardCharsets.UTF_8), ParamValue.class)
            .value()
            .orElseThrow();

    // when
    Value value = ParamValues.of(param);

    // then
    assertThat(value.type().name()).isEqualTo(type);
    assertThat(value.text().replace(" ", "")).isEqualTo(text);
  }

  @Test
  void shouldHandOutACopyEachTime() {
    // given
    ParamValue param =
        ProtocolJson.read("[1, 2]".getBytes(StandardCharsets.UTF_8), ParamValue.class)
            .value()
            .orElseThrow();

    // when
    ((Value.Array) ParamValues.of(param)).set(0, new Value.Int(9));

    // then
    assertThat(ParamValues.of(param).text()).isEqualTo("[1, 2]");
  }
}

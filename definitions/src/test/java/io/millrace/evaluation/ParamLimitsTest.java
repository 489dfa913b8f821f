package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParamLimitsTest {
  @Test
  void shouldTakeRunParamsUpToTheirLimit() {
    assertThat(ParamLimits.DEFAULT.refuseRunParams(runParams(128))).isEmpty();
    assertThat(ParamLimits.DEFAULT.refuseRunParams(runParams(129)))
        .contains(
            ParamFailure.of(
                "p128", ParamFault.LIMIT, "Expected at most 128 run params, but there are 129."));
  }

  @Test
  void shouldKeepReservedNamesFromRunParams() {
    Map<String, ParamDefinition> params = runParams(2);
    params.put("AUTH_BLOB", ParamDefinition.literal(new ParamValue.Int(1)));

    assertThat(ParamLimits.DEFAULT.refuseRunParams(params))
        .map(ParamFailure::fault)
        .contains(ParamFault.RESERVED);
    assertThat(ReservedNames.contains("auth_blob")).isFalse();
  }

  private static Map<String, ParamDefinition> runParams(int count) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      params.put("p" + i, ParamDefinition.literal(new ParamValue.Int(i)));
    }
    return params;
  }
}

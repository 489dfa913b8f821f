package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
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

  @Test
  void shouldEvaluateAndMergeMapsUpToTheirDepth() {
    // given
    Map<String, ParamDefinition> deep = Map.of("p", ParamStages.nested(ParamLimits.MAX_MAP_DEPTH));
    Map<String, ParamDefinition> deeper =
        Map.of("p", ParamStages.nested(ParamLimits.MAX_MAP_DEPTH + 1));
    ParamFailure tooDeep =
        ParamFailure.of(
            "p",
            ParamFault.LIMIT,
            "Expected 'p' to be maps at most 64 levels deep, but one is deeper.");

    // when / then
    assertThat(ParamStages.evaluated(deep)).containsKey("p");
    assertThat(
            new ParamEvaluator(ParamLimits.DEFAULT)
                .workflow(
                    deeper, Elsewhere.NOWHERE, new Surroundings(0, "seed", ParamFunctions.NONE)))
        .isEqualTo(new Evaluation.Failed(tooDeep));
    assertThat(ParamStages.params(ParamMerge.from(ParamSource.LAUNCH).over(deep, deep)))
        .containsKey("p");
    assertThat(ParamStages.failure(ParamMerge.from(ParamSource.LAUNCH).over(deep, deeper)))
        .isEqualTo(tooDeep);
    assertThat(ParamStages.failure(ParamMerge.from(ParamSource.LAUNCH).over(deeper, Map.of())))
        .isEqualTo(tooDeep);
  }

  @Test
  void shouldSurviveMapsOfAnyDepth() {
    Map<String, ParamDefinition> bottomless = Map.of("p", ParamStages.nested(100_000));

    assertThat(
            ParamStages.failure(ParamMerge.from(ParamSource.LAUNCH).over(bottomless, bottomless))
                .fault())
        .isEqualTo(ParamFault.LIMIT);
  }

  private static Map<String, ParamDefinition> runParams(int count) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      params.put("p" + i, ParamDefinition.literal(new ParamValue.Int(i)));
    }
    return params;
  }
}

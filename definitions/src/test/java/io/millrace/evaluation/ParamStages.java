package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.label.Notes;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Params as tests of merges write and read them. */
final class ParamStages {
  private ParamStages() {}

  static ParamDefinition text(String text) {
    return ParamDefinition.literal(new ParamValue.Text(text));
  }

  static ParamDefinition text(String text, ParamMode mode) {
    return new ParamDefinition(
        ParamType.STRING, new ParamContent.Literal(new ParamValue.Text(text)), mode);
  }

  static ParamDefinition number(long number) {
    return ParamDefinition.literal(new ParamValue.Int(number));
  }

  static ParamDefinition map(String key, ParamDefinition entry) {
    return ParamDefinition.literal(new ParamValue.MapOfParams(Map.of(key, entry)));
  }

  /** So many maps in each other. */
  static ParamDefinition nested(int maps) {
    ParamDefinition param = number(1);
    for (int i = 0; i < maps; i++) {
      param = map("m", param);
    }
    return param;
  }

  static ParamDefinition noting(ParamDefinition param, String note, String value) {
    return new ParamDefinition(
        param.type(),
        param.content(),
        param.mode(),
        null,
        List.of(),
        new Notes(Map.of(note, value)));
  }

  static Map<String, ParamDefinition> params(Merged merged) {
    assertThat(merged).isInstanceOf(Merged.Params.class);
    return ((Merged.Params) merged).params();
  }

  static ParamDefinition param(Merged merged, String name) {
    return param(params(merged), name);
  }

  static ParamDefinition param(Map<String, ParamDefinition> params, String name) {
    assertThat(params).containsKey(name);
    return Objects.requireNonNull(params.get(name));
  }

  static ParamFailure failure(Merged merged) {
    assertThat(merged).isInstanceOf(Merged.Refused.class);
    return ((Merged.Refused) merged).failure();
  }

  static Object source(ParamDefinition param) {
    return Objects.requireNonNull(param.meta().fields().get(ParamMerge.SOURCE));
  }

  static Map<String, EvaluatedParam> evaluated(Map<String, ParamDefinition> params) {
    Evaluation evaluation =
        new ParamEvaluator(ParamLimits.DEFAULT)
            .workflow(params, Elsewhere.NOWHERE, new Surroundings(0, "seed", ParamFunctions.NONE));
    assertThat(evaluation).isInstanceOf(Evaluation.Evaluated.class);
    return ((Evaluation.Evaluated) evaluation).params();
  }

  static Map<String, String> texts(Map<String, EvaluatedParam> params) {
    Map<String, String> texts = new LinkedHashMap<>();
    params.forEach((name, param) -> texts.put(name, ParamText.of(param.value())));
    return texts;
  }
}

package io.millrace.evaluation;

import static io.millrace.evaluation.ParamStages.map;
import static io.millrace.evaluation.ParamStages.number;
import static io.millrace.evaluation.ParamStages.param;
import static io.millrace.evaluation.ParamStages.params;
import static io.millrace.evaluation.ParamStages.source;
import static io.millrace.evaluation.ParamStages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepParamsTest {
  private static final StepFacts FACTS = new StepFacts("job", 7, "uuid", 1);

  /** All stages say what x is; each in turn is the last to do so. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void shouldLetEachStageOverrideThoseBeforeIt(int last) {
    // given
    List<Map<String, ParamDefinition>> stages =
        List.of(x(0, last), x(1, last), x(2, last), x(3, last), x(4, last), x(5, last));
    StepParams step =
        StepParams.of(FACTS, BuiltInParams.NONE, stages.get(2))
            .withDefaults(stages.get(0), stages.get(1))
            .given(new GivenParams(ParamSource.LAUNCH, stages.get(3)))
            .restartedWith(stages.get(4))
            .injectedWith(stages.get(5));

    // when
    ParamDefinition x = param(step.merged(ParamLimits.DEFAULT), "x");

    // then
    assertThat(x.literal()).isEqualTo(new ParamValue.Int(last));
    assertThat(source(x))
        .isEqualTo(
            List.of(
                    "SYSTEM_DEFAULT",
                    "SYSTEM_DEFAULT",
                    "DEFINITION",
                    "LAUNCH",
                    "RESTART",
                    "SYSTEM_INJECTED")
                .get(last));
  }

  private static Map<String, ParamDefinition> x(int stage, int last) {
    return stage <= last ? Map.of("x", number(stage)) : Map.of();
  }

  @Test
  void shouldPutWhatTheStepDoesNotDefineBeforeItsDefinition() {
    // given
    Map<String, ParamDefinition> given = new LinkedHashMap<>();
    given.put("mine", number(1));
    given.put("extra", number(2));

    // when
    Merged merged =
        StepParams.of(FACTS, BuiltInParams.NONE, Map.of("mine", number(0)))
            .given(new GivenParams(ParamSource.LAUNCH, given))
            .restartedWith(Map.of("more", number(3), "extra", number(4)))
            .merged(ParamLimits.DEFAULT);

    // then
    assertThat(params(merged).keySet())
        .containsExactly(
            "workflow_instance_id",
            "step_instance_uuid",
            "step_attempt_id",
            "step_id",
            "extra",
            "more",
            "mine");
    assertThat(param(merged, "mine").literal()).isEqualTo(new ParamValue.Int(1));
    assertThat(param(merged, "extra").literal()).isEqualTo(new ParamValue.Int(4));
  }

  @Test
  void shouldLayTheFactsOfTheAttemptOverAllDefaults() {
    Merged merged =
        StepParams.of(FACTS, BuiltInParams.NONE, Map.of())
            .withDefaults(Map.of("step_id", text("no")), Map.of("step_attempt_id", number(9)))
            .merged(ParamLimits.DEFAULT);

    assertThat(param(merged, "step_id").literal()).isEqualTo(new ParamValue.Text("job"));
    assertThat(param(merged, "step_attempt_id").literal()).isEqualTo(new ParamValue.Int(1));
    assertThat(param(merged, "step_id").mode()).isEqualTo(ParamMode.CONSTANT);
    assertThat(BuiltInParam.is(param(merged, "step_id"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workflow_instance_id",
        "step_instance_uuid",
        "step_attempt_id",
        "step_id",
        "loop_index"
      })
  void shouldKeepReservedParamsFromEveryoneButTheEngine(String name) {
    Map<String, ParamDefinition> loop = loop(map("i", number(1)));
    Map<String, ParamDefinition> other = Map.of(name, text("77"));
    Map<String, ParamDefinition> defined = new LinkedHashMap<>(loop);
    defined.putAll(other);

    List<StepParams> refused =
        List.of(
            StepParams.of(FACTS, BuiltInParams.FOREACH, defined),
            StepParams.of(FACTS, BuiltInParams.FOREACH, loop)
                .given(new GivenParams(ParamSource.LAUNCH, other)),
            StepParams.of(FACTS, BuiltInParams.FOREACH, loop).restartedWith(other));

    assertThat(refused)
        .allSatisfy(
            step -> {
              ParamFailure failure = failure(step);
              assertThat(failure.param()).isEqualTo(name);
              assertThat(failure.fault()).isEqualTo(ParamFault.MODE);
            });
    assertThat(
            params(
                StepParams.of(FACTS, BuiltInParams.FOREACH, loop)
                    .injectedWith(other)
                    .merged(ParamLimits.DEFAULT)))
        .containsKey(name);
  }

  @Test
  void shouldRequireWhatAKindOfStepNeeds() {
    assertThat(failure(StepParams.of(FACTS, BuiltInParams.FOREACH, Map.of())))
        .isEqualTo(
            ParamFailure.of(
                "loop_params",
                ParamFault.REQUIRED,
                "Expected 'loop_params' to have a value or an expression,"
                    + " but it is required and has none."));
    assertThat(failure(StepParams.of(FACTS, BuiltInParams.WHILE, Map.of())).param())
        .isEqualTo("loop_params");
    assertThat(failure(StepParams.of(FACTS, BuiltInParams.SUBWORKFLOW, Map.of())).param())
        .isEqualTo("subworkflow_id");
  }

  @Test
  void shouldGiveARequiredParamItsTypeAndMode() {
    // given
    ParamDefinition texts =
        ParamDefinition.literal(new ParamValue.StringMap(Map.of("i", "literal")));

    // when
    ParamDefinition loopParams =
        param(
            StepParams.of(FACTS, BuiltInParams.WHILE, Map.of("loop_params", texts))
                .merged(ParamLimits.DEFAULT),
            "loop_params");

    // then
    assertThat(loopParams.type()).isEqualTo(ParamType.MAP);
    assertThat(loopParams.mode()).isEqualTo(ParamMode.MUTABLE_ON_START);
    assertThat(source(loopParams)).isEqualTo("DEFINITION");
    assertThat(
            failure(StepParams.of(FACTS, BuiltInParams.WHILE, Map.of("loop_params", number(1))))
                .fault())
        .isEqualTo(ParamFault.TYPE);
    assertThat(
            failure(
                    StepParams.of(FACTS, BuiltInParams.FOREACH, loop(map("i", number(1))))
                        .restartedWith(loop(map("i", number(2)))))
                .fault())
        .isEqualTo(ParamFault.MODE);
  }

  @Test
  void shouldTakeARequiredParamAsAnExpression() {
    ParamDefinition computed = ParamDefinition.computed(ParamType.STRING, "'a' + 'b'");

    Merged merged =
        StepParams.of(FACTS, BuiltInParams.SUBWORKFLOW, Map.of("subworkflow_id", computed))
            .merged(ParamLimits.DEFAULT);

    assertThat(param(merged, "subworkflow_id").expression()).contains("'a' + 'b'");
    assertThat(param(merged, "subworkflow_version").literal())
        .isEqualTo(new ParamValue.Text("active"));
  }

  @Test
  void shouldEvaluateParamsInTheOrderTheyAreWritten() {
    Map<String, ParamDefinition> definition = new LinkedHashMap<>();
    definition.put("before", number(1));
    definition.put("loop_params", map("i", number(1)));
    definition.put("after", number(1));

    Merged merged =
        StepParams.of(FACTS, BuiltInParams.FOREACH, definition).merged(ParamLimits.DEFAULT);

    assertThat(params(merged).keySet()).endsWith("before", "loop_params", "after");
  }

  private static Map<String, ParamDefinition> loop(ParamDefinition loopParams) {
    return Map.of("loop_params", loopParams);
  }

  private static ParamFailure failure(StepParams step) {
    return ParamStages.failure(step.merged(ParamLimits.DEFAULT));
  }
}

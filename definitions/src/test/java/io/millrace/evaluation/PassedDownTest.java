package io.millrace.evaluation;

import static io.millrace.evaluation.ParamStages.evaluated;
import static io.millrace.evaluation.ParamStages.map;
import static io.millrace.evaluation.ParamStages.number;
import static io.millrace.evaluation.ParamStages.param;
import static io.millrace.evaluation.ParamStages.params;
import static io.millrace.evaluation.ParamStages.source;
import static io.millrace.evaluation.ParamStages.text;
import static io.millrace.evaluation.ParamStages.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PassedDownTest {
  private static final WorkflowFacts FACTS = new WorkflowFacts("flow", "me", null, null);

  private final Map<String, ParamDefinition> workflow = new LinkedHashMap<>();
  private final Map<String, ParamDefinition> step = new LinkedHashMap<>();

  @Test
  void shouldPassTheWorkflowsParamsThenTheStepsToASubworkflow() {
    workflow.put("a", number(1));
    workflow.put("both", map("of", text("workflow")));
    step.put("subworkflow_id", text("child"));
    step.put("both", map("by", text("step")));
    step.put("own", ParamDefinition.computed(ParamType.LONG, "1 + 1"));

    GivenParams passed = down(BuiltInParams.SUBWORKFLOW).toSubworkflow(false);

    assertThat(passed.source()).isEqualTo(ParamSource.SUBWORKFLOW);
    assertThat(passed.params()).containsOnlyKeys("a", "both", "own");
    assertThat(texts(evaluated(passed.params())))
        .containsEntry("both", "{\"by\":\"step\"}")
        .containsEntry("own", "2");
    assertThat(down(BuiltInParams.SUBWORKFLOW).toSubworkflow(true).params())
        .containsOnlyKeys("both", "own");
  }

  @Test
  void shouldPassADayThatTheAuthorOfTheStepWrites() {
    workflow.put("RUN_DATE", text("20200101"));
    step.put("subworkflow_id", text("child"));
    step.put("RUN_TS", number(5));

    assertThat(down(BuiltInParams.SUBWORKFLOW).toSubworkflow(false).params())
        .containsOnlyKeys("RUN_TS");
  }

  @Test
  void shouldNotPassReservedNames() {
    workflow.put("AUTH_DATA", text("secret"));
    step.put("subworkflow_id", text("child"));
    step.put("AUTH_BLOB", text("secret"));

    assertThat(down(BuiltInParams.SUBWORKFLOW).toSubworkflow(false).params()).isEmpty();
  }

  @Test
  void shouldKeepTheModeOfWhatIsPassed() {
    workflow.put("a", text("x", ParamMode.MUTABLE_ON_START_RESTART));
    step.put("subworkflow_id", text("child"));

    ParamDefinition passed =
        param(down(BuiltInParams.SUBWORKFLOW).toSubworkflow(false).params(), "a");

    assertThat(passed.mode()).isEqualTo(ParamMode.MUTABLE_ON_START_RESTART);
  }

  @Test
  void shouldPassTextsAsTheyCameOut() {
    workflow.put("a", text("$$b"));
    step.put("subworkflow_id", text("child"));

    assertThat(texts(evaluated(down(BuiltInParams.SUBWORKFLOW).toSubworkflow(false).params())))
        .containsEntry("a", "$b");
  }

  @Test
  void shouldGiveAnIterationLoopParamsOverTheStepsOverTheWorkflows() {
    workflow.put("a", text("workflow"));
    workflow.put("b", text("workflow"));
    workflow.put("c", text("workflow"));
    step.put("b", text("step"));
    step.put("c", text("step"));
    step.put("loop_params", map("c", text("no")));

    Map<String, ParamDefinition> params =
        down(BuiltInParams.FOREACH)
            .toForeachIteration(Map.of("c", new ParamValue.Text("$loop")), 3);

    assertThat(texts(evaluated(params)))
        .containsEntry("a", "workflow")
        .containsEntry("b", "step")
        .containsEntry("c", "$loop")
        .containsEntry("loop_index", "3")
        .doesNotContainKey("loop_params")
        .doesNotContainKey("step_id");
    assertThat(source(param(params, "a"))).isEqualTo("FOREACH");
    assertThat(source(param(params, "c"))).isEqualTo("FOREACH");
    assertThat(param(params, "loop_index").mode()).isEqualTo(ParamMode.CONSTANT);
  }

  @Test
  void shouldGiveAnIterationTheBuiltInParamsOfItsRun() {
    workflow.put("RUN_TS", number(1_234_567_890_000L));
    step.put("loop_params", map("i", number(1)));

    Map<String, ParamDefinition> params =
        down(BuiltInParams.WHILE).toWhileIteration(Map.of("i", new ParamValue.Int(1)), 0);

    assertThat(texts(evaluated(params)))
        .containsEntry("RUN_TS", "1234567890000")
        .containsEntry("RUN_DATE", "20090213")
        .containsEntry("workflow_id", "flow")
        .containsEntry("condition", "true")
        .containsEntry("loop_index", "0");
  }

  @Test
  void shouldGiveAnInnerLoopItsOwnIndexAndPassNoneToASubworkflow() {
    // given
    step.put("loop_params", map("i", number(1)));
    Map<String, EvaluatedParam> outer =
        evaluated(
            down(BuiltInParams.FOREACH).toForeachIteration(Map.of("i", new ParamValue.Int(1)), 4));

    // when
    PassedDown inner = new PassedDown(outer, Map.of(), step.keySet());

    // then
    assertThat(texts(evaluated(inner.toForeachIteration(Map.of("j", new ParamValue.Int(2)), 5))))
        .containsEntry("i", "1")
        .containsEntry("j", "2")
        .containsEntry("loop_index", "5");
    assertThat(inner.toSubworkflow(false).params()).containsOnlyKeys("i");
  }

  /** Of a workflow and a step that are merged and evaluated as in a run. */
  private PassedDown down(BuiltInParams kind) {
    Map<String, EvaluatedParam> ofWorkflow =
        evaluated(
            params(
                new WorkflowParams(ParamLimits.DEFAULT, Map.of())
                    .fresh(FACTS, workflow, GivenParams.NONE)));
    Map<String, EvaluatedParam> ofStep =
        evaluated(
            params(
                StepParams.of(new StepFacts("s", 1, "uuid", 1), kind, step)
                    .merged(ParamLimits.DEFAULT)));
    return new PassedDown(ofWorkflow, ofStep, step.keySet());
  }
}

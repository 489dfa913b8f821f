package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the texts of a definition that are evaluated in a run. */
final class ReferenceCheckTest {
  private static final String STEP = "$.workflow.steps[0].step";

  /** A workflow param {@code p}, and a step param {@code q} with this expression. */
  private static String expression(String type, String text) {
    return Told.workflow(
        "\"params\": {\"p\": 1, \"words\": [\"a\"]}, \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"work\","
            + " \"params\": {\"own\": true, \"q\": {\"type\": \""
            + type
            + "\", \"expression\": \""
            + text
            + "\"}}}}]");
  }

  private static void assertValid(String text) {
    assertThat(Told.read(text).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p + 1",
        "own ? 1 : 2",
        "RUN_TS",
        "step_attempt_id",
        "x = 1; x + p",
        "params.get('p')",
        "params['p']",
        "params['a' + p]",
        "params.getFromInstance('workflow_run_id')",
        "params.getFromStep('step_attempt_id')",
        "params.nextUniqueId()",
        "words.length"
      })
  void shouldKnowTheNamesInScope(String text) {
    assertValid(expression("LONG", text));
  }

  @Test
  void shouldTellNamesThatNothingProvidesWithTheirPlace() {
    assertTold(
        expression("LONG", "p + «nope + «owm"),
        "UNKNOWN_NAME " + STEP + ".params.q.expression",
        "UNKNOWN_NAME " + STEP + ".params.q.expression");
    assertTold(
        expression("STRING", "'\\\"' + '\\u0041\\\\n' + «nope"),
        "UNKNOWN_NAME " + STEP + ".params.q.expression");
  }

  @Test
  void shouldTellWhatIsNoExpression() {
    assertTold(
        expression("LONG", "1 + «) + nope"), "EXPRESSION_SYNTAX " + STEP + ".params.q.expression");
  }

  @Test
  void shouldTellUnknownClassesAndMethods() {
    assertTold(
        expression("LONG", "System.«exit(1)"), "UNKNOWN_METHOD " + STEP + ".params.q.expression");
    assertTold(
        expression("STRING", "«java.lang.Runtime"),
        "UNKNOWN_NAME " + STEP + ".params.q.expression");
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 1.5",
    "LONG, own",
    "LONG, words",
    "BOOLEAN, p",
    "STRING, words",
    "LONG_ARRAY, words",
    "STRING_ARRAY, p",
    "STRING_MAP, p",
    "DOUBLE, own"
  })
  void shouldTellResultsThatCanNotBecomeTheParam(String type, String text) {
    assertTold(
        expression(type, "@@").replace("\"@@\"", "«\"" + text + "\""),
        "EXPRESSION_TYPE " + STEP + ".params.q.expression");
  }

  @ParameterizedTest
  @CsvSource({
    "STRING, p",
    "STRING, own",
    "DOUBLE, p",
    "DOUBLE, '''1.5'''",
    "LONG, '''15'''",
    "BOOLEAN, '''true'''",
    "STRING_ARRAY, words",
    "DOUBLE_ARRAY, 'new long[]{1}'",
    "MAP, 'new Map()'"
  })
  void shouldTakeResultsThatCanBecomeTheParam(String type, String text) {
    assertValid(expression(type, text));
  }

  @Test
  void shouldWantConditionsToBeBoolean() {
    String successors =
        "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"params\": {\"n\": 1}, \"transition\": {\"successors\": {\"b\": %s}}}},"
            + "{\"step\": {\"id\": \"b\", \"type\": \"NoOp\"}}";
    assertValid(Told.steps(successors.formatted("\"n > 0 && a__n > 0\"")));
    assertTold(
        Told.steps(successors.formatted("«\"n + 1\"")),
        "EXPRESSION_TYPE " + STEP + ".transition.successors.b");
    assertTold(
        Told.steps(successors.formatted("«\"'true'\"")),
        "EXPRESSION_TYPE " + STEP + ".transition.successors.b");
    assertTold(
        Told.steps(successors.formatted("\"«m > 0\"")),
        "UNKNOWN_NAME " + STEP + ".transition.successors.b");
  }

  @Test
  void shouldTellInterpolationsOfUnknownNames() {
    assertValid(Told.params("\"p\": 1, \"q\": \"$p ${p} $$no $${no} $5\""));
    assertTold(
        Told.params("\"q\": \"a \\n «${no} «$no\""),
        "UNKNOWN_NAME " + STEP + ".params.q",
        "UNKNOWN_NAME " + STEP + ".params.q");
  }

  @Test
  void shouldLetSettingsReadParamsOfTheWorkflowOnly() {
    String step =
        "\"params\": {\"n\": 1}, \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"work\", \"params\": {\"m\": 1}, %s}}]";
    assertValid(Told.workflow(step.formatted("\"timeout\": \"${n} h\"")));
    assertTold(
        Told.workflow(step.formatted("\"timeout\": \"«${m} h\"")),
        "UNKNOWN_NAME " + STEP + ".timeout");
  }

  @Test
  void shouldOnlyWarnOfRetriesThatCanNotBeResolved() {
    DefinitionReading reading =
        Told.read(
            Told.step("\"type\": \"work\", \"retry_policy\": {\"error_retry_limit\": \"${no}\"}"));

    assertThat(reading.push()).isPresent();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
              assertThat(problem.code()).isEqualTo(ProblemCode.UNRESOLVED);
              assertThat(problem.message()).contains("default retry policy");
            });
  }

  /** Step {@code b} after {@code a}, {@code c} beside them; {@code b} has this expression. */
  private static String diamond(String text) {
    return Told.steps(
        "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"params\": {\"n\": 1}, \"transition\": {\"successors\": {\"b\": \"true\"}}}},\n"
            + "{\"step\": {\"id\": \"b\", \"type\": \"NoOp\", \"params\": {\"q\": {\"type\": \"STRING\", \"expression\": \""
            + text
            + "\"}}}},\n"
            + "{\"step\": {\"id\": \"c\", \"type\": \"NoOp\", \"params\": {\"n\": 1}}}");
  }

  private static final String Q = "$.workflow.steps[1].step.params.q.expression";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a__n",
        "a__step_id",
        "params.getFromStep('a', 'n')",
        "params.getFromStep('a', 'MAESTRO_STEP_STATUS')"
      })
  void shouldKnowParamsOfStepsBefore(String text) {
    assertValid(diamond(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"«a__m", "«x__n", "params.«getFromStep('a', 'm')"})
  void shouldTellParamsThatNoStepHas(String text) {
    assertTold(diamond(text), "UNKNOWN_NAME " + Q);
  }

  @Test
  void shouldWarnOfAStepThatNeedNotBeOver() {
    assertTold(diamond("«c__n"), "NOT_UPSTREAM " + Q);
    assertThat(Told.read(diamond("c__n")).push()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "«getFromInstance('colour')",
        "«getFromStep('colour')",
        "«getFromForeach('a', 's', 'p')",
        "«getFromSubworkflow('no', 's', 'p')",
        "«getFromSignal('p')",
        "«getFromSignal('s', 'p')",
        "«getFromSignalDependency('0', 'p')"
      })
  void shouldTellCallsThatNameNothing(String call) {
    assertTold(diamond("params." + call), "UNKNOWN_NAME " + Q);
  }

  @Test
  void shouldRefuseComputedNamesOfWhatChildrenHandOver() {
    assertTold(diamond("x = 'a'; params.«getFromForeach(x, 's', 'p')"), "COMPUTED_NAME " + Q);
    assertTold(diamond("params.«getFromSubworkflow('a', 's', 'p' + 1)"), "COMPUTED_NAME " + Q);
  }

  @Test
  void shouldWarnOfWhatIsReadAsNull() {
    assertTold(diamond("params.«get('no')"), "UNRESOLVED " + Q);
    assertTold(diamond("params.«getFromStep('a', 'n' + 1)"), "UNRESOLVED " + Q);
  }

  @Test
  void shouldTellParamsThatNeedThemselves() {
    assertTold(
        Told.workflowField(
            """
            "params": {"a": {"type": "LONG", "expression": "b + 1"},
            "b": {"type": "STRING", "value": "${c}"},
            "c": {"type": "LONG", "expression": "«a"},
            "self": {"type": "LONG", "expression": "«self + 1"}}"""),
        "CYCLE $.workflow.params.c.expression",
        "CYCLE $.workflow.params.self.expression");
  }

  @Test
  void shouldLetAnExpressionUseTheNameOfItsParamForItself() {
    assertValid(
        Told.workflowField(
            """
            "params": {"a": {"type": "LONG", "expression": "a = 1; b = a + 1; return b;"},
            "b": {"type": "LONG", "expression": "b = a; return b;"}}"""));
    assertTold(
        Told.workflowField(
            "\"params\": {\"a\": {\"type\": \"LONG\", \"expression\": \"b = «a; a = 1; return b;\"}}"),
        "CYCLE $.workflow.params.a.expression");
  }

  @Test
  void shouldNotLetASignalDependencyReadTheStepsOwnParams() {
    String step =
        "\"type\": \"work\", \"params\": {\"day\": \"x\"}, \"signal_dependencies\": [{\"name\": \"s\","
            + " \"match_params\": {\"p\": {\"param\": {\"type\": \"STRING\", \"expression\": \"%s\"}, \"operator\": \"=\"}}}]";
    String path = STEP + ".signal_dependencies[0].match_params.p.param.expression";

    assertTold(Told.step(step.formatted("«day")), "UNKNOWN_NAME " + path);
    assertTold(Told.step(step.formatted("«a__day")), "UNKNOWN_NAME " + path);
    assertValid(Told.step(step.formatted("owner")));
  }

  @Test
  void shouldLetAStepParamBuildOnTheOneOfTheWorkflow() {
    String text =
        "\"params\": {%s}, \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"params\": {\"i\": {\"type\": \"LONG\", \"expression\": \"%si + 1\"}}}}]";

    assertValid(Told.workflow(text.formatted("\"i\": 1", "")));
    assertTold(Told.workflow(text.formatted("", "«")), "CYCLE " + STEP + ".params.i.expression");
  }

  /** A foreach over {@code i} with a step {@code s} that has this expression. */
  private static String foreach(String text) {
    return Told.workflow(
        "\"params\": {\"w\": \"x\"}, \"steps\": [{\"step\": {\"id\": \"before\", \"type\": \"NoOp\", \"transition\": {\"successors\": {\"fe\": \"true\"}}}},\n"
            + "{\"foreach\": {\"id\": \"fe\", \"params\": {\"own\": 1, \"loop_params\": {\"type\": \"MAP\", \"value\": {\"i\": [1, 2], \"j\": [\"a\"]}}},\n"
            + "\"steps\": [{\"step\": {\"id\": \"s\", \"type\": \"NoOp\", \"params\": {\"list\": [1], \"q\": {\"type\": \"LONG\", \"expression\": \""
            + text
            + "\"}}}}]}}]");
  }

  private static final String INNER =
      "$.workflow.steps[1].foreach.steps[0].step.params.q.expression";

  @Test
  void shouldKnowInsideALoopWhatItGivesToIterations() {
    assertValid(foreach("i + own + loop_index + j.length() + w.length()"));
    assertTold(foreach("«loop_params"), "UNKNOWN_NAME " + INNER);
    assertTold(foreach("«before__step_id"), "UNKNOWN_NAME " + INNER);
    assertTold(foreach("«fe__own"), "UNKNOWN_NAME " + INNER);
  }

  @Test
  void shouldGiveLoopParamsTheTypesOfTheirElements() {
    assertTold(foreach("@@").replace("\"@@\"", "«\"w == j\""), "EXPRESSION_TYPE " + INNER);
    assertTold(foreach("«i && true"), "EXPRESSION_TYPE " + INNER);
  }

  @Test
  void shouldReadAWhileConditionWithItsLoopParams() {
    String text =
        "{\"while\": {\"id\": \"wh\", \"condition\": \"%s\", \"params\": {\"n\": 5, \"loop_params\": {\"type\": \"MAP\", \"value\": {\"i\": 1}}},"
            + "\"steps\": [{\"step\": {\"id\": \"s\", \"type\": \"NoOp\", \"params\": {\"i\": {\"type\": \"LONG\", \"expression\": \"i + 1\"}}}}]}}";

    assertValid(Told.steps(text.formatted("i < n")));
    assertTold(
        Told.steps(text.formatted("«k < n")), "UNKNOWN_NAME $.workflow.steps[0].while.condition");
    assertTold(
        Told.steps(text.formatted("@@").replace("\"@@\"", "«\"i + n\"")),
        "EXPRESSION_TYPE $.workflow.steps[0].while.condition");
  }

  @Test
  void shouldOnlyWarnWhereALoopComputesItsNames() {
    String text =
        "{\"foreach\": {\"id\": \"fe\", \"params\": {\"loop_params\": {\"type\": \"MAP\", \"expression\": \"new Map()\"}},"
            + "\"steps\": [{\"step\": {\"id\": \"s\", \"type\": \"NoOp\", \"params\": {\"q\": {\"type\": \"LONG\", \"expression\": \"«i\"}}}}]}}";

    assertTold(
        Told.steps(text),
        "UNRESOLVED $.workflow.steps[0].foreach.steps[0].step.params.q.expression");
  }
}

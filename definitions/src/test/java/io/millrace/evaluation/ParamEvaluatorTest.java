package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.FailureCode;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Surroundings;
import io.millrace.expression.syntax.Position;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParamEvaluatorTest {
  private static final Surroundings SURROUNDINGS = new Surroundings(0, "seed", ParamFunctions.NONE);
  private static final ParamEvaluator EVALUATOR = new ParamEvaluator(ParamLimits.DEFAULT);

  private final Map<String, ParamDefinition> params = new LinkedHashMap<>();
  private final Map<String, ParamValue> workflow = new LinkedHashMap<>();

  @Test
  void shouldEvaluateWhatAParamNeedsBeforeIt() {
    computed("sum", ParamType.LONG, "a + b");
    computed("a", ParamType.LONG, "b * 2");
    computed("b", ParamType.LONG, "5");
    computed("said", ParamType.STRING, "'sum is ' + sum");

    assertThat(inWorkflow())
        .containsExactly(
            Map.entry("sum", "15"),
            Map.entry("a", "10"),
            Map.entry("b", "5"),
            Map.entry("said", "sum is 15"));
  }

  @Test
  void shouldRefuseHalfACharacter() {
    text("smile", "\uD83D\uDE00");
    computed("half", ParamType.STRING, "smile.substring(0, 1)");

    assertThat(failure().fault()).isEqualTo(ParamFault.TYPE);
    assertThat(failure().message()).contains("half a surrogate pair");
  }

  @Test
  void shouldRefuseHalfACharacterWithinAnArray() {
    text("smile", "\uD83D\uDE00");
    computed(
        "halves",
        ParamType.STRING_ARRAY,
        "x = new String[1]; x[0] = smile.substring(0, 1); return x;");

    assertThat(failure().message()).contains("'halves'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STRING_MAP | m = new Map(); m['k'] = smile.substring(0, 1); return m;
          STRING_MAP | m = new Map(); m[smile.substring(1)] = 'v'; return m;
          MAP        | m = new Map(); m['k'] = smile.substring(0, 1); return m;
          MAP        | m = new Map(); n = new Map(); n['k'] = smile.substring(1); m['n'] = n; return m;
          MAP        | m = new Map(); m[smile.substring(0, 1)] = 1; return m;
          """)
  void shouldRefuseHalfACharacterWithinAMap(ParamType type, String expression) {
    text("smile", "\uD83D\uDE00");
    computed("halves", type, expression);

    assertThat(failure().fault()).isEqualTo(ParamFault.TYPE);
    assertThat(failure().message()).contains("'halves'").contains("half a surrogate pair");
  }

  @Test
  void shouldKeepWholeCharactersWithinAMap() {
    text("smile", "\uD83D\uDE00");
    computed("whole", ParamType.STRING_MAP, "m = new Map(); m[smile] = smile; return m;");

    assertThat(inWorkflow()).containsEntry("whole", "{\"\uD83D\uDE00\":\"\uD83D\uDE00\"}");
  }

  @Test
  void shouldFillTextsInLiterals() {
    params.put("n", ParamDefinition.literal(new ParamValue.Int(1)));
    text("t", "$n-$$n");
    params.put("list", ParamDefinition.literal(new ParamValue.StringArray(List.of("$n", "${t}"))));
    params.put("map", ParamDefinition.literal(new ParamValue.StringMap(Map.of("k$n", "v$n"))));
    text("all", "$list $map");

    assertThat(inWorkflow())
        .containsEntry("t", "1-$n")
        .containsEntry("list", "[\"1\",\"1-$n\"]")
        .containsEntry("map", "{\"k1\":\"v1\"}")
        .containsEntry("all", "[\"1\",\"1-$n\"] {\"k1\":\"v1\"}");
  }

  @Test
  void shouldEvaluateTheEntriesOfAMapInTheScopeAroundIt() {
    Map<String, ParamDefinition> entries = new LinkedHashMap<>();
    entries.put("next", ParamDefinition.computed(ParamType.LONG, "n + 1"));
    entries.put("text", ParamDefinition.literal(new ParamValue.Text("is $n")));
    params.put("map", ParamDefinition.literal(new ParamValue.MapOfParams(entries)));
    params.put("n", ParamDefinition.literal(new ParamValue.Int(1)));
    computed("read", ParamType.LONG, "map['next']");

    assertThat(inWorkflow())
        .containsEntry("map", "{\"next\":2,\"text\":\"is 1\"}")
        .containsEntry("read", "2");
  }

  @Test
  void shouldReadTheWorkflowsParamUnderItsOwnName() {
    workflow.put("i", new ParamValue.Int(4));
    computed("i", ParamType.LONG, "i + 1");
    computed("after", ParamType.LONG, "i");

    assertThat(inStep(Elsewhere.NOWHERE)).containsEntry("i", "5").containsEntry("after", "5");
  }

  @Test
  void shouldShadowAParamThatIsNotEvaluatedYet() {
    workflow.put("x", new ParamValue.Text("workflow"));
    text("before", "$x");
    text("x", "step");
    text("after", "$x");

    assertThat(inStep(Elsewhere.NOWHERE))
        .containsEntry("before", "workflow")
        .containsEntry("after", "step");
  }

  @Test
  void shouldEvaluateItsOwnParamThatTheWorkflowHasNot() {
    text("before", "$x and ${me__x}");
    text("x", "step");

    assertThat(inStep(Elsewhere.NOWHERE)).containsEntry("before", "step and step");
  }

  @Test
  void shouldReadFinishedStepsThenSignals() {
    text("job", "${job.3__x}");
    text("two", "${a___b}");
    text("signal", "${ready__date}");

    assertThat(inStep(new Others()))
        .containsEntry("job", "x of job.3")
        .containsEntry("two", "b of a_")
        .containsEntry("signal", "date of signal ready");
  }

  @Test
  void shouldReadSignalsInAWorkflow() {
    computed("signal", ParamType.STRING, "ready__date");

    Evaluation evaluation = EVALUATOR.workflow(params, new Others(), SURROUNDINGS);

    assertThat(texts(evaluation)).containsEntry("signal", "date of signal ready");
  }

  @Test
  void shouldSeeAllWorkflowParamsThroughParamsInAStepOnly() {
    workflow.put("xy", new ParamValue.Int(7));
    computed("x", ParamType.LONG, "params['x' + 'y']");
    computed("has", ParamType.BOOLEAN, "params.containsKey('xy')");
    computed("hasNot", ParamType.BOOLEAN, "params.containsKey('none')");

    assertThat(inStep(Elsewhere.NOWHERE))
        .containsEntry("x", "7")
        .containsEntry("has", "true")
        .containsEntry("hasNot", "false");
    params.clear();
    text("a", "x");
    computed("sees", ParamType.BOOLEAN, "params.containsKey('a')");
    assertThat(inWorkflow()).containsEntry("sees", "false");
  }

  @Test
  void shouldNotNeedAParamForAVariable() {
    params.put("x", ParamDefinition.literal(new ParamValue.Int(7)));
    computed("made", ParamType.LONG, "v = 1; v += 2; v");
    computed("shadowed", ParamType.LONG, "x = 1; x");
    computed("maybe", ParamType.LONG, "if (x > 9) { v = 1; } else { v = x; } v");
    computed("left", ParamType.LONG, "if (false) { x = 1; } return x;");

    assertThat(inWorkflow())
        .containsEntry("made", "3")
        .containsEntry("shadowed", "1")
        .containsEntry("maybe", "7")
        .containsEntry("left", "7");
    computed("unset", ParamType.LONG, "if (false) { v = 1; } return v;");
    assertThat(failure().fault()).isEqualTo(ParamFault.EXPRESSION);
  }

  @Test
  void shouldSayWhichNameIsUnknownAndWhere() {
    text("a", "x\n ${nobody}");

    assertThat(failure())
        .isEqualTo(
            new ParamFailure(
                "a",
                ParamFault.UNKNOWN_NAME,
                "Expected 'nobody' to be a param in scope, but there is none.",
                new Position(2, 2),
                null));
  }

  @Test
  void shouldShowACycle() {
    computed("start", ParamType.LONG, "a");
    computed("a", ParamType.LONG, "b");
    computed("b", ParamType.LONG, "c");
    computed("c", ParamType.LONG, "a");

    ParamFailure failure = failure();

    assertThat(failure.fault()).isEqualTo(ParamFault.CYCLE);
    assertThat(failure.param()).isEqualTo("c");
    assertThat(failure.message())
        .isEqualTo("Expected no param to need itself, but there is a -> b -> c -> a.");
  }

  @Test
  void shouldSayWhereAnExpressionFailed() {
    computed("a", ParamType.LONG, "1 / 0");

    ParamFailure failure = failure();

    assertThat(failure.fault()).isEqualTo(ParamFault.EXPRESSION);
    assertThat(failure.code()).isEqualTo(FailureCode.DIVISION_BY_ZERO);
    assertThat(failure.at()).isNotNull();
  }

  @Test
  void shouldNameTheEntryWhoseTypeDoesNotFit() {
    params.put(
        "map",
        ParamDefinition.literal(
            new ParamValue.MapOfParams(
                Map.of("x", ParamDefinition.computed(ParamType.LONG, "'no'")))));

    assertThat(failure())
        .isEqualTo(
            ParamFailure.of("map.x", ParamFault.TYPE, "Expected LONG, but it is STRING 'no'."));
  }

  @Test
  void shouldDrawADifferentIdForEachParam() {
    computed("a", ParamType.STRING, "UUID.randomUUID().toString()");
    computed("b", ParamType.STRING, "UUID.randomUUID().toString()");

    Map<String, String> first = inWorkflow();

    assertThat(first.get("a")).isNotEqualTo(first.get("b"));
    assertThat(inWorkflow()).isEqualTo(first);
  }

  @Test
  void shouldWalkAChainOfTenThousand() {
    for (int i = 0; i < 10_000; i++) {
      text("p" + i, "$p" + (i + 1));
    }
    text("p10000", "end");

    assertThat(inWorkflow()).hasSize(10_001).containsEntry("p0", "end");
  }

  @Test
  void shouldFindACycleOfTenThousandAndShowItsBeginning() {
    for (int i = 0; i < 10_000; i++) {
      text("p" + i, "$p" + (i + 1) % 10_000);
    }

    assertThat(failure().message()).endsWith("p9 -> (9990 more) -> p0.");
  }

  @Test
  void shouldTakeParamsUpToTheirLimit() {
    // {"a":"..."} has 8 characters besides the text.
    text("a", "x".repeat(ParamLimits.DEFAULT.maxChars() - 8));
    assertThat(inWorkflow()).hasSize(1);

    text("a", "x".repeat(ParamLimits.DEFAULT.maxChars() - 7));
    assertThat(failure().fault()).isEqualTo(ParamFault.LIMIT);
  }

  @Test
  void shouldStopTextsThatGrowWithoutEnd() {
    text("a", "x".repeat(1_000));
    text("b", "$a".repeat(700));
    text("c", "$b".repeat(300_000));

    assertThat(failure().fault()).isEqualTo(ParamFault.LIMIT);
  }

  private void text(String name, String text) {
    params.put(name, ParamDefinition.literal(new ParamValue.Text(text)));
  }

  private void computed(String name, ParamType type, String expression) {
    params.put(name, ParamDefinition.computed(type, expression));
  }

  private Map<String, String> inWorkflow() {
    return texts(EVALUATOR.workflow(params, Elsewhere.NOWHERE, SURROUNDINGS));
  }

  private Map<String, String> inStep(Elsewhere elsewhere) {
    return texts(EVALUATOR.step("me", params, workflow, elsewhere, SURROUNDINGS));
  }

  private ParamFailure failure() {
    Evaluation evaluation = EVALUATOR.workflow(params, Elsewhere.NOWHERE, SURROUNDINGS);
    assertThat(evaluation).isInstanceOf(Evaluation.Failed.class);
    return ((Evaluation.Failed) evaluation).failure();
  }

  private static Map<String, String> texts(Evaluation evaluation) {
    assertThat(evaluation).isInstanceOf(Evaluation.Evaluated.class);
    Map<String, String> texts = new LinkedHashMap<>();
    ((Evaluation.Evaluated) evaluation)
        .params()
        .forEach((name, param) -> texts.put(name, ParamText.of(param.value())));
    return texts;
  }

  /** The steps job.3 and a_ have finished; every signal has the param date. */
  private static final class Others implements Elsewhere {
    @Override
    public boolean hasStep(String stepId) {
      return stepId.equals("job.3") || stepId.equals("a_");
    }

    @Override
    public Optional<ParamValue> ofStep(String stepId, String param) {
      return Optional.of(new ParamValue.Text(param + " of " + stepId));
    }

    @Override
    public Optional<ParamValue> ofSignal(String signal, String param) {
      return param.equals("date")
          ? Optional.of(new ParamValue.Text("date of signal " + signal))
          : Optional.empty();
    }
  }
}

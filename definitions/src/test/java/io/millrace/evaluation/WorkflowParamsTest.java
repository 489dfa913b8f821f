package io.millrace.evaluation;

import static io.millrace.evaluation.ParamStages.evaluated;
import static io.millrace.evaluation.ParamStages.failure;
import static io.millrace.evaluation.ParamStages.map;
import static io.millrace.evaluation.ParamStages.noting;
import static io.millrace.evaluation.ParamStages.number;
import static io.millrace.evaluation.ParamStages.param;
import static io.millrace.evaluation.ParamStages.params;
import static io.millrace.evaluation.ParamStages.source;
import static io.millrace.evaluation.ParamStages.text;
import static io.millrace.evaluation.ParamStages.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorkflowParamsTest {
  private static final WorkflowFacts FACTS = new WorkflowFacts("flow", "me", null, null);

  @Test
  void shouldLayTheDefinitionOverTheDefaults() {
    Merged merged = fresh(Map.of("RUN_DATE", text("20200101")), GivenParams.NONE);

    assertThat(param(merged, "RUN_DATE").literal()).isEqualTo(new ParamValue.Text("20200101"));
    assertThat(source(param(merged, "RUN_DATE"))).isEqualTo("DEFINITION");
    assertThat(source(param(merged, "LOCAL_RUN_DATE"))).isEqualTo("SYSTEM_DEFAULT");
  }

  @Test
  void shouldLayTheOperatorsDefaultsBetweenTheBuiltInOnesAndTheDefinition() {
    WorkflowParams params =
        new WorkflowParams(
            ParamLimits.DEFAULT,
            Map.of("DSL_DEFAULT_TZ", text("US/Pacific"), "site", text("operator")));

    Merged merged = params.fresh(FACTS, Map.of("site", text("author")), GivenParams.NONE);

    assertThat(texts(evaluated(params(merged))))
        .containsEntry("WORKFLOW_CRON_TIMEZONE", "US/Pacific")
        .containsEntry("site", "author");
  }

  @ParameterizedTest
  @EnumSource(
      value = ParamSource.class,
      names = {"LAUNCH", "SIGNAL", "TIME_TRIGGER", "SUBWORKFLOW"})
  void shouldLayRunParamsOverTheDefinition(ParamSource from) {
    Merged merged =
        fresh(
            Map.of("x", number(1), "y", number(1)),
            new GivenParams(from, Map.of("x", number(2), "RUN_TS", number(3))));

    assertThat(param(merged, "x").literal()).isEqualTo(new ParamValue.Int(2));
    assertThat(source(param(merged, "x"))).isEqualTo(from.name());
    assertThat(param(merged, "RUN_TS").literal()).isEqualTo(new ParamValue.Int(3));
    assertThat(source(param(merged, "y"))).isEqualTo("DEFINITION");
  }

  @Test
  void shouldKeepReservedParamsFromDefinitionsAndRunParams() {
    ParamFailure defined = failure(fresh(Map.of("owner", text("you")), GivenParams.NONE));
    ParamFailure launched = failure(fresh(Map.of(), launch("workflow_id", text("other"))));

    assertThat(defined.param()).isEqualTo("owner");
    assertThat(defined.fault()).isEqualTo(ParamFault.MODE);
    assertThat(launched.param()).isEqualTo("workflow_id");
    assertThat(launched.fault()).isEqualTo(ParamFault.MODE);
  }

  @Test
  void shouldDropAnOptionalParamWithoutAValue() {
    assertThat(params(fresh(Map.of(), GivenParams.NONE))).doesNotContainKey("job_template_version");

    ParamDefinition given =
        param(fresh(Map.of(), launch("job_template_version", number(2))), "job_template_version");

    assertThat(given.literal()).isEqualTo(new ParamValue.Text("2"));
    assertThat(given.mode()).isEqualTo(ParamMode.MUTABLE_ON_START);
    assertThat(source(given)).isEqualTo("LAUNCH");
  }

  @Test
  void shouldLetAParentPassAsManyParamsAsItHasAndAPersonOnlySome() {
    Map<String, ParamDefinition> many = new LinkedHashMap<>();
    for (int i = 0; i <= ParamLimits.DEFAULT.maxRunParams(); i++) {
      many.put("p" + i, number(i));
    }

    assertThat(params(fresh(Map.of(), new GivenParams(ParamSource.SUBWORKFLOW, many))))
        .containsKey("p128");
    assertThat(failure(fresh(Map.of(), new GivenParams(ParamSource.LAUNCH, many))).fault())
        .isEqualTo(ParamFault.LIMIT);
    assertThat(failure(restarted(Map.of(), GivenParams.NONE, many)).fault())
        .isEqualTo(ParamFault.LIMIT);
    assertThat(failure(fresh(Map.of(), launch("params", number(1)))).fault())
        .isEqualTo(ParamFault.RESERVED);
  }

  @Test
  void shouldNotLetAnyoneSayWhatOnlyTheEngineNotes() {
    ParamDefinition sly = noting(number(1), ParamMerge.SOURCE, "SYSTEM");
    ParamDefinition built = noting(number(1), BuiltInParam.INTERNAL_MODE, "RESERVED");

    Merged merged =
        fresh(
            Map.of("x", number(1), "z", built),
            new GivenParams(ParamSource.LAUNCH, Map.of("x", sly, "y", sly)));

    assertThat(source(param(merged, "x"))).isEqualTo("DEFINITION");
    assertThat(source(param(merged, "y"))).isEqualTo("LAUNCH");
    assertThat(BuiltInParam.is(param(merged, "z"))).isFalse();
  }

  @Test
  void shouldReplaceAMapThatAParentPassesDownAndMergeOneOfAPerson() {
    Map<String, ParamDefinition> definition = Map.of("m", map("a", number(1)));
    Map<String, ParamDefinition> given = Map.of("m", map("b", number(2)));

    assertThat(mapped(fresh(definition, new GivenParams(ParamSource.SUBWORKFLOW, given)), "m"))
        .isEqualTo("{\"b\":2}");
    assertThat(mapped(fresh(definition, new GivenParams(ParamSource.LAUNCH, given)), "m"))
        .isEqualTo("{\"a\":1,\"b\":2}");
  }

  @Test
  void shouldNotReplaceAMapWithAnEntryThatMustStay() {
    Map<String, ParamDefinition> definition =
        Map.of("m", map("a", text("kept", ParamMode.IMMUTABLE)));

    ParamFailure failure =
        failure(
            fresh(
                definition,
                new GivenParams(ParamSource.SUBWORKFLOW, Map.of("m", map("b", number(2))))));

    assertThat(failure.param()).isEqualTo("m");
    assertThat(failure.fault()).isEqualTo(ParamFault.MODE);
  }

  @Test
  void shouldRestartWithWhatTheRunBeforeCameTo() {
    // given
    Map<String, ParamDefinition> definition = new LinkedHashMap<>();
    definition.put("n", number(1));
    definition.put("twice", ParamDefinition.computed(ParamType.LONG, "n * 2"));
    definition.put("said", text("$n costs $$5 and $$n"));
    Map<String, EvaluatedParam> previous =
        evaluated(params(fresh(definition, launch("n", number(21)))));

    // when
    Merged merged = restarted(previous, GivenParams.NONE, Map.of("n", number(1)));

    // then: nothing is computed or filled a second time
    assertThat(texts(evaluated(params(merged))))
        .containsEntry("n", "1")
        .containsEntry("twice", "42")
        .containsEntry("said", "21 costs $5 and $n")
        .containsEntry("RUN_TS", "0")
        .containsEntry("workflow_id", "flow");
    assertThat(source(param(merged, "n"))).isEqualTo("RESTART");
    assertThat(source(param(merged, "twice"))).isEqualTo("DEFINITION");
  }

  @Test
  void shouldEvaluateImmutableParamsAgainAtARestart() {
    // given
    ParamDefinition again =
        new ParamDefinition(
            ParamType.LONG, new ParamContent.Computed("n * 2"), ParamMode.IMMUTABLE);
    Map<String, ParamDefinition> entries = new LinkedHashMap<>();
    entries.put("again", again);
    entries.put("kept", ParamDefinition.computed(ParamType.LONG, "n * 2"));
    Map<String, ParamDefinition> definition = new LinkedHashMap<>();
    definition.put("n", number(1));
    definition.put("again", again);
    definition.put("m", ParamDefinition.literal(new ParamValue.MapOfParams(entries)));
    Map<String, EvaluatedParam> previous = evaluated(definition);

    // when
    Merged merged = restarted(previous, GivenParams.NONE, Map.of("n", number(5)));

    // then
    assertThat(texts(evaluated(params(merged))))
        .containsEntry("again", "10")
        .containsEntry("m", "{\"again\":10,\"kept\":2}");
  }

  @Test
  void shouldLayRestartParamsOverRunParamsOverThePreviousRun() {
    Map<String, EvaluatedParam> previous =
        evaluated(Map.of("a", number(1), "b", number(1), "c", number(1)));

    Merged merged =
        restarted(
            previous,
            new GivenParams(ParamSource.SUBWORKFLOW, Map.of("b", number(2), "c", number(2))),
            Map.of("c", number(3)));

    assertThat(param(merged, "a").literal()).isEqualTo(new ParamValue.Int(1));
    assertThat(param(merged, "b").literal()).isEqualTo(new ParamValue.Int(2));
    assertThat(param(merged, "c").literal()).isEqualTo(new ParamValue.Int(3));
    assertThat(params(merged)).hasSize(3);
  }

  @Test
  void shouldForgetReservedNamesAtARestart() {
    Map<String, EvaluatedParam> previous =
        evaluated(Map.of("AUTH_DATA", text("secret"), "a", text("x")));

    assertThat(params(restarted(previous, GivenParams.NONE, Map.of()))).containsOnlyKeys("a");
  }

  @Test
  void shouldRefuseReservedNamesAmongWhatARestartGives() {
    ParamFailure failure =
        failure(
            restarted(
                evaluated(Map.of("a", text("x"))),
                GivenParams.NONE,
                Map.of("AUTH_DATA", text("secret"))));

    assertThat(failure.param()).isEqualTo("AUTH_DATA");
    assertThat(failure.fault()).isEqualTo(ParamFault.RESERVED);
  }

  @Test
  void shouldKeepWhatMayChangeAtAStartOnlyFromARestart() {
    Map<String, EvaluatedParam> previous =
        evaluated(Map.of("a", text("x", ParamMode.MUTABLE_ON_START)));

    ParamFailure failure = failure(restarted(previous, GivenParams.NONE, Map.of("a", text("y"))));

    assertThat(failure.param()).isEqualTo("a");
    assertThat(failure.fault()).isEqualTo(ParamFault.MODE);
  }

  private static Merged fresh(Map<String, ParamDefinition> definition, GivenParams given) {
    return new WorkflowParams(ParamLimits.DEFAULT, Map.of()).fresh(FACTS, definition, given);
  }

  private static Merged restarted(
      Map<String, EvaluatedParam> previous,
      GivenParams given,
      Map<String, ParamDefinition> restart) {
    Map<String, ParamDefinition> kept = new LinkedHashMap<>();
    previous.forEach((name, param) -> kept.put(name, param.atRestart()));
    return new WorkflowParams(ParamLimits.DEFAULT, Map.of()).restarted(kept, given, restart);
  }

  private static GivenParams launch(String name, ParamDefinition param) {
    return new GivenParams(ParamSource.LAUNCH, Map.of(name, param));
  }

  private static String mapped(Merged merged, String name) {
    return ParamText.of(param(merged, name).literal());
  }
}

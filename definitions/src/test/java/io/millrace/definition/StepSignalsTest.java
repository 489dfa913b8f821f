package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signals that a step waits for and announces. */
final class StepSignalsTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final Part<List<SignalDependency>> DEPENDENCIES =
      Part.readBy(
          (fields, problems) ->
              new SignalDependencyReader(LIMITS, problems, new TextUses()).read(fields));
  private static final Part<List<SignalOutput>> OUTPUTS =
      Part.readBy(
          (fields, problems) ->
              new SignalOutputReader(LIMITS, problems, new TextUses()).read(fields));
  private static final ParamDefinition SEVEN = ParamDefinition.literal(new ParamValue.Int(7));

  @Test
  void shouldReadAllThatADependencyCanSay() {
    assertThat(
            DEPENDENCIES.accepted(
                """
                "signal_dependencies": [{
                  "name": "prod_db/foo/bar",
                  "match_params": {
                    "date": {
                      "param": {"value": "20260101", "type": "STRING", "mode": "CONSTANT"},
                      "operator": "="},
                    "rows": {"param": {"expression": "n + 1", "type": "LONG"}, "operator": ">"},
                    "plain": {"param": 7, "operator": "="}},
                  "max_age": "2 days",
                  "consume": true}]
                """))
        .containsExactly(
            new SignalDependency(
                "prod_db/foo/bar",
                Map.of(
                    "date",
                    new SignalDependency.Match(
                        new ParamDefinition(
                            ParamType.STRING,
                            new ParamContent.Literal(new ParamValue.Text("20260101")),
                            ParamMode.CONSTANT),
                        SignalOperator.EQUAL),
                    "rows",
                    new SignalDependency.Match(
                        ParamDefinition.computed(ParamType.LONG, "n + 1"), SignalOperator.GREATER),
                    "plain",
                    new SignalDependency.Match(SEVEN, SignalOperator.EQUAL)),
                Duration.ofDays(2),
                true));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(DEPENDENCIES.accepted("\"signal_dependencies\": [{\"name\": \"s\"}]"))
        .containsExactly(new SignalDependency("s", Map.of(), null, false));
    assertThat(OUTPUTS.accepted("\"signal_outputs\": [{\"name\": \"s\"}]"))
        .containsExactly(new SignalOutput("s", Map.of(), Map.of()));
    assertThat(DEPENDENCIES.accepted("")).isEmpty();
    assertThat(OUTPUTS.accepted("")).isEmpty();
  }

  @Test
  void shouldReadDependenciesInTheOrderThatExpressionsReferTo() {
    assertThat(
            DEPENDENCIES.accepted(
                "\"signal_dependencies\": [{\"name\": \"b\"}, {\"name\": \"a\"}, {\"name\": \"b\"}]"))
        .extracting(SignalDependency::name)
        .containsExactly("b", "a", "b");
  }

  @Test
  void shouldReadAllThatAnOutputCanSay() {
    assertThat(
            OUTPUTS.accepted(
                """
                "signal_outputs": [{
                  "name": "db/sales/ready",
                  "params": {
                    "date": {"expression": "today", "type": "STRING"},
                    "rows": {"value": 7, "type": "LONG"}},
                  "payload": {
                    "tables": ["a", "b"],
                    "rows read": 7,
                    "more": {"type": "MAP", "value": {"x": 7}}}}]
                """))
        .containsExactly(
            new SignalOutput(
                "db/sales/ready",
                Map.of("date", ParamDefinition.computed(ParamType.STRING, "today"), "rows", SEVEN),
                Map.of(
                    "tables",
                    ParamDefinition.literal(new ParamValue.StringArray(List.of("a", "b"))),
                    "rows read",
                    SEVEN,
                    "more",
                    ParamDefinition.literal(new ParamValue.MapOfParams(Map.of("x", SEVEN))))));
  }

  @Test
  void shouldPutTheirTextsIntoTheStepsUses() {
    Part<List<TextUse>> uses =
        Part.readBy(
            (fields, problems) -> {
              TextUses all = new TextUses();
              new SignalDependencyReader(LIMITS, problems, all).read(fields);
              new SignalOutputReader(LIMITS, problems, all).read(fields);
              return all.all();
            });

    List<TextUse> found =
        uses.accepted(
            """
            "signal_dependencies": [{
              "name": "db/${table}",
              "match_params": {
                "a": {"param": {"value": "$date", "type": "STRING"}, "operator": "="},
                "b": {"param": {"expression": "n", "type": "LONG"}, "operator": "<"}}}],
            "signal_outputs": [{
              "name": "out/$table",
              "params": {"c": {"expression": "m", "type": "LONG"}},
              "payload": {"d": ["${x}"]}}]
            """);

    assertThat(found)
        .extracting(use -> use.purpose() + " " + use.form() + " " + use.result() + " " + use.text())
        .containsExactly(
            "DEPENDENCY INTERPOLATED STRING db/${table}",
            "DEPENDENCY INTERPOLATED STRING $date",
            "DEPENDENCY EXPRESSION LONG n",
            "OUTPUT INTERPOLATED STRING out/$table",
            "OUTPUT EXPRESSION LONG m",
            "OUTPUT INTERPOLATED STRING ${x}");
    assertThat(found).extracting(TextUse::param).containsExactly(null, "a", "b", null, "c", "d");
    assertThat(found)
        .extracting(use -> use.place().path())
        .startsWith("$.signal_dependencies[0].name")
        .endsWith("$.signal_outputs[0].payload.d[0]");
  }

  @Test
  void shouldTellOnceThatSignalsCanNotBeUsedYet() {
    assertThat(
            DEPENDENCIES.notYet("\"signal_dependencies\": [{\"name\": \"a\"}, {\"name\": \"b\"}]"))
        .containsExactly("$.signal_dependencies");
    assertThat(OUTPUTS.notYet("\"signal_outputs\": [{\"name\": \"a\"}, {\"name\": \"b\"}]"))
        .containsExactly("$.signal_outputs");
    assertThat(DEPENDENCIES.notYet("\"signal_dependencies\": []")).isEmpty();
    assertThat(OUTPUTS.notYet("\"signal_outputs\": []")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SignalOperator.class)
  void shouldReadEveryOperator(SignalOperator operator) {
    assertThat(
            DEPENDENCIES
                .accepted(match("\"p\": {\"param\": 7, \"operator\": \"" + operator.sign() + "\"}"))
                .get(0)
                .matchParams())
        .isEqualTo(Map.of("p", new SignalDependency.Match(SEVEN, operator)));
  }

  @Test
  void shouldTakeOneRangeForEachDependency() {
    DEPENDENCIES.assertTold(
        match(
            "\"p\": {\"param\": 7, \"operator\": \">\"}, \"q\": {\"param\": 7, \"operator\": «\"<\"},"
                + " \"r\": {\"param\": 7, \"operator\": \"=\"}, \"s\": {\"param\": 7, \"operator\": «\"<=\"}"),
        "BAD_VALUE $.signal_dependencies[0].match_params.q.operator",
        "BAD_VALUE $.signal_dependencies[0].match_params.s.operator");
  }

  @Test
  void shouldMatchNothingButTextAndWholeNumbers() {
    String path = "$.signal_dependencies[0].match_params";

    DEPENDENCIES.assertTold(
        match(
            "\"a\": {\"param\": {\"value\": 1, \"type\": «\"DOUBLE\"}, \"operator\": \"=\"},"
                + "\"b\": {\"param\": {\"expression\": \"x\", \"type\": «\"MAP\"}, \"operator\": \"=\"},"
                + "\"c\": {\"param\": «true, \"operator\": \"=\"},"
                + "\"d\": {\"param\": «[\"x\"], \"operator\": \"=\"},"
                + "\"e\": {\"param\": «{\"type\": \"x\"}, \"operator\": \"=\"}"),
        "BAD_VALUE " + path + ".a.param.type",
        "BAD_VALUE " + path + ".b.param.type",
        "BAD_VALUE " + path + ".c.param",
        "BAD_VALUE " + path + ".d.param",
        "BAD_VALUE " + path + ".e.param");
    OUTPUTS.assertTold(
        "\"signal_outputs\": [{\"name\": \"s\", \"params\": {\"a\": {\"value\": true, \"type\": «\"BOOLEAN\"}, \"b\": «1.5}}]",
        "BAD_VALUE $.signal_outputs[0].params.a.type",
        "BAD_VALUE $.signal_outputs[0].params.b");
  }

  @Test
  void shouldRefuseWhatIsNoMatch() {
    String path = "$.signal_dependencies[0].match_params";

    DEPENDENCIES.assertTold(
        match(
            "\"a\": «7, \"b\": «{\"operator\": \"=\"}, \"c\": «{\"param\": 7}, \"d\": {\"param\": 7, \"operator\": «\"==\"},"
                + "\"e\": {\"param\": {\"value\": «\"x\", \"type\": \"LONG\"}, \"operator\": \"=\"},"
                + "\"f\": {\"param\": 7, \"operator\": \"=\", «\"value\": 7}, «\"\": {\"param\": 7, \"operator\": \"=\"}"),
        "WRONG_TYPE " + path + ".a",
        "MISSING " + path + ".b.param",
        "MISSING " + path + ".c.operator",
        "BAD_VALUE " + path + ".d.operator",
        "BAD_VALUE " + path + ".e.param.value",
        "UNKNOWN_FIELD " + path + ".f.value",
        "BAD_NAME " + path + "['']");
  }

  @ParameterizedTest
  @CsvSource({"'\"1 ms\"', PT0.001S", "3600, PT1H", "'\"P1D\"', P1D", "'\"3650 days\"', P3650D"})
  void shouldReadTheLargestAge(String written, Duration age) {
    assertThat(
            DEPENDENCIES.accepted(
                "\"signal_dependencies\": [{\"name\": \"s\", \"max_age\": " + written + "}]"))
        .extracting(SignalDependency::maxAge)
        .containsExactly(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"0 ms\"", "\"3650 days 1 ms\"", "\"old\""})
  void shouldRefuseOtherAges(String age) {
    DEPENDENCIES.assertTold(
        "\"signal_dependencies\": [{\"name\": \"s\", \"max_age\": «" + age + "}]",
        "BAD_VALUE $.signal_dependencies[0].max_age");
  }

  @Test
  void shouldRefuseWhatIsNoSignal() {
    DEPENDENCIES.assertTold(
        "\"signal_dependencies\": «{\"dependencies\": []}", "WRONG_TYPE $.signal_dependencies");
    DEPENDENCIES.assertTold(
        """
        "signal_dependencies": [«7, «{}, {"name": «"a;b"}, {"name": «"x_maestro"}, {"name": «7},
          {"name": "s", "match_params": «[], "consume": «7, «"status": "PENDING"}]
        """,
        "WRONG_TYPE $.signal_dependencies[0]",
        "MISSING $.signal_dependencies[1].name",
        "BAD_NAME $.signal_dependencies[2].name",
        "BAD_NAME $.signal_dependencies[3].name",
        "WRONG_TYPE $.signal_dependencies[4].name",
        "WRONG_TYPE $.signal_dependencies[5].match_params",
        "WRONG_TYPE $.signal_dependencies[5].consume",
        "UNKNOWN_FIELD $.signal_dependencies[5].status");
    OUTPUTS.assertTold("\"signal_outputs\": «\"s\"", "WRONG_TYPE $.signal_outputs");
    OUTPUTS.assertTold(
        """
        "signal_outputs": [«7, «{}, {"name": «" "}, {"name": "s", "params": «7, "payload": «[]},
          {"name": "s", «"request_id": "r", "payload": {«"": 7, "p": «null, "q": {"value": «"x", "type": "LONG"}}}]
        """,
        "WRONG_TYPE $.signal_outputs[0]",
        "MISSING $.signal_outputs[1].name",
        "BAD_NAME $.signal_outputs[2].name",
        "WRONG_TYPE $.signal_outputs[3].params",
        "WRONG_TYPE $.signal_outputs[3].payload",
        "UNKNOWN_FIELD $.signal_outputs[4].request_id",
        "BAD_NAME $.signal_outputs[4].payload['']",
        "WRONG_TYPE $.signal_outputs[4].payload.p",
        "BAD_VALUE $.signal_outputs[4].payload.q.value");
  }

  @Test
  void shouldKeepTheLimitsOfSignalsOfAStep() {
    int limit = LIMITS.maxStepSignals();
    String signal = "{\"name\": \"s\"}";

    assertThat(
            DEPENDENCIES.accepted("\"signal_dependencies\": " + Collections.nCopies(limit, signal)))
        .hasSize(limit);
    DEPENDENCIES.assertTold(
        "\"signal_dependencies\": «" + Collections.nCopies(limit + 1, signal),
        "LIMIT $.signal_dependencies");
    assertThat(OUTPUTS.accepted("\"signal_outputs\": " + Collections.nCopies(limit, signal)))
        .hasSize(limit);
    OUTPUTS.assertTold(
        "\"signal_outputs\": «" + Collections.nCopies(limit + 1, signal), "LIMIT $.signal_outputs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"params", "payload"})
  void shouldKeepTheLimitsOfWhatASignalCarries(String field) {
    int limit = LIMITS.maxSignalParams();

    OUTPUTS.accepted(output(field, "{" + named(limit, "7") + "}"));
    OUTPUTS.assertTold(
        output(field, "«{" + named(limit + 1, "7") + "}"), "LIMIT $.signal_outputs[0]." + field);
  }

  @Test
  void shouldKeepTheLimitsOfMatchParamsAndNames() {
    int limit = LIMITS.maxSignalParams();
    String match = "{\"param\": 7, \"operator\": \"=\"}";

    DEPENDENCIES.accepted(match(named(limit, match)));
    DEPENDENCIES.assertTold(
        "\"signal_dependencies\": [{\"name\": \"s\", \"match_params\": «{"
            + named(limit + 1, match)
            + "}}]",
        "LIMIT $.signal_dependencies[0].match_params");
    OUTPUTS.accepted("\"signal_outputs\": [{\"name\": \"" + "s".repeat(256) + "\"}]");
    OUTPUTS.assertTold(
        "\"signal_outputs\": [{\"name\": «\"" + "s".repeat(257) + "\"}]",
        "LIMIT $.signal_outputs[0].name");
  }

  private static String named(int count, String value) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\": " + value)
        .collect(Collectors.joining(", "));
  }

  private static String output(String field, String value) {
    return "\"signal_outputs\": [{\"name\": \"s\", \"" + field + "\": " + value + "}]";
  }

  private static String match(String params) {
    return "\"signal_dependencies\": [{\"name\": \"s\", \"match_params\": {" + params + "}}]";
  }
}

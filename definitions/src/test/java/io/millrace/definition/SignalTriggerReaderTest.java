package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignalTriggerReaderTest {
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;
  private static final Part<List<SignalTriggerReading>> TRIGGERS =
      Part.readBy((fields, problems) -> new SignalTriggerReader(LIMITS, problems).read(fields));
  private static final String DEFINITIONS = "$.signal_triggers[0].definitions";
  private static final String ANY = "{\"definitions\": {\"s\": {}}}";

  @Test
  void shouldReadAllThatATriggerCanSay() {
    SignalTriggerReading reading =
        TRIGGERS
            .accepted(
                """
                "signal_triggers": [{
                  "definitions": {
                    "db/sales/ready": {
                      "match_params": {
                        "region": {"value": "eu", "operator": "="},
                        "date": {"value": 20260101, "operator": ">="}},
                      "join_keys": ["updated_by", "day"]},
                    "signal_b": {"join_keys": ["posted_by", "date"]}},
                  "params": {"p": {"expression": "1 + 1", "type": "LONG"}, "q": "${p}"},
                  "condition": "p > 1",
                  "dedup_expr": "'x' + p"}]
                """)
            .get(0);

    assertThat(reading.trigger())
        .isEqualTo(
            new SignalTrigger(
                Map.of(
                    "db/sales/ready",
                    new SignalTrigger.Definition(
                        Map.of(
                            "region",
                            new SignalTrigger.Match(
                                new ParamValue.Text("eu"), SignalOperator.EQUAL),
                            "date",
                            new SignalTrigger.Match(
                                new ParamValue.Int(20260101), SignalOperator.GREATER_OR_EQUAL)),
                        List.of("updated_by", "day")),
                    "signal_b",
                    new SignalTrigger.Definition(Map.of(), List.of("posted_by", "date"))),
                Map.of(
                    "p",
                    ParamDefinition.computed(ParamType.LONG, "1 + 1"),
                    "q",
                    ParamDefinition.literal(new ParamValue.Text("${p}"))),
                "p > 1",
                "'x' + p"));
    assertThat(reading.trigger().definitions().keySet())
        .containsExactly("db/sales/ready", "signal_b");
    assertThat(reading.place().path()).isEqualTo("$.signal_triggers[0]");
    assertThat(reading.uses().all())
        .extracting(
            use -> use.place().path().replace("$.signal_triggers[0].", "") + " " + use.text())
        .containsExactly(
            "params.p.expression 1 + 1", "params.q ${p}", "condition p > 1", "dedup_expr 'x' + p");
    assertThat(reading.uses().all())
        .extracting(TextUse::result)
        .containsExactly(ParamType.LONG, ParamType.STRING, ParamType.BOOLEAN, ParamType.STRING);
    assertThat(reading.uses().all())
        .extracting(TextUse::form)
        .containsExactly(
            TextUse.Form.EXPRESSION,
            TextUse.Form.INTERPOLATED,
            TextUse.Form.EXPRESSION,
            TextUse.Form.EXPRESSION);
    assertThat(reading.uses().all())
        .extracting(TextUse::purpose)
        .containsOnly(TextUse.Purpose.TRIGGER);
  }

  @Test
  void shouldHaveDefaults() {
    for (String more : List.of("", ", \"condition\": null, \"dedup_expr\": \" \"")) {
      SignalTriggerReading reading =
          TRIGGERS
              .accepted("\"signal_triggers\": [{\"definitions\": {\"s\": {}}" + more + "}]")
              .get(0);

      assertThat(reading.trigger())
          .isEqualTo(
              new SignalTrigger(
                  Map.of("s", new SignalTrigger.Definition(Map.of(), List.of())),
                  Map.of(),
                  null,
                  null));
      assertThat(reading.uses().all()).isEmpty();
    }
    assertThat(TRIGGERS.accepted("")).isEmpty();
    assertThat(TRIGGERS.accepted("\"signal_triggers\": []")).isEmpty();
  }

  @Test
  void shouldKeepTheTextsOfTriggersApart() {
    List<SignalTriggerReading> readings =
        TRIGGERS.accepted(
            "\"signal_triggers\": [{\"definitions\": {\"s\": {}}, \"condition\": \"true\"},"
                + " {\"definitions\": {\"s\": {}}, \"condition\": false}, "
                + ANY
                + "]");

    assertThat(readings)
        .extracting(reading -> reading.uses().all().stream().map(TextUse::text).toList())
        .containsExactly(List.of("true"), List.of("false"), List.of());
  }

  @Test
  void shouldTellOnceThatTriggersCanNotFireYet() {
    assertThat(TRIGGERS.notYet("\"signal_triggers\": [" + ANY + ", " + ANY + "]"))
        .containsExactly("$.signal_triggers");
    assertThat(TRIGGERS.notYet("\"signal_triggers\": []")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SignalOperator.class)
  void shouldReadEveryOperator(SignalOperator operator) {
    assertThat(
            TRIGGERS
                .accepted(match("\"p\": {\"value\": 7, \"operator\": \"" + operator.sign() + "\"}"))
                .get(0)
                .trigger()
                .definitions()
                .get("s")
                .matchParams()
                .get("p"))
        .isEqualTo(new SignalTrigger.Match(new ParamValue.Int(7), operator));
  }

  @Test
  void shouldTakeNothingButTextAndWholeNumbersToMatch() {
    TRIGGERS.assertTold(
        match(
            "\"a\": {\"value\": «1.5, \"operator\": \"=\"}, \"b\": {\"value\": «true, \"operator\": \"=\"},"
                + "\"c\": {\"value\": «[], \"operator\": \"=\"}, \"d\": «{\"value\": null, \"operator\": \"=\"},"
                + "\"e\": {\"value\": «9223372036854775808, \"operator\": \"=\"},"
                + "\"f\": {\"value\": 9223372036854775807, \"operator\": \"=\"}"),
        "WRONG_TYPE " + DEFINITIONS + ".s.match_params.a.value",
        "WRONG_TYPE " + DEFINITIONS + ".s.match_params.b.value",
        "WRONG_TYPE " + DEFINITIONS + ".s.match_params.c.value",
        "MISSING " + DEFINITIONS + ".s.match_params.d.value",
        "BAD_VALUE " + DEFINITIONS + ".s.match_params.e.value");
  }

  @Test
  void shouldWarnThatAMatchedValueIsNotEvaluated() {
    String fields = match("\"p\": {\"value\": «\"${x}\", \"operator\": \"=\"}");

    TRIGGERS.assertTold(fields, "BAD_VALUE " + DEFINITIONS + ".s.match_params.p.value");
    assertThat(TRIGGERS.messages(fields.replace("«", "")))
        .containsExactly(
            "Expected 'value' to be text that is never evaluated,"
                + " but it holds an interpolation, which will be matched as it is written.");
    assertThat(TRIGGERS.severities(fields.replace("«", "")))
        .containsExactly(Problem.Severity.WARNING);
  }

  @Test
  void shouldRefuseWhatIsNoMatch() {
    TRIGGERS.assertTold(
        match(
            "\"a\": «7, \"b\": «{\"value\": 1}, \"c\": {\"value\": 1, \"operator\": «\"!=\"},"
                + "\"d\": {\"value\": 1, \"operator\": «7}, \"e\": {\"value\": 1, \"operator\": \"=\", «\"x\": 1},"
                + "«\" \": {\"value\": 1, \"operator\": \"=\"}"),
        "WRONG_TYPE " + DEFINITIONS + ".s.match_params.a",
        "MISSING " + DEFINITIONS + ".s.match_params.b.operator",
        "BAD_VALUE " + DEFINITIONS + ".s.match_params.c.operator",
        "WRONG_TYPE " + DEFINITIONS + ".s.match_params.d.operator",
        "UNKNOWN_FIELD " + DEFINITIONS + ".s.match_params.e.x",
        "BAD_NAME " + DEFINITIONS + ".s.match_params[' ']");
  }

  @Test
  void shouldTakeOneRangeForEachSignal() {
    String range = "{\"value\": 1, \"operator\": \"<\"}";

    TRIGGERS.accepted(
        "\"signal_triggers\": [{\"definitions\": {\"s\": {\"match_params\": {\"p\": "
            + range
            + "}}, \"t\": {\"match_params\": {\"p\": "
            + range
            + "}}}}]");
    TRIGGERS.assertTold(
        match(
            "\"p\": "
                + range
                + ", \"q\": {\"value\": 1, \"operator\": \"=\"}, \"r\": {\"value\": 1, \"operator\": «\">=\"}"),
        "BAD_VALUE " + DEFINITIONS + ".s.match_params.r.operator");
  }

  @Test
  void shouldWantAsManyJoinKeysOfEachSignal() {
    TRIGGERS.assertTold(
        definitions(
            "\"a\": {\"join_keys\": [\"x\"]}, \"b\": {\"join_keys\": «[\"x\", \"y\"]}, «\"c\": {},"
                + " \"d\": {\"join_keys\": [\"z\"]}"),
        "BAD_VALUE " + DEFINITIONS + ".b.join_keys",
        "BAD_VALUE " + DEFINITIONS + ".c");
    assertThat(TRIGGERS.messages(definitions("\"a\": {\"join_keys\": [\"x\"]}, \"b\": {}")))
        .containsExactly(
            "Expected 'b' to have as many join keys as the first signal, 1, but it has 0.");
    TRIGGERS.accepted(definitions("\"a\": {\"join_keys\": []}, \"b\": {}"));
  }

  @Test
  void shouldNotJoinByAParamThatIsMatched() {
    TRIGGERS.assertTold(
        definitions(
            "\"a\": {\"match_params\": {\"x\": {\"value\": 1, \"operator\": \"=\"}}, \"join_keys\": [\"y\", «\"x\"]}"),
        "BAD_VALUE " + DEFINITIONS + ".a.join_keys[1]");
  }

  @Test
  void shouldRefuseWhatIsNoJoinKey() {
    TRIGGERS.assertTold(
        definitions("\"a\": {\"join_keys\": [«7, «\"\"]}, \"b\": {\"join_keys\": [\"x\", \"y\"]}"),
        "WRONG_TYPE " + DEFINITIONS + ".a.join_keys[0]",
        "BAD_NAME " + DEFINITIONS + ".a.join_keys[1]");
    TRIGGERS.assertTold(
        definitions("\"a\": {\"join_keys\": «\"x\"}"),
        "WRONG_TYPE " + DEFINITIONS + ".a.join_keys");
  }

  @Test
  void shouldRefuseWhatIsNoSignal() {
    TRIGGERS.assertTold(
        definitions("«\"a;b\": {}, «\"maestro_x\": {}, \"c\": «[], \"d\": {«\"params\": {}}"),
        "BAD_NAME " + DEFINITIONS + "['a;b']",
        "BAD_NAME " + DEFINITIONS + ".maestro_x",
        "WRONG_TYPE " + DEFINITIONS + ".c",
        "UNKNOWN_FIELD " + DEFINITIONS + ".d.params");
    TRIGGERS.accepted(definitions("\"prod_db/foo/bar baz\": {}"));
  }

  @Test
  void shouldRefuseWhatIsNoTrigger() {
    TRIGGERS.assertTold("\"signal_triggers\": «{}", "WRONG_TYPE $.signal_triggers");
    TRIGGERS.assertTold(
        "\"signal_triggers\": [«7, «{}, {\"definitions\": «[]}, {\"definitions\": «{}}]",
        "WRONG_TYPE $.signal_triggers[0]",
        "MISSING $.signal_triggers[1].definitions",
        "WRONG_TYPE $.signal_triggers[2].definitions",
        "BAD_VALUE $.signal_triggers[3].definitions");
    TRIGGERS.assertTold(
        "\"signal_triggers\": [{\"definitions\": {\"s\": {}}, \"params\": {«\"a b\": 1, «\"params\": 1},"
            + " \"condition\": «7, \"dedup_expr\": «[], «\"name\": \"n\"}]",
        "BAD_NAME $.signal_triggers[0].params['a b']",
        "BAD_NAME $.signal_triggers[0].params.params",
        "WRONG_TYPE $.signal_triggers[0].condition",
        "WRONG_TYPE $.signal_triggers[0].dedup_expr",
        "UNKNOWN_FIELD $.signal_triggers[0].name");
  }

  @Test
  void shouldKeepTheLimitsOfTriggersAndSignals() {
    TRIGGERS.accepted("\"signal_triggers\": " + Collections.nCopies(LIMITS.maxTriggers(), ANY));
    TRIGGERS.assertTold(
        "\"signal_triggers\": «" + Collections.nCopies(LIMITS.maxTriggers() + 1, ANY),
        "LIMIT $.signal_triggers");
    TRIGGERS.accepted(definitions(named(8, "{}")));
    TRIGGERS.assertTold(
        "\"signal_triggers\": [{\"definitions\": «{" + named(9, "{}") + "}}]",
        "LIMIT " + DEFINITIONS);
  }

  @Test
  void shouldKeepTheLimitsOfParamsOfASignal() {
    int limit = LIMITS.maxSignalParams();
    String match = "{\"value\": 1, \"operator\": \"=\"}";

    TRIGGERS.accepted(match(named(limit, match)));
    TRIGGERS.assertTold(
        definitions("\"s\": {\"match_params\": «{" + named(limit + 1, match) + "}}"),
        "LIMIT " + DEFINITIONS + ".s.match_params");
    TRIGGERS.accepted(definitions("\"s\": {\"join_keys\": " + keys(limit) + "}"));
    TRIGGERS.assertTold(
        definitions("\"s\": {\"join_keys\": «" + keys(limit + 1) + "}"),
        "LIMIT " + DEFINITIONS + ".s.join_keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"join_keys\": [«\"NAME\"]", "\"match_params\": {«\"NAME\": MATCH}"})
  void shouldKeepTheLimitOfTheNameOfAParam(String field) {
    int limit = LIMITS.maxNameChars();
    String signal =
        "\"s\": {" + field.replace("MATCH", "{\"value\": 1, \"operator\": \"=\"}") + "}";
    String tooLong = "n".repeat(limit + 1);
    String path =
        field.startsWith("\"join")
            ? ".s.join_keys[0]"
            : ".s.match_params['" + "n".repeat(128) + "...']";

    TRIGGERS.accepted(definitions(signal.replace("«", "").replace("NAME", "n".repeat(limit))));
    TRIGGERS.assertTold(
        definitions(signal.replace("NAME", tooLong)), "LIMIT " + DEFINITIONS + path);
  }

  private static String named(int count, String value) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\": " + value)
        .collect(Collectors.joining(", "));
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\"").toList();
  }

  private static String match(String params) {
    return definitions("\"s\": {\"match_params\": {" + params + "}}");
  }

  private static String definitions(String definitions) {
    return "\"signal_triggers\": [{\"definitions\": {" + definitions + "}}]";
  }
}

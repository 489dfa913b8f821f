package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.Problem;
import io.millrace.definition.ProblemCode;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolJsonTest {
  private static final Map<String, ParamValue> EVERY_TYPE = everyType();
  private static final String SHA256 = "0f".repeat(32);

  /** At least one of each record and of each kind of answer and event, with params of all types. */
  static Stream<Object> everyRecord() {
    RunView view =
        new RunView(
            "etl",
            7,
            1,
            "etl/7:1",
            "uuid",
            3,
            RunStatus.IN_PROGRESS,
            null,
            null,
            1,
            2L,
            null,
            EVERY_TYPE,
            List.of(
                new RunView.StepView(
                    "load",
                    StepStatus.RUNNING,
                    2,
                    5L,
                    null,
                    null,
                    "half way",
                    0.5,
                    "log",
                    "http://x",
                    EVERY_TYPE)),
            Map.of(StepStatus.FATALLY_FAILED, 1L),
            List.of("etl/7/per-shop/3:1/load@2"));
    Problem problem =
        new Problem(Problem.Severity.WARNING, ProblemCode.BAD_NAME, "$.workflow", "Expected", 1, 2);
    return Stream.of(
        new StartRequest("etl", "latest", "r-1", everyDefinition(), "ada", true),
        new StartRequest("etl", null, null, Map.of(), null, false),
        new ActionRequest(ActionRequest.Action.STOP, "etl/7", "uuid", "why", "ada", null),
        new ActionRequest(ActionRequest.Action.WATCH, "etl/7", null, null, null, 60_000L),
        new ActionRequest(
            ActionRequest.Action.RESTART,
            "etl/7/per-shop/3",
            "uuid",
            "why",
            "ada",
            null,
            "load",
            RestartPolicy.FROM_BEGINNING,
            everyDefinition(),
            "r-2"),
        new Task(1, "etl/7:1/a@1#00", "q", "etl", "etl/7:1", "uuid", "a", 1, "Q", EVERY_TYPE, 9),
        new Report(
            1,
            "etl/7:1/a@1#00",
            Report.Kind.FAILED,
            "w",
            EVERY_TYPE,
            Report.Failure.USER,
            false,
            "message",
            0.25,
            "tail",
            "link"),
        new Cancel(1, "etl/7:1/a@1#00", "stopped"),
        new DeadLetter(
            "MALFORMED", "Expected", "millrace.triggers", 1, 2L, "a2V5", "dg==", 1, SHA256, 3),
        new Reply("c", new Reply.Pushed("etl", 2, true, List.of(problem))),
        new Reply("c", new Reply.Started("etl/7:1", "uuid", 3, true)),
        new Reply("c", new Reply.Started("etl/7:1", "uuid", 3, false, "FIRST_ONLY")),
        new Reply("c", new Reply.Done("stopping")),
        new Reply("c", new Reply.Refused("UNKNOWN_WORKFLOW", "Expected", List.of(problem))),
        new Reply("c", new Reply.RunTold(view, true)),
        new Reply("c", new Reply.WorkflowTold("etl", 3, null, "ada", "SEQUENTIAL", 1, 2, 7)),
        event(new TimelineEvent.VersionPushed("etl", 1, true, SHA256)),
        event(new TimelineEvent.StartAccepted("etl", 1, 7, "uuid", "r-1")),
        event(
            new TimelineEvent.RunStatusChanged(
                "etl", "etl/7:1", "uuid", "r-1", List.of(RunStatus.CREATED), "why")),
        event(
            new TimelineEvent.StepStatusChanged(
                "etl",
                "etl/7:1",
                "uuid",
                "a",
                1,
                List.of(StepStatus.CREATED, StepStatus.RUNNING),
                "id",
                "w",
                "m")));
  }

  @ParameterizedTest
  @MethodSource("everyRecord")
  void shouldReadBackWhatItWrote(Object record) {
    byte[] json = ProtocolJson.write(record);

    Reading<?> reading = ProtocolJson.read(json, record.getClass());

    assertThat(reading.problem()).isEmpty();
    assertThat(reading.value().map(Object.class::cast)).contains(record);
  }

  @Test
  void shouldWriteSnakeCaseWithoutNulls() {
    byte[] json = ProtocolJson.write(new StartRequest("etl", null, "r-1", Map.of(), null, true));

    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"workflow_id\":\"etl\",\"request_id\":\"r-1\",\"run_params\":{},\"follow\":true}");
  }

  @Test
  void shouldTakeLeftOutListsMapsAndBooleansAsEmptyAndFalse() {
    assertThat(start("{\"workflow_id\":\"etl\"}").value())
        .contains(new StartRequest("etl", null, null, Map.of(), null, false));
    assertThat(start("{\"workflow_id\":\"etl\",\"run_params\":null,\"follow\":null}").value())
        .contains(new StartRequest("etl", null, null, Map.of(), null, false));
  }

  @Test
  void shouldTakeEnumsInEitherCase() {
    assertThat(read("{\"action\":\"stop\",\"target\":\"etl\"}", ActionRequest.class).value())
        .contains(new ActionRequest(ActionRequest.Action.STOP, "etl", null, null, null, null));
    assertThat(
            read(
                    "{\"action\":\"Restart\",\"target\":\"etl\",\"policy\":\"from_beginning\"}",
                    ActionRequest.class)
                .value()
                .map(ActionRequest::policy))
        .contains(RestartPolicy.FROM_BEGINNING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | Expected $ to be an object, but it is not",
        "null | null",
        "[] | Expected $ to be an object, but found an array",
        "7 | Expected $ to be an object",
        "{} | Expected $.workflow_id to be given, but it is not (line 1",
        "{\"workflow_id\":null} | workflow_id",
        "{\"workflow_id\":7} | Expected $.workflow_id to be text, but found a whole number",
        "{\"workflow_id\":true} | $.workflow_id",
        "{\"workflow_id\":\"a\",\"workflow_id\":\"b\"} | Duplicate field 'workflow_id'",
        "{\"workflow_id\":\"a\",\"wrong\":1} | Expected $.wrong to be a known field",
        "{\"workflow_id\":\"a\"} {} | (line 1, column",
        "{\"workflow_id\":\"a\" | (line 1, column",
        "{\"workflow_id\":\"a\",\"follow\":\"yes\"} | Expected $.follow to be true or false, but",
        "{\"workflow_id\":\"a\",\"follow\":1} | $.follow",
        "{\"workflow_id\":\"a\",\"run_params\":[]} | $.run_params",
        "{\"workflow_id\":\"a\",\"run_params\":{\"n\":null}} | n",
        "{\"workflow_id\":\"\\ud800\"} | half a surrogate pair",
        "{\"workflow_id\":NaN} | NaN",
      })
  void shouldRefuseWithReason(String json, String reason) {
    Reading<StartRequest> reading = start(json);

    assertThat(reading.value()).isEmpty();
    assertThat(reading.problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("Expected"));
    if (reason != null) {
      assertThat(reading.problem()).hasValueSatisfying(text -> assertThat(text).contains(reason));
    }
  }

  @Test
  void shouldRefuseBadUtf8() {
    byte[] json = "{\"workflow_id\":\"a?\"}".getBytes(StandardCharsets.UTF_8);
    json[17] = (byte) 0xC3;

    assertThat(ProtocolJson.read(json, StartRequest.class).problem())
        .hasValueSatisfying(text -> assertThat(text).contains("UTF-8"));
  }

  @Test
  void shouldRefuseNestingBeyondItsLimit() {
    int wrappers = 2; // the record and run_params
    int deepest = ProtocolJson.MAX_NESTING - wrappers;

    assertThat(start(nested(deepest)).problem())
        .hasValueSatisfying(text -> assertThat(text).doesNotContain("nesting"));
    assertThat(start(nested(deepest + 1)).problem())
        .hasValueSatisfying(text -> assertThat(text).contains("nesting"));
  }

  @Test
  void shouldCutLongReasons() {
    String name = "x".repeat(2 * ReadingProblems.MAX_CHARS);

    assertThat(start("{\"workflow_id\":\"etl\",\"" + name + "\":1}").problem())
        .hasValueSatisfying(text -> assertThat(text).hasSize(ReadingProblems.MAX_CHARS));
  }

  @Test
  void shouldWriteHalfASurrogatePairAsEscape() {
    byte[] json = ProtocolJson.write(new Cancel(1, "id", "half \ud800 pair"));

    assertThat(new String(json, StandardCharsets.UTF_8)).contains("half \\uD800 pair");
  }

  @Test
  void shouldTellTheTypeOfPlainParamsByTheirLook() {
    String json =
        """
        {"workflow_id":"etl","run_params":{
          "text":"a", "whole":1, "decimal":1.0, "yes":true, "none":[], "texts":["a"], "wholes":[1,2],
          "decimals":[1,2.5], "flags":[true], "labels":{"a":"b"}, "empty":{}, "mixed":{"a":1},
          "named":{"value":3}, "looks_like_one":{"value":"a","other":"b"}}}
        """;

    Map<String, ParamDefinition> params = start(json).value().orElseThrow().runParams();

    assertThat(types(params))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("text", ParamType.STRING),
                Map.entry("whole", ParamType.LONG),
                Map.entry("decimal", ParamType.DOUBLE),
                Map.entry("yes", ParamType.BOOLEAN),
                Map.entry("none", ParamType.STRING_ARRAY),
                Map.entry("texts", ParamType.STRING_ARRAY),
                Map.entry("wholes", ParamType.LONG_ARRAY),
                Map.entry("decimals", ParamType.DOUBLE_ARRAY),
                Map.entry("flags", ParamType.BOOLEAN_ARRAY),
                Map.entry("labels", ParamType.STRING_MAP),
                Map.entry("empty", ParamType.MAP),
                Map.entry("mixed", ParamType.MAP),
                Map.entry("named", ParamType.LONG),
                Map.entry("looks_like_one", ParamType.STRING_MAP)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"LONG\",\"value\":1.5}",
        "{\"type\":\"LONG\",\"value\":9223372036854775808}",
        "{\"type\":\"LONG\",\"value\":\"1\"}",
        "{\"type\":\"BOOLEAN\",\"value\":0}",
        "{\"type\":\"STRING\",\"value\":1}",
        "{\"type\":\"STRING_ARRAY\",\"value\":[1]}",
        "{\"type\":\"STRING_MAP\",\"value\":{\"a\":1}}",
        "{\"type\":\"LONG_ARRAY\",\"value\":{}}",
        "{\"type\":\"NUMBER\",\"value\":1}",
        "{\"type\":\"LONG\",\"value\":1,\"mode\":\"SOMETIMES\"}",
        "{\"type\":\"DOUBLE\",\"value\":1e1001}",
        "[1,\"a\"]",
      })
  void shouldRefuseParamsThatAreNotOfTheirType(String param) {
    assertThat(start("{\"workflow_id\":\"etl\",\"run_params\":{\"p\":" + param + "}}").problem())
        .hasValueSatisfying(text -> assertThat(text).startsWith("Expected"));
  }

  @Test
  void shouldTakeNumbersUpToTheLimitOfDigits() {
    String param =
        "{\"workflow_id\":\"etl\",\"run_params\":{\"p\":1e" + PlainParams.MAX_DIGITS + "}}";

    assertThat(start(param).value()).isPresent();
  }

  private static TimelineEvent event(TimelineEvent.Happening happening) {
    return new TimelineEvent(0, "etl/7", 1, 2, happening);
  }

  private static Map<String, ParamType> types(Map<String, ParamDefinition> params) {
    Map<String, ParamType> types = new LinkedHashMap<>();
    params.forEach((name, param) -> types.put(name, param.type()));
    return types;
  }

  private static Map<String, ParamValue> everyType() {
    Map<String, ParamValue> values = new LinkedHashMap<>();
    values.put("s", new ParamValue.Text("ünï 😀"));
    values.put("l", new ParamValue.Int(Long.MIN_VALUE));
    values.put("d", new ParamValue.Decimal(new BigDecimal("1.10")));
    values.put("b", new ParamValue.Bool(true));
    values.put("sm", new ParamValue.StringMap(Map.of("a", "b")));
    values.put("sa", new ParamValue.StringArray(List.of()));
    values.put("la", new ParamValue.LongArray(List.of(1L)));
    values.put("da", new ParamValue.DoubleArray(List.of(new BigDecimal("1.0"))));
    values.put("ba", new ParamValue.BooleanArray(List.of(false)));
    values.put(
        "m",
        new ParamValue.MapOfParams(
            Map.of("inner", ParamDefinition.literal(new ParamValue.Int(1)))));
    return values;
  }

  private static Map<String, ParamDefinition> everyDefinition() {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    EVERY_TYPE.forEach((name, value) -> params.put(name, ParamDefinition.literal(value)));
    params.put(
        "fixed",
        new ParamDefinition(
            ParamType.LONG,
            new ParamContent.Literal(new ParamValue.Int(1)),
            ParamMode.CONSTANT,
            null,
            List.of(Tag.named("tag")),
            Notes.NONE));
    return params;
  }

  private static String nested(int depth) {
    return "{\"workflow_id\":\"etl\",\"run_params\":{\"p\":"
        + "[".repeat(depth)
        + "]".repeat(depth)
        + "}}";
  }

  private static Reading<StartRequest> start(String json) {
    return read(json, StartRequest.class);
  }

  private static <T> Reading<T> read(String json, Class<T> type) {
    return ProtocolJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }
}

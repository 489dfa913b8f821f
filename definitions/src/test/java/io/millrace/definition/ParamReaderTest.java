package io.millrace.definition;

import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParamReaderTest {
  private static final String PATH = "$.workflow.steps[0].step.params";
  private static final DefinitionLimits LIMITS = DefinitionLimits.DEFAULT;

  @Test
  void shouldReadTheTypedForm() {
    ParamDefinition param =
        param(
            "{\"value\": \"bar\", \"type\": \"String\", \"mode\": \"immutable\","
                + " \"tags\": [\"t\", {\"name\": \"u\"}], \"validator\": \"@NotNull\", \"note\": 1}");

    assertThat(param)
        .isEqualTo(
            new ParamDefinition(
                ParamType.STRING,
                new ParamContent.Literal(new ParamValue.Text("bar")),
                ParamMode.IMMUTABLE,
                "@NotNull",
                List.of(Tag.named("t"), Tag.named("u")),
                new Notes(Map.of("note", 1))));
  }

  @Test
  void shouldRequireTypeAndValue() {
    assertTold(Told.params("\"p\": «{\"value\": 1}"), "MISSING " + PATH + ".p.type");
    assertTold(Told.params("\"p\": «{\"type\": \"LONG\"}"), "MISSING " + PATH + ".p.value");
    assertTold(
        Told.params("\"p\": «{\"value\": null, \"type\": \"LONG\"}"),
        "MISSING " + PATH + ".p.value");
  }

  @Test
  void shouldRefuseUnknownTypesAndModes() {
    assertTold(
        Told.params("\"p\": {\"value\": 1, \"type\": «\"INT\", \"mode\": «\"FIXED\"}"),
        "BAD_VALUE " + PATH + ".p.type",
        "BAD_VALUE " + PATH + ".p.mode");
  }

  @Test
  void shouldReadExpressions() {
    String text = Told.params("\"p\": {\"expression\": \"1 + 1\", \"type\": \"LONG\"}");

    DefinitionReading reading = DefinitionReader.read(text);

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.push().orElseThrow().workflow().steps().get(0).params().get("p"))
        .isEqualTo(ParamDefinition.computed(ParamType.LONG, "1 + 1"));
  }

  @Test
  void shouldTakeAValueOrAnExpression() {
    assertTold(
        Told.params("\"p\": {«\"value\": 1, \"expression\": \"1 + 1\", \"type\": \"LONG\"}"),
        "BAD_VALUE " + PATH + ".p.value");
    assertTold(
        Told.params("\"p\": {\"value\": 1, \"type\": \"LONG\", «\"internal_mode\": \"RESERVED\"}"),
        "UNKNOWN_FIELD " + PATH + ".p.internal_mode");
    assertTold(
        Told.params("\"p\": {\"expression\": «[1], \"type\": \"LONG\"}"),
        "WRONG_TYPE " + PATH + ".p.expression");
  }

  @Test
  void shouldReadPlainMaps() {
    assertThat(param("{\"a\": \"x\"}").literal())
        .isEqualTo(new ParamValue.StringMap(Map.of("a", "x")));
    assertThat(param("{\"type\": \"big\"}").literal())
        .isEqualTo(new ParamValue.StringMap(Map.of("type", "big")));
    assertThat(param("{}").literal()).isEqualTo(new ParamValue.MapOfParams(Map.of()));
    assertThat(param("{\"a\": 1}").literal())
        .isEqualTo(
            new ParamValue.MapOfParams(
                Map.of("a", ParamDefinition.literal(new ParamValue.Int(1)))));
  }

  @Test
  void shouldReadMapsOfParamsAndGiveThemTheStricterMode() {
    ParamDefinition param =
        param(
            "{\"type\": \"MAP\", \"mode\": \"MUTABLE_ON_START\", \"value\": {"
                + "\"a\": {\"value\": 1, \"type\": \"LONG\"},"
                + "\"b\": {\"value\": 1, \"type\": \"LONG\", \"mode\": \"CONSTANT\"},"
                + "\"c\": {\"x\": \"y\"}}}");

    assertThat(((ParamValue.MapOfParams) param.literal()).value())
        .hasEntrySatisfying(
            "a", nested -> assertThat(nested.mode()).isEqualTo(ParamMode.MUTABLE_ON_START))
        .hasEntrySatisfying("b", nested -> assertThat(nested.mode()).isEqualTo(ParamMode.CONSTANT))
        .hasEntrySatisfying(
            "c", nested -> assertThat(nested.type()).isEqualTo(ParamType.STRING_MAP));
  }

  @Test
  void shouldTellProblemsInsideMaps() {
    assertTold(
        Told.params(
            "\"p\": {\"type\": \"MAP\", \"value\": {\"a\": {\"type\": \"MAP\", \"value\": {\"b\": {\"expression\": \"1 +«\", \"type\": \"LONG\"}}}}},"
                + "\"q\": {\"type\": \"MAP\", \"value\": «[]}"),
        "EXPRESSION_SYNTAX " + PATH + ".p.value.a.value.b.expression",
        "WRONG_TYPE " + PATH + ".q.value");
  }

  @Test
  void shouldRefuseNamesThatAreNotFree() {
    assertTold(
        Told.params("«\"step_id\": 1, «\"a__b\": 1, «\"maestro_x\": 1, \"owner\": 1"),
        "BAD_NAME " + PATH + ".step_id",
        "BAD_NAME " + PATH + ".a__b",
        "BAD_NAME " + PATH + ".maestro_x");
    assertTold(
        Told.workflowField("\"params\": {«\"owner\": 1, \"step_id\": 1}"),
        "BAD_NAME $.workflow.params.owner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"p\""})
  void shouldRefuseParamsThatAreNoObject(String params) {
    assertTold(Told.step("\"type\": \"work\", \"params\": «" + params), "WRONG_TYPE " + PATH);
  }

  @Test
  void shouldKeepTheLimitOfParams() {
    assertThat(Told.acceptedStep("\"type\": \"work\", \"params\": " + many(LIMITS.maxParams())))
        .extracting(step -> step.params().size())
        .isEqualTo(LIMITS.maxParams());
    assertTold(
        Told.step("\"type\": \"work\", \"params\": «" + many(LIMITS.maxParams() + 1)),
        "LIMIT " + PATH);
    assertTold(
        Told.params("\"p\": {\"type\": \"MAP\", \"value\": «" + many(LIMITS.maxParams() + 1) + "}"),
        "LIMIT " + PATH + ".p.value");
  }

  @Test
  void shouldKeepTheLimitOfTheParamsTogether() {
    Told.acceptedStep("\"type\": \"work\", \"params\": " + large(LIMITS.maxParamsChars()));
    assertTold(
        Told.step("\"type\": \"work\", \"params\": «" + large(LIMITS.maxParamsChars() + 1)),
        "LIMIT " + PATH);
  }

  private static String many(int count) {
    StringBuilder params = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      params.append(i == 0 ? "" : ", ").append("\"p").append(i).append("\": ").append(i);
    }
    return params.append("}").toString();
  }

  private static String large(int chars) {
    String empty = "{\"p\": \"\"}";
    return "{\"p\": \"" + "x".repeat(chars - empty.length()) + "\"}";
  }

  private static ParamDefinition param(String value) {
    return Told.acceptedStep("\"type\": \"work\", \"params\": {\"p\": " + value + "}")
        .params()
        .get("p");
  }
}

package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.SourceReader.SourceReading;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SourceReaderTest {

  private static <T> SourceReading<T> read(
      String text, Function<SourceFields, Optional<T>> reader) {
    return SourceReader.read(text.getBytes(StandardCharsets.UTF_8), "the plan", reader);
  }

  private static List<String> problems(String text, Function<SourceFields, Optional<?>> reader) {
    SourceReading<Object> reading =
        read(text, fields -> reader.apply(fields).map(Object.class::cast));
    assertThat(reading.value()).isEmpty();
    return reading.problems().stream()
        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
        .toList();
  }

  @Test
  void shouldReadTheSameFromJsonAndYaml() {
    // given
    Function<SourceFields, Optional<List<Object>>> reader =
        fields ->
            Optional.of(
                List.of(
                    fields.text("text").orElseThrow(),
                    fields.integer("number", 0, 9).orElseThrow(),
                    fields.bool("flag").orElseThrow(),
                    fields.duration("after").orElseThrow(),
                    fields.instant("at").orElseThrow(),
                    fields.texts("list"),
                    fields.objects("all", each -> each.text("id"))));
    List<Object> expected =
        List.of(
            "a",
            7L,
            true,
            Duration.ofSeconds(5),
            Instant.parse("2026-01-01T00:00:00Z"),
            List.of("x", "y"),
            List.of("one", "two"));

    // when, then
    assertThat(
            read(
                    """
                    {"text": "a", "number": 7, "flag": true, "after": "5s",
                     "at": "2026-01-01T00:00:00Z", "list": ["x", "y"],
                     "all": [{"id": "one"}, {"id": "two"}]}
                    """,
                    reader)
                .value())
        .contains(expected);
    assertThat(
            read(
                    """
                    text: a
                    number: 7
                    flag: true
                    after: 5
                    at: 2026-01-01T00:00:00Z
                    list: [x, y]
                    all: [{id: one}, {id: two}]
                    """,
                    reader)
                .value())
        .contains(expected);
  }

  @Test
  void shouldReadPlainParamsAndNoExpressions() {
    // when, then
    assertThat(read("{\"n\": 10}", fields -> Optional.of(fields.asParams())).value())
        .contains(Map.of("n", ParamDefinition.literal(new ParamValue.Int(10))));
    assertThat(
            problems(
                "p: {n: {type: LONG, expression: 1 + 1}}",
                fields -> Optional.of(fields.params("p"))))
        .containsExactly("1:5 Expected 'n' to be a value, but it is an expression.");
    assertThat(
            problems(
                "n: {type: LONG, expression: 1 + 1}", fields -> Optional.of(fields.asParams())))
        .containsExactly("1:1 Expected 'n' to be a value, but it is an expression.");
  }

  @Test
  void shouldCallTheTextByItsName() {
    // when, then
    assertThat(
            problems(
                "a: 1\nb: 2",
                fields -> {
                  fields.text("id");
                  fields.refuseOthers();
                  return Optional.of(1);
                }))
        .containsExactly(
            "1:1 Expected the plan to have no fields but id, but 'a' is none of them.",
            "2:1 Expected the plan to have no fields but id, but 'b' is none of them.");
    assertThat(problems("[]", fields -> Optional.of(1)))
        .containsExactly("1:1 Expected the plan to be an object, but it is an array.");
    assertThat(problems("{}", fields -> fields.requireText("id")))
        .containsExactly("1:1 Expected the plan to have 'id', but it is not there.");
  }

  @Test
  void shouldReadTimesUpToTheirLimits() {
    // when, then
    assertThat(read("d: 120000 days", fields -> fields.duration("d")).value())
        .contains(SourceFields.MAX_DURATION);
    assertThat(problems("d: 120000 days 1 ms", fields -> fields.duration("d")))
        .singleElement()
        .asString()
        .startsWith("1:4 Expected 'd' to be a length of time")
        .contains("at most 120000 days, but it is '120000 days 1 ms'.");
    assertThat(read("t: 9999-12-31T23:59:59.999Z", fields -> fields.instant("t")).value())
        .contains(SourceFields.MAX_INSTANT);
    assertThat(read("t: 1970-01-01T00:00:00Z", fields -> fields.instant("t")).value())
        .contains(SourceFields.MIN_INSTANT);
    assertThat(problems("t: +10000-01-01T00:00:00Z", fields -> fields.instant("t"))).hasSize(1);
    assertThat(problems("t: 1969-12-31T23:59:59.999Z", fields -> fields.instant("t"))).hasSize(1);
  }

  @Test
  void shouldRefuseWhatIsTooLargeOrNoUtf8() {
    // given
    int limit = DefinitionLimits.DEFAULT.maxTextBytes();

    // when, then
    assertThat(read("#" + "x".repeat(limit - 4) + "\n{}", f -> Optional.of(1)).problems())
        .isEmpty();
    assertThat(problems("#" + "x".repeat(limit), fields -> Optional.of(1)))
        .containsExactly(
            "1:1 Expected the plan to have at most 1048576 bytes, but it has 1048577.");
    assertThat(
            SourceReader.read(new byte[] {'{', (byte) 0xff, '}'}, "the plan", f -> Optional.of(1))
                .problems())
        .extracting(Problem::message)
        .containsExactly("Expected the plan to be UTF-8, but it is not.");
  }
}

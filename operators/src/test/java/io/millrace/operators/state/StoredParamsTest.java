package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document;
import io.millrace.evaluation.ParamMarks;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Params as they were written come back, whichever form a document takes for them. */
final class StoredParamsTest {
  @Test
  void shouldKeepLiteralsOfEveryTypeAndMode() {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    Samples.everyParamValue()
        .forEach(
            (name, value) -> {
              for (ParamMode mode : ParamMode.values()) {
                params.put(
                    name + mode,
                    new ParamDefinition(value.type(), new ParamContent.Literal(value), mode));
              }
            });

    assertThat(stored(params)).isEqualTo(params).hasSizeGreaterThan(ParamMode.values().length);
  }

  @Test
  void shouldKeepALiteralThatIsOfAnotherTypeThanDeclared() {
    ParamDefinition days =
        new ParamDefinition(
            ParamType.STRING,
            new ParamContent.Literal(Samples.everyParamValue().get(ParamType.LONG.name())),
            ParamMode.CONSTANT);

    assertThat(stored(Map.of("days", days))).containsEntry("days", days);
  }

  @Test
  void shouldKeepWhoseAParamIsAndOfItsOtherNotesNone() {
    Map<String, String> marks = Map.of("source", "SYSTEM_DEFAULT", "internal_mode", "RESERVED");
    ParamDefinition marked = marked(new Notes(new LinkedHashMap<>(marks)));
    Map<String, Object> all = new LinkedHashMap<>(marks);
    all.put("team", "data");

    assertThat(ParamMarks.of(marked)).isEqualTo(marks);
    assertThat(stored(Map.of("p", marked))).containsEntry("p", marked);
    assertThat(stored(Map.of("p", marked(new Notes(all))))).containsEntry("p", marked);
  }

  @Test
  void shouldKeepExpressionsValidatorsAndTags() {
    ParamDefinition computed = ParamDefinition.computed(ParamType.LONG, "a + 1");
    ParamDefinition rich =
        new ParamDefinition(
            ParamType.STRING,
            new ParamContent.Literal(Samples.everyParamValue().get(ParamType.STRING.name())),
            ParamMode.IMMUTABLE,
            "p.size() > 0",
            List.of(Tag.named("tag")),
            Notes.NONE);

    assertThat(stored(Map.of("c", computed, "r", rich)))
        .containsOnly(Map.entry("c", computed), Map.entry("r", rich));
  }

  private static ParamDefinition marked(Notes notes) {
    return new ParamDefinition(
        ParamType.STRING,
        new ParamContent.Literal(Samples.everyParamValue().get(ParamType.STRING.name())),
        ParamMode.MUTABLE,
        null,
        List.of(),
        notes);
  }

  private static Map<String, ParamDefinition> stored(Map<String, ParamDefinition> params) {
    byte[] bytes = StoredCodec.DOCUMENTS.encode(new Document.RunParams(params));
    return ((Document.RunParams) StoredCodec.DOCUMENTS.decode(bytes)).definitions();
  }
}

package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.label.Notes;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParamMergeTest {
  @ParameterizedTest
  @CsvSource({
    "MUTABLE,LAUNCH,true",
    "MUTABLE,RESTART,true",
    "MUTABLE,OUTPUT_PARAMETER,true",
    "MUTABLE_ON_START_RESTART,LAUNCH,true",
    "MUTABLE_ON_START_RESTART,RESTART,true",
    "MUTABLE_ON_START_RESTART,OUTPUT_PARAMETER,false",
    "MUTABLE_ON_START,LAUNCH,true",
    "MUTABLE_ON_START,RESTART,false",
    "MUTABLE_ON_START,OUTPUT_PARAMETER,false",
    "IMMUTABLE,LAUNCH,false",
    "IMMUTABLE,RESTART,false",
    "IMMUTABLE,OUTPUT_PARAMETER,false",
    "CONSTANT,LAUNCH,false",
    "CONSTANT,RESTART,false",
    "CONSTANT,OUTPUT_PARAMETER,false",
    "CONSTANT,SYSTEM_INJECTED,true",
  })
  void shouldLetEachModeBeChangedByWhoMay(ParamMode mode, ParamSource source, boolean may) {
    // given
    Map<String, ParamDefinition> base = Map.of("x", number(1, mode));

    // when
    Merged changed = ParamMerge.from(source).over(base, Map.of("x", number(2, ParamMode.MUTABLE)));
    Merged same = ParamMerge.from(source).over(base, Map.of("x", number(1, ParamMode.MUTABLE)));

    // then
    if (may) {
      assertThat(param(changed, "x").literal()).isEqualTo(new ParamValue.Int(2));
      assertThat(param(changed, "x").mode()).isEqualTo(mode);
    } else {
      assertThat(failure(changed).fault()).isEqualTo(ParamFault.MODE);
    }
    assertThat(param(same, "x")).isEqualTo(number(1, mode));
  }

  @Test
  void shouldRaiseAModeButNeverLowerIt() {
    Map<String, ParamDefinition> base = Map.of("x", number(1, ParamMode.MUTABLE_ON_START));
    Map<String, ParamDefinition> stricter = Map.of("x", number(2, ParamMode.CONSTANT));
    Map<String, ParamDefinition> laxer = Map.of("x", number(2, ParamMode.MUTABLE_ON_START_RESTART));

    assertThat(param(ParamMerge.from(ParamSource.LAUNCH).over(base, stricter), "x").mode())
        .isEqualTo(ParamMode.CONSTANT);
    assertThat(failure(ParamMerge.from(ParamSource.LAUNCH).over(base, laxer)).message())
        .isEqualTo(
            "Expected 'x' to stay MUTABLE_ON_START or become stricter,"
                + " but it is given as MUTABLE_ON_START_RESTART.");
    assertThat(
            param(ParamMerge.fromUpstream(ParamSource.SUBWORKFLOW).over(base, laxer), "x").mode())
        .isEqualTo(ParamMode.MUTABLE_ON_START);
  }

  @Test
  void shouldLetTheLastStageWinAndSayWhoItWas() {
    // given
    Map<String, ParamDefinition> defaults = Map.of("x", number(1, ParamMode.MUTABLE));

    // when
    Merged defined =
        ParamMerge.from(ParamSource.DEFINITION)
            .over(defaults, Map.of("x", number(2, ParamMode.MUTABLE)));
    Merged launched =
        ParamMerge.from(ParamSource.LAUNCH)
            .over(((Merged.Params) defined).params(), Map.of("x", number(3, ParamMode.MUTABLE)));

    // then
    assertThat(param(defined, "x").meta().fields()).containsEntry("source", "DEFINITION");
    assertThat(param(launched, "x").literal()).isEqualTo(new ParamValue.Int(3));
    assertThat(param(launched, "x").meta().fields()).containsEntry("source", "LAUNCH");
  }

  @Test
  void shouldConvertToTheTypeOfTheBase() {
    Map<String, ParamDefinition> base =
        Map.of("x", ParamDefinition.literal(new ParamValue.Decimal(BigDecimal.ONE)));

    assertThat(launch(base, Map.of("x", number(5, ParamMode.MUTABLE))))
        .extracting(merged -> param(merged, "x").literal())
        .isEqualTo(new ParamValue.Decimal(BigDecimal.valueOf(5)));
    assertThat(
            failure(launch(base, Map.of("x", ParamDefinition.literal(new ParamValue.Bool(true)))))
                .fault())
        .isEqualTo(ParamFault.TYPE);
  }

  @Test
  void shouldMergeMapsEntryByEntry() {
    // given
    Map<String, ParamDefinition> base =
        Map.of(
            "m",
            map(Map.of("a", number(1, ParamMode.MUTABLE), "b", number(2, ParamMode.IMMUTABLE))));

    // when
    Merged merged = launch(base, Map.of("m", map(Map.of("a", number(9, ParamMode.MUTABLE)))));
    Merged refused = launch(base, Map.of("m", map(Map.of("b", number(9, ParamMode.MUTABLE)))));

    // then
    assertThat(
            ParamText.of(
                new ParamValue.MapOfParams(
                    Map.of(
                        "a",
                        ((ParamValue.MapOfParams) param(merged, "m").literal()).value().get("a")))))
        .isEqualTo("{\"a\":9}");
    assertThat(((ParamValue.MapOfParams) param(merged, "m").literal()).value()).containsKey("b");
    assertThat(failure(refused).param()).isEqualTo("m.b");
  }

  @Test
  void shouldKeepTheEntriesOfAStricterMapStrict() {
    ParamDefinition strict =
        new ParamDefinition(
            ParamType.MAP,
            map(Map.of("a", number(1, ParamMode.MUTABLE))).content(),
            ParamMode.IMMUTABLE);

    assertThat(
            failure(
                    launch(
                        Map.of("m", strict),
                        Map.of("m", map(Map.of("a", number(2, ParamMode.MUTABLE))))))
                .param())
        .isEqualTo("m.a");
    assertThat(
            failure(
                    launch(
                        Map.of("m", strict),
                        Map.of("m", map(Map.of("c", number(2, ParamMode.MUTABLE))))))
                .param())
        .isEqualTo("m.c");
  }

  @Test
  void shouldMergeTextMapsByKey() {
    Map<String, ParamDefinition> base =
        Map.of("m", ParamDefinition.literal(new ParamValue.StringMap(Map.of("a", "1", "b", "2"))));
    Map<String, ParamDefinition> given =
        Map.of("m", ParamDefinition.literal(new ParamValue.StringMap(Map.of("b", "3"))));

    assertThat(param(launch(base, given), "m").literal())
        .isEqualTo(new ParamValue.StringMap(Map.of("a", "1", "b", "3")));
  }

  @Test
  void shouldNotMergeAnExpressionWithALiteralMap() {
    ParamDefinition literal = map(Map.of("a", number(1, ParamMode.MUTABLE)));
    ParamDefinition computed = ParamDefinition.computed(ParamType.MAP, "x");

    assertThat(failure(launch(Map.of("m", literal), Map.of("m", computed))).fault())
        .isEqualTo(ParamFault.TYPE);
    assertThat(failure(launch(Map.of("m", computed), Map.of("m", literal))).fault())
        .isEqualTo(ParamFault.TYPE);
  }

  @Test
  void shouldUniteTagsAndTakeTheNewerValidator() {
    ParamContent one = new ParamContent.Literal(new ParamValue.Int(1));
    ParamDefinition old =
        new ParamDefinition(
            ParamType.LONG, one, ParamMode.MUTABLE, "old", List.of(Tag.named("a")), Notes.NONE);
    ParamDefinition newer =
        new ParamDefinition(
            ParamType.LONG, one, ParamMode.MUTABLE, "new", List.of(Tag.named("b")), Notes.NONE);

    ParamDefinition merged = param(launch(Map.of("x", old), Map.of("x", newer)), "x");

    assertThat(merged.validator()).isEqualTo("new");
    assertThat(merged.tags()).containsExactly(Tag.named("a"), Tag.named("b"));
  }

  @Test
  void shouldTakeOutputsForMutableParamsOfTheStepOnly() {
    Map<String, ParamDefinition> step =
        Map.of("out", number(1, ParamMode.MUTABLE), "in", number(1, ParamMode.MUTABLE_ON_START));

    assertThat(
            param(ParamMerge.outputs(step, Map.of("out", new ParamValue.Int(2))), "out").literal())
        .isEqualTo(new ParamValue.Int(2));
    assertThat(failure(ParamMerge.outputs(step, Map.of("in", new ParamValue.Int(1)))).message())
        .isEqualTo("Expected output 'in' to be MUTABLE, but its mode is MUTABLE_ON_START.");
    assertThat(failure(ParamMerge.outputs(step, Map.of("no", new ParamValue.Int(2)))).fault())
        .isEqualTo(ParamFault.UNKNOWN_NAME);
  }

  private static Merged launch(
      Map<String, ParamDefinition> base, Map<String, ParamDefinition> given) {
    return ParamMerge.from(ParamSource.LAUNCH).over(base, given);
  }

  private static ParamDefinition number(long value, ParamMode mode) {
    return new ParamDefinition(
        ParamType.LONG, new ParamContent.Literal(new ParamValue.Int(value)), mode);
  }

  private static ParamDefinition map(Map<String, ParamDefinition> entries) {
    return ParamDefinition.literal(new ParamValue.MapOfParams(entries));
  }

  private static ParamDefinition param(Merged merged, String name) {
    assertThat(merged).isInstanceOf(Merged.Params.class);
    ParamDefinition param = ((Merged.Params) merged).params().get(name);
    assertThat(param).isNotNull();
    return Objects.requireNonNull(param);
  }

  private static ParamFailure failure(Merged merged) {
    assertThat(merged).isInstanceOf(Merged.Refused.class);
    return ((Merged.Refused) merged).failure();
  }
}

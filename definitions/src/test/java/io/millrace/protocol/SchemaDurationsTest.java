package io.millrace.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.duration.Durations;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pattern of durations in the schema and {@link Durations} understand the same texts. */
final class SchemaDurationsTest {
  private static final List<String> PARTS =
      List.of(
          "1",
          "20",
          "0",
          " ",
          "d",
          "Day",
          "days",
          "h",
          "hours",
          "min",
          "minute",
          "m",
          "ms",
          "S",
          "sec",
          "seconds",
          "milliseconds",
          "week",
          "P",
          "pt",
          "T3H",
          "1D",
          "3H",
          "4M",
          "5S",
          "-",
          "+1h",
          ".5S",
          ",250s",
          ".0005S",
          "\t",
          "e");
  private static final Pattern SCHEMA =
      Pattern.compile(
          Schemas.source(Schemas.DEFINITION).at("/$defs/duration_text/pattern").asText());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60",
        " 60 ",
        "1 day 6 hours",
        "1day6hours",
        "10 minutes 5 seconds 1 day",
        "5 MIN",
        "5ms",
        "PT5M",
        "p1dt2h3m4.5s",
        "PT-5M",
        "P2D",
        "PT1,25S",
        "PT0.500000000S"
      })
  void shouldUnderstandWhatTheReaderUnderstands(String text) {
    assertThat(Durations.parse(text)).isPresent();
    assertThat(SCHEMA.matcher(text).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5",
        "1.5",
        "5m",
        "1 week",
        "1.5 hours",
        "1  hour",
        "hour",
        "5 hours ago",
        "P",
        "PT",
        "P1W",
        "-PT5M",
        "PT0.0005S",
        "PT5M 1 hour",
        "${limit}"
      })
  void shouldNotUnderstandWhatTheReaderDoesNot(String text) {
    assertThat(Durations.parse(text)).isEmpty();
    assertThat(SCHEMA.matcher(text).matches()).isFalse();
  }

  @Test
  void shouldAgreeWithTheReaderOnAnyText() {
    long seed = Long.getLong("fuzz.seed", 1997);
    System.out.println("Fuzzing durations with -Dfuzz.seed=" + seed);
    Random random = new Random(seed);
    int understood = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      boolean expected = Durations.parse(text.toString()).isPresent();
      understood += expected ? 1 : 0;
      assertThat(SCHEMA.matcher(text).matches()).as("'%s'", text).isEqualTo(expected);
    }
    assertThat(understood).isGreaterThan(1_000);
  }
}

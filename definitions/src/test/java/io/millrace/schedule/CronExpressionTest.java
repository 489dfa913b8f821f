package io.millrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronExpressionTest {
  private static final ZonedDateTime BEFORE = ZonedDateTime.parse("2025-12-31T23:59:59Z");
  private static final String ALPHABET = "0123456789*/,-?LW#| ABCDEFGMONJHSUTPRVY\t@\u00e9";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*/2 * * * *;           2026-01-01T00:00Z; 2026-01-01T00:02Z",
        "0 0 * * 0;             2026-01-04T00:00Z; 2026-01-11T00:00Z",
        "0 0 * * 7;             2026-01-04T00:00Z; 2026-01-11T00:00Z",
        "30 6 1 JAN-FEB *;      2026-01-01T06:30Z; 2026-02-01T06:30Z",
        "0 0 29 2 *;            2028-02-29T00:00Z; 2032-02-29T00:00Z",
        // UNIX: one of the two days is enough.
        "0 0 1 * MON;           2026-01-01T00:00Z; 2026-01-05T00:00Z",
        "0 0 12 1/1 * ? *;      2026-01-01T12:00Z; 2026-01-02T12:00Z",
        "15 0 0 * * ?;          2026-01-01T00:00:15Z; 2026-01-02T00:00:15Z",
        // Quartz counts days of the week from Sunday, 1.
        "0 0 0 ? * 2;           2026-01-05T00:00Z; 2026-01-12T00:00Z",
        "0 0 0 L * ?;           2026-01-31T00:00Z; 2026-02-28T00:00Z",
        "0 0 0 LW * ?;          2026-01-30T00:00Z; 2026-02-27T00:00Z",
        "0 0 0 15W * ?;         2026-01-15T00:00Z; 2026-02-16T00:00Z",
        "0 0 0 ? * 6#5;         2026-01-30T00:00Z; 2026-05-29T00:00Z",
        "0 0 12 1 1 ? 2030,2040;2030-01-01T12:00Z; 2040-01-01T12:00Z",
      })
  void shouldFire(String text, String first, String second) {
    CronExpression expression = valid(text);

    assertThat(expression.next(BEFORE)).hasValue(ZonedDateTime.parse(first));
    assertThat(expression.next(ZonedDateTime.parse(first))).hasValue(ZonedDateTime.parse(second));
  }

  @Test
  void shouldFireInTheZoneOfTheInstant() {
    ZonedDateTime before = ZonedDateTime.parse("2026-07-01T00:00-07:00[US/Pacific]");

    assertThat(valid("0 8 * * *").next(before))
        .hasValue(ZonedDateTime.parse("2026-07-01T08:00-07:00[US/Pacific]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 0 31 4,6,9,11 ?", "0 0 12 1 1 ? 2025"})
  void shouldNeverFire(String text) {
    assertThat(valid(text).next(BEFORE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "daily",
        "@daily",
        "0 30 * * *",
        "* * * *",
        "0 0 0 * * *",
        "0 0 0 1 1 ? 2200",
        "5-1 * * * *",
        "*/0 * * * *",
        "0 0 0 1 1 ? * *",
        "a b c d e"
      })
  void shouldSayWhatEachLanguageMisses(String text) {
    List<String> findings = findings(text);

    assertThat(findings).hasSize(2);
    assertThat(findings.get(0)).matches("as UNIX cron: .*[^.!]");
    assertThat(findings.get(1)).matches("as Quartz cron: .*[^.!]");
  }

  @Test
  void shouldNameTheValueThatDoesNotFit() {
    assertThat(findings("0 30 * * *").get(0))
        .isEqualTo("as UNIX cron: Value 30 not in range [0, 23]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0|1 * * *", "0 0 12 * * ?||0 0 13 * * ?", "0 0 0 31W * ?", "0 0 0 29w 2 ?"})
  void shouldRefuseWhatTheLibraryWouldTake(String text) {
    assertThat(findings(text)).hasSize(1);
  }

  @Test
  void shouldKeepTheLimitOfItsText() {
    String text = "0 0 * * *";

    valid(text + " ".repeat(CronExpression.MAX_CHARS - text.length()));
    assertThat(findings(text + " ".repeat(CronExpression.MAX_CHARS + 1 - text.length())))
        .containsExactly("it has more than 256 characters");
  }

  @Test
  void shouldNeverThrowForAnyText() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> valid = new ArrayList<>();

    for (int i = 0; i < 1_500; i++) {
      String text = i % 4 == 0 ? noise(random) : likely(random);
      if (CronExpression.parse(text) instanceof CronExpression.Parsed.Valid parsed) {
        valid.add(text);
        Optional<ZonedDateTime> at = Optional.of(BEFORE);
        for (int fire = 0; fire < 3 && at.isPresent(); fire++) {
          Optional<ZonedDateTime> next = parsed.expression().next(at.get());
          ZonedDateTime before = at.get();
          next.ifPresent(fires -> assertThat(fires).as(text).isAfter(before));
          at = next;
        }
      }
    }

    assertThat(valid).as("the texts that were cron expressions").hasSizeGreaterThan(100);
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String likely(Random random) {
    boolean byWeek = random.nextBoolean();
    return String.join(
        " ",
        one(random, "0", "30", "*/7", "5-1"),
        one(random, "0", "*", "59", "1-5", "3/20"),
        one(random, "0", "*", "23", "24"),
        byWeek ? "?" : one(random, "*", "1", "29", "31", "L", "LW", "15W", "31W", "L-3", "1/40"),
        one(random, "*", "2", "JAN", "4,6", "FEB-MAR", "13"),
        byWeek ? one(random, "*", "MON", "6#5", "2#6", "5L", "7", "8") : "?",
        one(random, "", "*", "2030", "2001-2003", "2099", "x"));
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static CronExpression valid(String text) {
    return ((CronExpression.Parsed.Valid) CronExpression.parse(text)).expression();
  }

  private static List<String> findings(String text) {
    return ((CronExpression.Parsed.Invalid) CronExpression.parse(text)).findings();
  }
}

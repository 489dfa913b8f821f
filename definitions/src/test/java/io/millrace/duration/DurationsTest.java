package io.millrace.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "5, PT5S",
    "0, PT0S",
    "1d, P1D",
    "1 day, P1D",
    "2 DAYS, P2D",
    "3h, PT3H",
    "3 hour, PT3H",
    "3 hours, PT3H",
    "4min, PT4M",
    "4 minute, PT4M",
    "4 Minutes, PT4M",
    "5s, PT5S",
    "5 sec, PT5S",
    "5 second, PT5S",
    "5 seconds, PT5S",
    "6ms, PT0.006S",
    "6 millisecond, PT0.006S",
    "6 milliseconds, PT0.006S",
    "10 minutes 5 seconds 1 day, P1DT10M5S",
    "1h30min, PT1H30M",
    "1 hour 1 hour, PT2H",
    "' 7 s ', PT7S",
    "PT5M, PT5M",
    "p1dt2h, P1DT2H",
    "PT1.5S, PT1.5S"
  })
  void shouldUnderstand(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1.5 hours",
        "-5 minutes",
        "1 hr",
        "junk 3 h",
        "5m",
        "1 week",
        "1 month",
        "10 millis",
        "3 h junk",
        "5  minutes",
        "10 minutes 5",
        "minutes",
        "PT0.0001S",
        "P",
        "PT",
        "P1M",
        "99999999999999999999",
        "999999999999999999 days",
        "P99999999999999999999D",
        "٣ days"
      })
  void shouldNotUnderstand(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 seconds",
    "PT0.001S, 1 millisecond",
    "PT1M, 1 minute",
    "P1DT2H3M4.005S, 1 day 2 hours 3 minutes 4 seconds 5 milliseconds",
    "PT24H1S, 1 day 1 second",
    "PT2562047788015H12M55.807S, 106751991167 days 7 hours 12 minutes 55 seconds 807 milliseconds"
  })
  void shouldWriteWhatItUnderstands(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.0001S"})
  void shouldNotWriteWhatItWouldNotUnderstand(Duration duration) {
    assertThatThrownBy(() -> Durations.text(duration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(duration.toString());
  }

  @Test
  void shouldKeepTheLimitOfCharacters() {
    assertThat(Durations.parse("1d" + " ".repeat(254))).contains(Duration.ofDays(1));
    assertThat(Durations.parse("1d" + " ".repeat(255))).isEmpty();
  }
}

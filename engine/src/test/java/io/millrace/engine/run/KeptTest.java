package io.millrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeptTest {
  private static final String PAIR = "\uD83C\uDF0A";

  @Test
  void shouldKeepAllUpToTheLimit() {
    assertThat(Kept.start("abc", 3)).isEqualTo("abc");
    assertThat(Kept.endOf("abc", 3)).isEqualTo("abc");
    assertThat(Kept.startOf(null, 3)).isNull();
    assertThat(Kept.endOf(null, 3)).isNull();
  }

  @Test
  void shouldKeepTheStartOfAMessageAndTheEndOfALog() {
    assertThat(Kept.start("abcd", 3)).isEqualTo("abc");
    assertThat(Kept.endOf("abcd", 3)).isEqualTo("bcd");
  }

  @Test
  void shouldKeepNoHalfOfAPair() {
    assertThat(Kept.start("ab" + PAIR, 3)).isEqualTo("ab");
    assertThat(Kept.start("a" + PAIR + "b", 3)).isEqualTo("a" + PAIR);
    assertThat(Kept.endOf(PAIR + "ab", 3)).isEqualTo("ab");
    assertThat(Kept.endOf("a" + PAIR + "b", 3)).isEqualTo(PAIR + "b");
  }
}

package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CaretTest {
  @Test
  void shouldStandBelowThePlace() {
    // when, then
    assertThat(lines("first\nsecond", 2, 3)).containsExactly("  second", "    ^");
    assertThat(lines("short", 1, 6)).containsExactly("  short", "       ^");
    assertThat(lines("one line", 2, 1)).isEmpty();
  }

  @Test
  void shouldShowWhatIsAroundThePlaceInALongLine() {
    // given
    String limit = "a".repeat(Caret.MAX_SHOWN_CHARS);
    String long1 = "a".repeat(Caret.MAX_SHOWN_CHARS) + "b";

    // when, then
    assertThat(lines(limit, 1, 1).get(0)).isEqualTo("  " + limit);
    assertThat(lines(long1, 1, 1).get(0)).isEqualTo("  " + limit + "...");
    List<String> end = lines(long1, 1, Caret.MAX_SHOWN_CHARS + 1);
    assertThat(end.get(0)).startsWith("  ...a").endsWith("ab");
    assertThat(end.get(0).charAt(end.get(1).indexOf('^'))).isEqualTo('b');
  }

  private static List<String> lines(String text, int line, int column) {
    return Caret.of(text, line, column).lines().toList();
  }
}

package io.millrace.expression.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterCaseTest {
  private static final String[] LETTERS = {
    "a",
    "Z",
    "\u00df",
    "\u0130",
    "\u03a3",
    "\u0390",
    "\ufb03",
    "\ud801\udc28",
    "\ud801\udc00",
    " ",
    "\u0307",
    "1"
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 512, 1_000})
  void shouldChangeCaseAsJavaDoes(int length) {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append(LETTERS[random.nextInt(LETTERS.length)]);
      }

      assertThat(LetterCase.upper(text.toString()))
          .as("seed %d", seed)
          .isEqualTo(text.toString().toUpperCase(Locale.ROOT));
      assertThat(LetterCase.lower(text.toString()))
          .as("seed %d", seed)
          .isEqualTo(text.toString().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void shouldNotPartAPairAtTheEndOfABlock() {
    String text = "a".repeat(255) + "\ud801\udc28" + "b";

    assertThat(LetterCase.upper(text)).isEqualTo("A".repeat(255) + "\ud801\udc00" + "B");
  }
}

package io.millrace.expression.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A few fixed seeds, and all inputs that once failed; {@link ExpressionFuzz} runs for longer. */
final class ExpressionFuzzTest {
  private static final Path REGRESSIONS = Path.of("src/test/resources/fuzz/expression");
  private static final int SEEDS = 20;

  @Test
  void shouldKeepItsPromisesForFixedSeeds() {
    // given
    Fuzzing fuzzing = new Fuzzing(new ExpressionTarget(ExpressionFuzz.corpus()));
    int[] left = {SEEDS};

    // when
    fuzzing.run(1, () -> left[0]-- > 0);

    // then: values as well as failures of many kinds were met
    assertThat(fuzzing.failures()).isEmpty();
    assertThat(fuzzing.endings())
        .containsKeys("SYNTAX", "TYPE", "UNKNOWN_METHOD", "LONG", "STRING");
  }

  @Test
  void shouldKeepItsPromisesForWhatOnceFailed() throws IOException {
    ExpressionTarget target = new ExpressionTarget(List.of());
    try (Stream<Path> files = Files.list(REGRESSIONS)) {
      List<Path> inputs = files.sorted().toList();
      assertThat(inputs).isNotEmpty();
      for (Path input : inputs) {
        assertThat(target.run(Files.readAllBytes(input))).as(input.toString()).isNotBlank();
      }
    }
  }
}

package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text breaks the rules of {@link DefinitionFuzz}: a short run of it, and what it once found.
 */
final class DefinitionReaderFuzzTest {
  private static final int INPUTS = 600;

  @ParameterizedTest
  @ValueSource(longs = {1997, 2026})
  void shouldKeepItsRulesForMutatedDefinitions(long seed) throws IOException {
    System.out.println("Fuzzing definitions with seed " + seed);
    DefinitionFuzz fuzz = new DefinitionFuzz(seed);
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = fuzz.next();
      try {
        fuzz.check(input);
      } catch (RuntimeException | Error e) {
        Path file = Files.createTempFile("definition-", ".json");
        Files.write(file, input);
        throw new AssertionError("Expected seed " + seed + " to break no rule, see " + file, e);
      }
    }

    assertThat(fuzz.figures.accepted).as("what tries the writer").isGreaterThan(INPUTS / 10);
    assertThat(fuzz.figures.accepted).as("what tries the problems").isLessThan(INPUTS * 9 / 10);
    assertThat(fuzz.figures.outgrown).isLessThan(INPUTS / 20);
  }

  @ParameterizedTest
  @MethodSource("regressions")
  void shouldKeepItsRulesForWhatOnceBrokeThem(Path file) throws IOException {
    new DefinitionFuzz(0).check(Files.readAllBytes(file));
  }

  @Test
  void shouldMakeTheSameInputsOfTheSameSeed() throws IOException {
    DefinitionFuzz fuzz = new DefinitionFuzz(5);
    DefinitionFuzz same = new DefinitionFuzz(5);

    for (int i = 0; i < 50; i++) {
      assertThat(fuzz.next()).isEqualTo(same.next());
    }
  }

  private static List<Path> regressions() throws IOException {
    try (Stream<Path> files = Files.list(DefinitionFuzz.REGRESSIONS)) {
      return files.sorted().toList();
    }
  }
}

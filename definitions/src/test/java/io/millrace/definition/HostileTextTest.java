package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.Effort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts made to hurt whoever reads them. Each must end in exactly the problems that {@code
 * hostile.txt} names, and soon; the next reading must be right.
 */
final class HostileTextTest {
  private static final Path FOLDER = Path.of("src/test/resources/hostile");
  private static final Path INDEX = Path.of("src/test/resources/hostile.txt");

  /** By the clock: what does not end at all must not hold up the build. */
  private static final Duration HUNG = Duration.ofMinutes(1);

  private static final String GOOD = Told.step("\"type\": \"NoOp\"");

  @ParameterizedTest
  @MethodSource("files")
  void shouldEndInItsProblems(String file) throws IOException {
    byte[] text = Files.readAllBytes(FOLDER.resolve(file));

    double effort =
        assertTimeoutPreemptively(HUNG, () -> Effort.of(() -> DefinitionReader.readFirst(text)));

    assertThat(effort).as("effort").isLessThan(Effort.MOST);
    DefinitionReading reading = DefinitionReader.readFirst(text);
    assertThat(
            reading.problems().stream()
                .limit(3)
                .map(one -> one.code() + " " + one.line() + ":" + one.column())
                .collect(Collectors.joining(" ")))
        .as(() -> reading.problems().toString())
        .isEqualTo(expected().get(file));
    Told.assertSound(reading);
    assertThat(DefinitionReader.readFirst(GOOD).problems()).isEmpty();
  }

  @Test
  void shouldKnowEveryFile() throws IOException {
    assertThat(expected().keySet()).containsExactlyElementsOf(files().sorted().toList());
  }

  private static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  /** By file, the first three problems. */
  private static Map<String, String> expected() throws IOException {
    List<String> lines = Files.readAllLines(INDEX, StandardCharsets.UTF_8);
    Map<String, String> expected = new TreeMap<>();
    for (String line : lines) {
      int gap = line.indexOf(' ');
      expected.put(
          gap < 0 ? line : line.substring(0, gap), gap < 0 ? "" : line.substring(gap).strip());
    }
    return expected;
  }
}

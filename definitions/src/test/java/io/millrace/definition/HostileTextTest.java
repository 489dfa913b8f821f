package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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

  /** Of the processor: a machine that builds other things as well has no less of it to give. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** By the clock: what does not end at all must not hold up the build. */
  private static final Duration HUNG = Duration.ofMinutes(1);

  private static final String GOOD = Told.step("\"type\": \"NoOp\"");

  @ParameterizedTest
  @MethodSource("files")
  void shouldEndInItsProblems(String file) throws IOException {
    byte[] text = Files.readAllBytes(FOLDER.resolve(file));

    Timed timed = assertTimeoutPreemptively(HUNG, () -> Timed.of(text));

    DefinitionReading reading = timed.reading();
    assertThat(timed.processor()).as("processor time").isLessThan(SOON);
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

  /**
   * A reading.
   *
   * @param processor time that its thread had
   */
  private record Timed(DefinitionReading reading, Duration processor) {
    static Timed of(byte[] text) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      DefinitionReading reading = DefinitionReader.readFirst(text);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      return new Timed(reading, Duration.ofNanos(taken));
    }
  }
}

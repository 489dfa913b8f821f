package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No text makes the reader throw: examples, cut and mutated at random places. */
final class DefinitionReaderFuzzTest {
  private static final int TEXTS = 20_000;
  private static final String SEED_PROPERTY = "fuzz.seed";
  private static final long DEFAULT_SEED = 1997;
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "\"\"",
          "\u0000",
          "\uD800",
          "😀",
          "{}",
          "[]",
          "\"id\":",
          "\"step\":",
          "\"type\":",
          "\"value\":",
          "\"expression\":",
          "\"$x\"",
          "999999999999999999999",
          "\"params\":",
          "\"MAP\"",
          "\"true\"");

  @Test
  void shouldNeverThrow() throws IOException {
    long seed = Long.getLong(SEED_PROPERTY, DEFAULT_SEED);
    System.out.println("Fuzzing definitions with -D" + SEED_PROPERTY + "=" + seed);
    Random random = new Random(seed);
    List<String> examples = examples();
    int refused = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = mutated(examples.get(random.nextInt(examples.size())), random);

      DefinitionReading reading = read(text, seed);

      refused += reading.problems().isEmpty() ? 0 : 1;
    }
    assertThat(refused).isBetween(TEXTS / 2, TEXTS - 1);
  }

  @Test
  void shouldNeverThrowForBytes() throws IOException {
    long seed = Long.getLong(SEED_PROPERTY, DEFAULT_SEED);
    System.out.println("Fuzzing definitions' bytes with -D" + SEED_PROPERTY + "=" + seed);
    Random random = new Random(seed);
    List<String> examples = examples();
    for (int i = 0; i < TEXTS / 10; i++) {
      byte[] bytes = examples.get(random.nextInt(examples.size())).getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }

      Told.assertSound(DefinitionReader.read(bytes));
    }
  }

  private static DefinitionReading read(String text, long seed) {
    try {
      DefinitionReading reading = DefinitionReader.read(text);
      Told.assertSound(reading);
      assertThat(DefinitionReader.read(text)).isEqualTo(reading);
      return reading;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("Expected no exception, but with seed " + seed + ": " + text, e);
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int changes = random.nextInt(4); changes >= 0 && mutated.length() > 0; changes--) {
      int at = random.nextInt(mutated.length());
      int end = Math.min(mutated.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> mutated.setLength(at);
        case 1 -> mutated.delete(at, end);
        case 2 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> mutated.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        case 4 -> mutated.insert(at, mutated.substring(at, end));
        default -> replaceAValue(mutated, at, random);
      }
    }
    return mutated.toString();
  }

  /** Keeps the text JSON, so that more than its syntax is tried. */
  private static void replaceAValue(StringBuilder text, int from, Random random) {
    int start = text.indexOf("\"", from);
    int end = start < 0 ? -1 : text.indexOf("\"", start + 1);
    if (end > 0) {
      List<String> values =
          List.of("null", "7", "-0.5", "\"\"", "\"x\"", "[]", "{}", "[{}]", "\"a__b\"", "false");
      text.replace(start, end + 1, values.get(random.nextInt(values.size())));
    }
  }

  private static List<String> examples() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }
}

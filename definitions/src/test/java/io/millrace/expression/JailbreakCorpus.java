package io.millrace.expression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The attempts in {@code jailbreak/*.txt}: a line each, {@code id CODE expression}. {@code
 * <<100*text>>} stands for the text a hundred times; {@code #} begins a comment line.
 */
public final class JailbreakCorpus {
  private static final Path FOLDER = Path.of("src/test/resources/jailbreak");
  private static final Pattern REPEATED = Pattern.compile("<<(\\d+)\\*(.*?)>>");

  private JailbreakCorpus() {}

  /**
   * One attempt.
   *
   * @param code what it must end with
   */
  public record Attempt(String id, FailureCode code, String expression) {
    @Override
    public String toString() {
      return id + " " + code;
    }
  }

  /** All attempts, by file and line. */
  public static List<Attempt> attempts() {
    List<Attempt> attempts = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank() && !line.startsWith("#")) {
            attempts.add(attempt(line));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return attempts;
  }

  private static Attempt attempt(String line) {
    String[] parts = line.split("\\s+", 3);
    String expression =
        REPEATED
            .matcher(parts[2])
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        found.group(2).repeat(Integer.parseInt(found.group(1)))));
    return new Attempt(parts[0], FailureCode.valueOf(parts[1]), expression);
  }
}

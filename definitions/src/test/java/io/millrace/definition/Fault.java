package io.millrace.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of the index {@code faults.tsv}: a definition with one deliberate fault, marked with
 * {@code «} as {@link Told} does, and what must be told of it.
 *
 * @param file without its ending
 * @param message a part of it
 */
record Fault(
    String file, Problem.Severity severity, ProblemCode code, String path, String message) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "faults");
  private static final String INDEX = "faults.tsv";

  static List<Fault> all() {
    try (Stream<String> lines = Files.lines(FOLDER.resolve(INDEX))) {
      return lines.skip(1).map(line -> of(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files that are there. */
  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(INDEX))
          .toList();
    }
  }

  String marked() throws IOException {
    return Files.readString(FOLDER.resolve(fileName()));
  }

  /** With the ending of the form that it is written in. */
  String fileName() {
    String json = file + ".json";
    return Files.exists(FOLDER.resolve(json)) ? json : file + ".yaml";
  }

  private static Fault of(String[] cells) {
    return new Fault(
        cells[0],
        Problem.Severity.valueOf(cells[1]),
        ProblemCode.valueOf(cells[2]),
        cells[3],
        cells[4]);
  }

  @Override
  public String toString() {
    return file;
  }
}

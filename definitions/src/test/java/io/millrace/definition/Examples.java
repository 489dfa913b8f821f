package io.millrace.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The definitions of the repository that are valid, in either form. */
final class Examples {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("examples"),
          Path.of("schemas", "examples", "definition"),
          Path.of("schemas", "examples", "definition-yaml"));

  private Examples() {}

  /** With those of {@code more} folders; sorted, so that a seed always means the same. */
  static List<Path> files(Path... more) throws IOException {
    List<Path> folders = new ArrayList<>(FOLDERS);
    folders.addAll(List.of(more));
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> inside = Files.list(folder)) {
        inside.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    return files;
  }
}

package io.millrace.worker.example.retail;

import io.millrace.protocol.Task;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the steps of one run leave files for each other.
 *
 * <p>A file appears complete or not at all: it is written under another name, of this attempt
 * alone, and renamed. A step that is run again writes the same once more.
 */
final class Staging {
  private final Path folder;
  private final String attempt;

  /** Writes the lines of a file. */
  interface Lines {
    void writeTo(LineWriter out) throws IOException, InterruptedException;
  }

  /** Takes the fields of one line. */
  interface LineWriter {
    void line(Object... fields) throws IOException;
  }

  private Staging(Path folder, String attempt) {
    this.folder = folder;
    this.attempt = attempt;
  }

  static Staging of(Path root, Task task, long year) throws IOException {
    String run = task.runUuid().replaceAll("[^A-Za-z0-9._-]", "_");
    Path folder = root.resolve(run).resolve(Long.toString(year));
    Files.createDirectories(folder);
    return new Staging(folder, task.stepId() + "-" + task.attempt());
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  void write(String name, Lines lines) throws IOException, InterruptedException {
    Path unfinished = folder.resolve(name + "." + attempt + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
      lines.writeTo(
          fields -> {
            for (int i = 0; i < fields.length; i++) {
              if (i > 0) {
                out.write(',');
              }
              out.write(String.valueOf(fields[i]));
            }
            out.write('\n');
          });
    }
    Files.move(
        unfinished,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The lines of a file, split into fields. Close it. */
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  Stream<List<String>> read(String name) throws IOException {
    return Files.lines(folder.resolve(name)).map(line -> List.of(line.split(",", -1)));
  }
}

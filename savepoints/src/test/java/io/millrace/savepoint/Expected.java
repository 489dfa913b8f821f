package io.millrace.savepoint;

import io.millrace.protocol.ProtocolJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code scripts/record-savepoint} wrote down beside a savepoint.
 *
 * @param queue of all worker steps
 * @param runs which were in the state, and how each stood
 * @param tasksOut dispatch ids of the tasks that nobody had answered
 * @param recordedAt epoch millis
 * @param offsets how many records each input held, by the input's name
 * @param epoch of the timeline
 * @param sequences the last of each address on the timeline
 */
record Expected(
    String queue,
    Map<String, Standing> runs,
    List<String> tasksOut,
    long recordedAt,
    Map<String, Long> offsets,
    long epoch,
    Map<String, Long> sequences) {
  private static final String FILE = "expected.json";

  /** How a run stood. */
  enum Standing {
    QUEUED,
    TASK_OUT,
    SLEEPING,
    RETRYING,
    ENDED
  }

  static Expected in(Path folder) throws IOException {
    return ProtocolJson.read(Files.readAllBytes(folder.resolve(FILE)), Expected.class)
        .value()
        .orElseThrow(() -> new AssertionError("Expected " + folder + " to hold a sound " + FILE));
  }
}

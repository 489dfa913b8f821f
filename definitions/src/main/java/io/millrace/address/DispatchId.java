package io.millrace.address;

import java.util.Optional;

/**
 * What names a task given to a worker: the attempt, and a hash of the run's uuid and the task's
 * body, as {@code workflow/7:1/extract@2#0123456789abcdef}.
 *
 * <p>After a crash instance numbers may be handed out anew to other starts. The hash makes two
 * tasks equal only if run and body are, so that a worker's remembered answer can never be taken for
 * another run's, and a late report changes nothing (spec: decisions, run identity).
 */
public record DispatchId(AttemptAddress attempt, String hash) {

  /** Reads the text form; empty if the text is not a dispatch id. */
  public static Optional<DispatchId> parse(String text) {
    int mark = text.lastIndexOf('#');
    if (mark < 0 || mark == text.length() - 1) {
      return Optional.empty();
    }
    return AttemptAddress.parse(text.substring(0, mark))
        .map(attempt -> new DispatchId(attempt, text.substring(mark + 1)));
  }

  @Override
  public String toString() {
    return attempt + "#" + hash;
  }
}

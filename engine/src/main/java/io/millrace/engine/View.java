package io.millrace.engine;

import java.util.Optional;

/**
 * A machine's own state, to be read only. Lazy: what is not asked for is not read, so an event
 * costs what it touches and not what the machine holds.
 */
public interface View {
  /** Empty: the machine does not exist (yet, or any more). */
  Optional<Envelope> envelope();

  /**
   * The document under {@code key}.
   *
   * @throws UnreadableDocument if its bytes cannot be understood; a bug, fenced off like any other
   */
  Optional<Document> document(String key);
}

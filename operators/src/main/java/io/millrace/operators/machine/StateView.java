package io.millrace.operators.machine;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.View;
import io.millrace.operators.state.StoredDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the current key for the length of one turn: each document is read at most once, only
 * if it is asked for, and not from the state backend if it is in the cache.
 *
 * <p>A failure of the state backend is not a bug of the machine. It is remembered, so that nobody
 * on the way, who catches what he takes for a bug, can make it go away: {@link #requireSound} after
 * the decision throws it again.
 */
final class StateView implements View {
  private final MachineState state;
  private final DocumentCache cache;
  private final String machine;
  private final Map<String, Optional<StoredDocument>> read = new HashMap<>();
  private boolean headerRead;
  private @Nullable Envelope header;
  private @Nullable Exception failure;

  StateView(MachineState state, DocumentCache cache, String machine) {
    this.state = state;
    this.cache = cache;
    this.machine = machine;
  }

  @Override
  public Optional<Envelope> envelope() {
    if (!headerRead) {
      header = fromBackend(() -> state.header().value());
      headerRead = true;
    }
    return Optional.ofNullable(header);
  }

  @Override
  public Optional<Document> document(String key) {
    Optional<StoredDocument> known = read.get(key);
    if (known == null) {
      known = cache.get(machine, key);
      if (known.isEmpty()) {
        known = Optional.ofNullable(fromBackend(() -> state.documents().get(key)));
        known.ifPresent(found -> cache.put(machine, key, found));
      }
      read.put(key, known);
    }
    return known.map(StoredDocument::document);
  }

  /** Throws what the state backend threw, if it did. */
  void requireSound() throws Exception {
    if (failure != null) {
      throw failure;
    }
  }

  private <T> @Nullable T fromBackend(Access<T> access) {
    try {
      return access.read();
    } catch (Exception broken) {
      failure = broken;
      throw new IllegalStateException("The state backend failed.", broken);
    }
  }

  /** One look into the state backend. */
  private interface Access<T> {
    @Nullable T read() throws Exception;
  }
}

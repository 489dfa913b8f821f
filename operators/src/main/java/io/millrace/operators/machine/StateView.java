package io.millrace.operators.machine;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.View;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the current key for the length of one turn: header and far documents are read at
 * most once, only if they are asked for, and not from the state backend if they are in the cache.
 *
 * <p>A failure of the state backend is not a bug of the machine. It is remembered, so that nobody
 * on the way, who catches what he takes for a bug, can make it go away: {@link #requireSound} after
 * the decision throws it again.
 */
final class StateView implements View {
  private final MachineState state;
  private final MachineCache cache;
  private final String machine;
  private final Map<String, Optional<StoredDocument>> read = new HashMap<>();
  private boolean headerRead;
  private @Nullable Header header;
  private @Nullable Exception failure;

  StateView(MachineState state, MachineCache cache, String machine) {
    this.state = state;
    this.cache = cache;
    this.machine = machine;
  }

  /** Whose state it is. */
  String machine() {
    return machine;
  }

  @Override
  public Optional<Envelope> envelope() {
    return header().map(Header::envelope);
  }

  /** Empty: the machine does not exist. */
  Optional<Header> header() {
    if (!headerRead) {
      Optional<Header> kept = cache.header(machine);
      header = kept.isPresent() ? kept.get() : storedHeader();
      headerRead = true;
    }
    return Optional.ofNullable(header);
  }

  private @Nullable Header storedHeader() {
    Header stored = fromBackend(() -> state.header().value());
    if (stored != null) {
      cache.putHeader(machine, stored);
    }
    return stored;
  }

  @Override
  public Optional<Document> document(String key) {
    return header().flatMap(known -> document(known, key)).map(StoredDocument::document);
  }

  private Optional<StoredDocument> document(Header known, String key) {
    StoredDocument near = known.near().get(key);
    if (near != null) {
      return Optional.of(near);
    }
    return known.far() ? read.computeIfAbsent(key, this::farDocument) : Optional.empty();
  }

  private Optional<StoredDocument> farDocument(String key) {
    Optional<StoredDocument> kept = cache.get(machine, key);
    if (kept.isPresent()) {
      return kept;
    }
    Optional<StoredDocument> stored =
        Optional.ofNullable(fromBackend(() -> state.documents().get(key)));
    stored.ifPresent(found -> cache.put(machine, key, found));
    return stored;
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

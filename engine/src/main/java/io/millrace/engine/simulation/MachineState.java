package io.millrace.engine.simulation;

import io.millrace.engine.Change;
import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.View;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one machine remembers, in memory. */
public final class MachineState implements View {
  private final SortedMap<String, Document> documents = new TreeMap<>();
  private @Nullable Envelope envelope;

  @Override
  public Optional<Envelope> envelope() {
    return Optional.ofNullable(envelope);
  }

  @Override
  public Optional<Document> document(String key) {
    return Optional.ofNullable(documents.get(key));
  }

  /** All documents by key. */
  public Map<String, Document> documents() {
    return Collections.unmodifiableMap(documents);
  }

  /** Nothing is remembered. */
  public boolean isEmpty() {
    return envelope == null && documents.isEmpty();
  }

  void store(List<Change> changes) {
    Writer writer = new Writer();
    changes.forEach(change -> change.accept(writer));
  }

  private final class Writer implements Change.Cases<Boolean> {
    @Override
    public Boolean putEnvelope(Change.PutEnvelope change) {
      envelope = change.envelope();
      return true;
    }

    @Override
    public Boolean put(Change.Put change) {
      documents.put(change.key(), change.document());
      return true;
    }

    @Override
    public Boolean remove(Change.Remove change) {
      documents.remove(change.key());
      return true;
    }

    @Override
    public Boolean forget(Change.Forget change) {
      envelope = null;
      documents.clear();
      return true;
    }
  }
}

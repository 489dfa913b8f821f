package io.millrace.engine.simulation;

import io.millrace.engine.Change;
import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.UnreadableDocument;
import io.millrace.engine.View;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one machine remembers. */
final class Memory {
  private final SortedMap<String, Document> documents = new TreeMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private final Cases cases = new Cases();
  private final Reload reload;
  private @Nullable Envelope envelope;

  Memory(Reload reload) {
    this.reload = reload;
  }

  Optional<Envelope> envelope() {
    return Optional.ofNullable(envelope);
  }

  SortedMap<String, Document> documents() {
    return documents;
  }

  boolean isEmpty() {
    return envelope == null && documents.isEmpty();
  }

  /** From now on nobody can read the document, until it is written again. */
  void spoil(String key) {
    unreadable.add(key);
  }

  /** The state as it is now: records are immutable, so a copy of the map is a reload. */
  View copy() {
    return view(envelope(), Map.copyOf(documents), Set.copyOf(unreadable));
  }

  /** The state itself, for who reads it before it changes. */
  View live() {
    return view(envelope(), documents, unreadable);
  }

  /** What a turn asks for is reloaded for it alone: what it would change in place is lost. */
  private View view(
      Optional<Envelope> header, Map<String, Document> documents, Set<String> unreadable) {
    return new View() {
      @Override
      public Optional<Envelope> envelope() {
        return header.map(reload::envelope);
      }

      @Override
      public Optional<Document> document(String key) {
        if (unreadable.contains(key)) {
          throw new UnreadableDocument(
              "Expected the document '" + key + "' to be readable, but it was spoilt.",
              new IllegalStateException("spoilt"));
        }
        return Optional.ofNullable(documents.get(key)).map(reload::document);
      }
    };
  }

  void store(List<Change> changes) {
    changes.forEach(change -> change.accept(cases));
  }

  /** What a visit gives back that has nothing to say. */
  private enum Done {
    DONE
  }

  private final class Cases implements Change.Cases<Done> {
    @Override
    public Done putEnvelope(Change.PutEnvelope change) {
      envelope = reload.envelope(change.envelope());
      return Done.DONE;
    }

    @Override
    public Done put(Change.Put change) {
      documents.put(change.key(), reload.document(change.document()));
      unreadable.remove(change.key());
      return Done.DONE;
    }

    @Override
    public Done remove(Change.Remove change) {
      documents.remove(change.key());
      unreadable.remove(change.key());
      return Done.DONE;
    }

    @Override
    public Done forget(Change.Forget change) {
      envelope = null;
      documents.clear();
      unreadable.clear();
      return Done.DONE;
    }
  }
}

package io.millrace.operators.machine;

import io.millrace.engine.Change;
import io.millrace.operators.state.StoredDocument;
import java.util.List;

/**
 * Stores the changes of a complete decision under the current key, and in the cache.
 *
 * <p>What fails here is the state backend: it fails the job, and the last checkpoint holds none of
 * the decision.
 */
final class StateWriter {
  private final MachineState state;
  private final DocumentCache cache;

  StateWriter(MachineState state, DocumentCache cache) {
    this.state = state;
    this.cache = cache;
  }

  void store(String machine, List<Change> changes) throws Exception {
    Cases cases = new Cases(machine);
    for (Change change : changes) {
      change.accept(cases).write();
    }
  }

  /** A visit cannot throw what the state backend throws, so it only says what to write. */
  private interface Write {
    void write() throws Exception;
  }

  private final class Cases implements Change.Cases<Write> {
    private final String machine;

    Cases(String machine) {
      this.machine = machine;
    }

    @Override
    public Write putEnvelope(Change.PutEnvelope change) {
      return () -> state.header().update(change.envelope());
    }

    @Override
    public Write put(Change.Put change) {
      return () -> {
        StoredDocument document = StoredDocument.of(change.document());
        state.documents().put(change.key(), document);
        cache.put(machine, change.key(), document);
      };
    }

    @Override
    public Write remove(Change.Remove change) {
      return () -> {
        state.documents().remove(change.key());
        cache.remove(machine, change.key());
      };
    }

    @Override
    public Write forget(Change.Forget change) {
      return () -> {
        state.header().clear();
        state.documents().clear();
        cache.forget(machine);
      };
    }
  }
}

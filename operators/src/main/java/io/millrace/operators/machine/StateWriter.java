package io.millrace.operators.machine;

import io.millrace.engine.Change;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.List;
import java.util.Optional;

/**
 * Stores the changes of a complete decision under the current key, and in the cache.
 *
 * <p>What fails here is the state backend: it fails the job, and the last checkpoint holds none of
 * the decision.
 */
final class StateWriter {
  private final MachineState state;
  private final MachineCache cache;

  StateWriter(MachineState state, MachineCache cache) {
    this.state = state;
    this.cache = cache;
  }

  /** Stores {@code changes} of the machine that {@code before} shows as it was. */
  void store(StateView before, List<Change> changes) throws Exception {
    Cases cases = new Cases(before);
    for (Change change : changes) {
      change.accept(cases).write();
    }
    cases.writeHeader();
  }

  /** A visit cannot throw what the state backend throws, so it only says what to write. */
  private interface Write {
    void write() throws Exception;
  }

  private final class Cases implements Change.Cases<Write> {
    private final String machine;
    private final HeaderDraft header;

    Cases(StateView before) {
      this.machine = before.machine();
      this.header = new HeaderDraft(before.header());
    }

    @Override
    public Write putEnvelope(Change.PutEnvelope change) {
      return () -> header.envelope(change.envelope());
    }

    @Override
    public Write put(Change.Put change) {
      return () -> {
        StoredDocument document = StoredDocument.of(change.document());
        if (header.put(change.key(), document)) {
          cache.remove(machine, change.key());
        } else {
          state.documents().put(change.key(), document);
          cache.put(machine, change.key(), document);
        }
      };
    }

    @Override
    public Write remove(Change.Remove change) {
      return () -> {
        if (header.remove(change.key())) {
          state.documents().remove(change.key());
          cache.remove(machine, change.key());
        }
      };
    }

    @Override
    public Write forget(Change.Forget change) {
      return () -> {
        state.header().clear();
        if (header.far()) {
          state.documents().clear();
        }
        cache.forget(machine);
      };
    }

    void writeHeader() throws Exception {
      Optional<Header> next = header.toWrite();
      if (next.isPresent()) {
        state.header().update(next.get());
        cache.putHeader(machine, next.get());
      }
    }
  }
}

package io.millrace.operators.machine;

import io.millrace.operators.state.StoredDocument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents of the machines that were last at work, decoded. The parent of a large loop takes a
 * turn for each iteration, and without this most of a turn is to read and decode what the turn
 * before has written.
 *
 * <p>What must stay true: whoever writes a machine's state also writes here. One subtask alone
 * works on a key, a restored job begins with an empty cache, and a turn that fails after its first
 * write fails the job, so nothing here can be other than what the state backend has.
 */
final class DocumentCache {
  /**
   * Stored bytes of all documents that are kept, at the most; the machines longest idle go first.
   */
  static final long MAX_BYTES = 4L << 20;

  /** What a document counts beside its bytes. */
  private static final long OVERHEAD_BYTES = 256;

  private final long maxBytes;
  private final LinkedHashMap<String, Machine> machines = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  DocumentCache() {
    this(MAX_BYTES);
  }

  DocumentCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A document, and what it counted when it came. */
  private record Kept(StoredDocument document, long bytes) {}

  /** One machine's documents. */
  private static final class Machine {
    private final Map<String, Kept> documents = new HashMap<>();
    private long bytes;
  }

  Optional<StoredDocument> get(String machine, String key) {
    Machine known = machines.get(machine);
    return known == null
        ? Optional.empty()
        : Optional.ofNullable(known.documents.get(key)).map(Kept::document);
  }

  /** A document as the state backend has it now. */
  void put(String machine, String key, StoredDocument document) {
    Machine known = machines.computeIfAbsent(machine, unknown -> new Machine());
    Kept kept = new Kept(document, document.size() + key.length() + OVERHEAD_BYTES);
    count(known, kept.bytes());
    drop(known, known.documents.put(key, kept));
    while (bytes > maxBytes) {
      forget(machines.keySet().iterator().next());
    }
  }

  void remove(String machine, String key) {
    Machine known = machines.get(machine);
    if (known != null) {
      drop(known, known.documents.remove(key));
    }
  }

  void forget(String machine) {
    Machine known = machines.remove(machine);
    if (known != null) {
      bytes -= known.bytes;
    }
  }

  private void drop(Machine machine, @Nullable Kept kept) {
    if (kept != null) {
      count(machine, -kept.bytes());
    }
  }

  private void count(Machine machine, long more) {
    machine.bytes += more;
    bytes += more;
  }

  /** Bytes that count now. */
  long bytes() {
    return bytes;
  }
}

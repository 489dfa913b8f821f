package io.millrace.operators.machine;

import io.millrace.engine.Envelope;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Headers and documents of the machines that were last at work, decoded. The parent of a large loop
 * takes a turn for each iteration and a workflow one for each run that ends, and without this most
 * of a turn is to read and decode what the turn before has written.
 *
 * <p>What must stay true: whoever writes a machine's state also writes here. One subtask alone
 * works on a key, a restored job begins with an empty cache, and a turn that fails after its first
 * write fails the job, so nothing here can be other than what the state backend has.
 */
final class MachineCache {
  /**
   * Stored bytes of all that is kept, at the most, envelopes by estimate; the machines longest idle
   * go first.
   */
  static final long MAX_BYTES = 4L << 20;

  /** What a document counts beside its bytes. */
  private static final long OVERHEAD_BYTES = 256;

  /** What a machine with an envelope counts beside its documents, and each open task and timer. */
  private static final long ENVELOPE_BYTES = 512;

  private static final long ENVELOPE_ENTRY_BYTES = 128;

  private final long maxBytes;
  private final LinkedHashMap<String, Machine> machines = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  MachineCache() {
    this(MAX_BYTES);
  }

  MachineCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A document, and what it counted when it came. */
  private record Kept(StoredDocument document, long bytes) {}

  /** What is kept of one machine. */
  private static final class Machine {
    private final Map<String, Kept> documents = new HashMap<>();
    private @Nullable Header header;
    private long headerBytes;
    private long bytes;
  }

  Optional<Header> header(String machine) {
    Machine known = machines.get(machine);
    return known == null ? Optional.empty() : Optional.ofNullable(known.header);
  }

  /** A machine's header as the state backend has it now. */
  void putHeader(String machine, Header header) {
    Machine known = machines.computeIfAbsent(machine, unknown -> new Machine());
    long counts = counted(header);
    count(known, counts - known.headerBytes);
    known.header = header;
    known.headerBytes = counts;
    makeRoom();
  }

  private static long counted(Header header) {
    Envelope envelope = header.envelope();
    int timers = envelope.timers() == null ? 0 : envelope.timers().at().size();
    return ENVELOPE_BYTES
        + ENVELOPE_ENTRY_BYTES * (envelope.openTasks().size() + timers)
        + OVERHEAD_BYTES * header.near().size()
        + header.nearBytes();
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
    makeRoom();
  }

  private void makeRoom() {
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

package io.millrace.operators.machine;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StoredDocument;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The header of a machine as a decision leaves it: which documents are near, and which are not. */
final class HeaderDraft {
  private final Map<String, StoredDocument> near = new TreeMap<>();
  private @Nullable Envelope envelope;
  private int nearBytes;
  private boolean far;
  private boolean changed;

  /** Empty: of a machine that does not exist yet. */
  HeaderDraft(Optional<Header> before) {
    before.ifPresent(
        header -> {
          near.putAll(header.near());
          nearBytes = header.nearBytes();
          envelope = header.envelope();
          far = header.far();
        });
  }

  void envelope(Envelope next) {
    envelope = next;
    changed = true;
  }

  /** Whether the document is near from now on; if not, it is to be put beside the header. */
  boolean put(String key, StoredDocument document) {
    changed |= drop(key);
    if (!mayBeNear(document)) {
      changed |= !far;
      far = true;
      return false;
    }
    near.put(key, document);
    nearBytes += document.size();
    changed = true;
    return true;
  }

  private boolean mayBeNear(StoredDocument document) {
    return envelope != null
        && !(document.document() instanceof Document.OneOfMany)
        && document.size() <= Header.MAX_NEAR_DOCUMENT_BYTES
        && nearBytes + document.size() <= Header.MAX_NEAR_BYTES;
  }

  /** Whether there may be a document of that key beside the header, which has to go too. */
  boolean remove(String key) {
    changed |= drop(key);
    return far;
  }

  /** Whether there may be documents beside the header. */
  boolean far() {
    return far;
  }

  private boolean drop(String key) {
    StoredDocument old = near.remove(key);
    if (old == null) {
      return false;
    }
    nearBytes -= old.size();
    return true;
  }

  /** Empty: it is as it was before. */
  Optional<Header> toWrite() {
    return changed && envelope != null
        ? Optional.of(new Header(envelope, near, far))
        : Optional.empty();
  }
}

package io.millrace.operators.state;

import io.millrace.engine.Envelope;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is read and written in every turn of a machine: its envelope, and with it those of its
 * documents that are small and of which there are few. Most runs have few steps and nothing else,
 * so a turn of theirs reads one entry of the state backend and writes one, and their end is one
 * entry that is taken away.
 *
 * <p>What must stay true: a near document is the document, whatever the state backend has under its
 * key beside the header. Immutable.
 *
 * @param near documents by key
 * @param far whether there may be documents beside the header
 */
public record Header(Envelope envelope, Map<String, StoredDocument> near, boolean far) {
  /** Bytes of a document that is near, at the most. */
  public static final int MAX_NEAR_DOCUMENT_BYTES = 512;

  /**
   * Bytes of all near documents of a machine, at the most: each turn writes all of them again, so
   * more would cost a long run more than the entries it saves.
   */
  public static final int MAX_NEAR_BYTES = 2 << 10;

  public Header {
    near = Collections.unmodifiableMap(new TreeMap<>(near));
  }

  /** Of a machine that has no documents yet. */
  public static Header of(Envelope envelope) {
    return new Header(envelope, Map.of(), false);
  }

  /** Bytes of all near documents. */
  public int nearBytes() {
    int bytes = 0;
    for (StoredDocument document : near.values()) {
      bytes += document.bytes().length;
    }
    return bytes;
  }
}

package io.millrace.operators.state;

import io.millrace.engine.Document;
import io.millrace.engine.UnreadableDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document as the state backend holds it: its bytes until somebody asks for the document, or the
 * document until somebody asks for its bytes; both afterwards.
 *
 * <p>The backend reads and writes bytes only and never understands them, so a document that cannot
 * be decoded fails the one turn that asks for it, and no checkpoint, restore or neighbour.
 * Immutable as far as anyone can see.
 */
public final class StoredDocument {
  /** Encoded once; a race with a checkpoint's thread, which only reads, is harmless. */
  private byte @Nullable [] bytes;

  /** Decoded once; likewise. */
  private @Nullable Document document;

  private StoredDocument(byte @Nullable [] bytes, @Nullable Document document) {
    this.bytes = bytes;
    this.document = document;
  }

  public static StoredDocument of(Document document) {
    return new StoredDocument(null, document);
  }

  /** What was read from the state backend; the array is not copied. */
  public static StoredDocument ofBytes(byte[] bytes) {
    return new StoredDocument(bytes, null);
  }

  /**
   * The document.
   *
   * @throws UnreadableDocument if its bytes cannot be understood
   */
  public Document document() {
    Document known = document;
    if (known == null) {
      if (bytes == null) {
        throw new IllegalStateException("Expected bytes or a document, but there is neither.");
      }
      known = StoredCodec.DOCUMENTS.decode(bytes);
      document = known;
    }
    return known;
  }

  byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = StoredCodec.DOCUMENTS.encode(document());
      bytes = known;
    }
    return known;
  }

  /** Its length in bytes. */
  public int size() {
    return bytes().length;
  }
}

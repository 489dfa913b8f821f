package io.millrace.engine;

/** A stored document whose bytes cannot be understood. */
public final class UnreadableDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableDocument(String message, Throwable cause) {
    super(message, cause);
  }
}

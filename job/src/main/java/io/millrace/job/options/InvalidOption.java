package io.millrace.job.options;

/** An option that does not exist, or whose value cannot be used; the message is for its author. */
public final class InvalidOption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidOption(String message) {
    super(message);
  }
}

package io.millrace.cli;

/** The system could not be reached or did not answer; the message says what to look at. */
final class NotReached extends Exception {
  private static final long serialVersionUID = 1L;

  NotReached(String message) {
    super(message);
  }

  NotReached(String message, Throwable cause) {
    super(message, cause);
  }
}

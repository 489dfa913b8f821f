package io.millrace.cli;

/** The exit statuses, part of the command's interface. */
final class ExitStatus {
  /** What was asked for is done. */
  static final int DONE = 0;

  /** The answer is no: invalid, refused, or a run that did not succeed. */
  static final int NO = 1;

  /** The command was not understood. */
  static final int USAGE = 2;

  /** The system could not be reached, or did not answer in time. */
  static final int NOT_REACHED = 3;

  private ExitStatus() {}
}

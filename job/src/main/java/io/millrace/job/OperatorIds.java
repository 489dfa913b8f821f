package io.millrace.job;

/**
 * The uids of all operators, which are their names too. Savepoints hang on them: a uid never
 * changes, and one that is given up is never used again.
 */
final class OperatorIds {
  /** The loop: its sink is {@code machines-feedback}. */
  static final String MACHINES = "machines";

  static final String OUTBOX = "outbox";
  static final String TIMELINE = "timeline";
  static final String REFUSALS = "refusals";

  private OperatorIds() {}

  /** The source of an input topic, named without the prefix, as that may differ. */
  static String source(String input) {
    return input + "-source";
  }

  /** Parts what was decoded from what was refused. */
  static String decoded(String input) {
    return input + "-decoded";
  }
}

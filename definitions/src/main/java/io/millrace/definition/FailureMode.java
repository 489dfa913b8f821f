package io.millrace.definition;

/** What a fatal failure of a step does to its run (Maestro semantics 2.12). */
public enum FailureMode {
  /** Independent branches go on to their end, then the run is FAILED. The default. */
  FAIL_AFTER_RUNNING,
  /** Every incomplete step of the run is stopped. */
  FAIL_IMMEDIATELY,
  /** The step becomes COMPLETED_WITH_ERROR and its successors go on. */
  IGNORE_FAILURE
}

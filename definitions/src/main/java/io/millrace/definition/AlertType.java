package io.millrace.definition;

/** What people can be told of (Maestro semantics 1.2). */
public enum AlertType {
  STEP_FAILURE,
  /** The target completion time has passed. */
  TCT_VIOLATION,
  LONG_RUNNING,
  DEPENDENCY_LATE,
  BREAKPOINT_HIT,
  DEFINITION_CHANGE,
  RUN_SUCCESS,
  SUCCESS_WITHIN
}

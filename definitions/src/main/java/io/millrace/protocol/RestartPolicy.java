package io.millrace.protocol;

/** What of an instance runs again when it is restarted (Maestro semantics 9.2). */
public enum RestartPolicy {
  /** All of it. */
  FROM_BEGINNING,
  /** What is not complete, and what follows it. */
  FROM_INCOMPLETE,
  /** The step that is named, and what follows it. */
  FROM_SPECIFIC
}

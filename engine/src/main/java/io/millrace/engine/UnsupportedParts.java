package io.millrace.engine;

/** What is done with parts of a valid definition that this release cannot run. */
public enum UnsupportedParts {
  /** The push is refused: a running system promises all that it takes. */
  REFUSE,
  /** The push is taken and runs without them: a simulation shows what there is. */
  LEAVE_OUT
}

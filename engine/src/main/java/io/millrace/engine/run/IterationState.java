package io.millrace.engine.run;

import io.millrace.protocol.RunStatus;

/** What an iteration of a loop is, as one letter of its chunk. */
enum IterationState {
  /** Never launched since the loop began anew. */
  OPEN('.'),
  /** The same, but what an earlier run of it left is still kept, as that did not succeed. */
  OPEN_AGAIN('o'),
  RUNNING('R'),
  SUCCEEDED('S'),
  FAILED('F'),
  TIMED_OUT('T'),
  STOPPED('X');

  private final char letter;

  IterationState(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }

  /** Whether it is yet to be launched. */
  boolean isOpen() {
    return this == OPEN || this == OPEN_AGAIN;
  }

  /** Whether its latest run has ended. */
  boolean hasEnded() {
    return !isOpen() && this != RUNNING;
  }

  /** What it is when it counts no more and is to be launched again. */
  IterationState again() {
    return this == OPEN || this == SUCCEEDED ? OPEN : OPEN_AGAIN;
  }

  static IterationState of(char letter) {
    for (IterationState state : values()) {
      if (state.letter == letter) {
        return state;
      }
    }
    throw new IllegalStateException("Expected a letter of an iteration, but got '" + letter + "'.");
  }

  /** What the end of a run makes of it. */
  static IterationState ended(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> SUCCEEDED;
      case TIMED_OUT -> TIMED_OUT;
      case STOPPED -> STOPPED;
      case FAILED, CREATED, IN_PROGRESS, PAUSED -> FAILED;
    };
  }

  /** The status of the run it ended with. */
  RunStatus status() {
    return switch (this) {
      case SUCCEEDED -> RunStatus.SUCCEEDED;
      case FAILED -> RunStatus.FAILED;
      case TIMED_OUT -> RunStatus.TIMED_OUT;
      case STOPPED -> RunStatus.STOPPED;
      case OPEN, OPEN_AGAIN -> RunStatus.CREATED;
      case RUNNING -> RunStatus.IN_PROGRESS;
    };
  }
}

package io.millrace.engine.run;

import io.millrace.protocol.RunStatus;

/** What an iteration of a loop is, as one letter of its chunk. */
enum IterationState {
  /** Never launched since the loop began anew. */
  OPEN('.'),
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

  /** Whether its latest run has ended, and not well. */
  boolean isIncomplete() {
    return this == FAILED || this == TIMED_OUT || this == STOPPED;
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
      case OPEN -> RunStatus.CREATED;
      case RUNNING -> RunStatus.IN_PROGRESS;
    };
  }
}

package io.millrace.expression.run;

/** A statement made ready; like {@link Node} it holds no state. */
abstract class Step {
  /** Leaves its value, if it has one, in {@link Frame#value}. */
  abstract Completion run(Frame frame);

  /** How a statement ended. */
  enum Completion {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }
}

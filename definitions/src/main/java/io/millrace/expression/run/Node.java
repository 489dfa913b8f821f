package io.millrace.expression.run;

import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;

/** An expression made ready: holds no state, so that any number of threads may run it. */
abstract class Node {
  final Position at;
  final Type type;

  /**
   * @param type what it gives as far as that is known without running it
   */
  Node(Position at, Type type) {
    this.at = at;
    this.type = type;
  }

  /** Gives its value, or fails with {@link io.millrace.expression.Failed}. */
  abstract Value run(Frame frame);

  /** Whether it is known to fail, so that what follows from it needs no finding of its own. */
  boolean isRefused() {
    return false;
  }
}

package io.millrace.expression.library;

import io.millrace.expression.Meter;
import java.util.UUID;

/** What a library method may use besides receiver and arguments. */
public interface CallContext {
  /** To be asked before anything is made or anything long is done. */
  Meter meter();

  /** Epoch millis. */
  long now();

  /** The next random number of this evaluation, from 0 inclusive to 1 exclusive; repeatable. */
  double nextRandom();

  /** The next random UUID of this evaluation; repeatable. */
  UUID nextUuid();
}

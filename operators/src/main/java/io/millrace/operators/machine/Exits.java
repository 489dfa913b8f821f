package io.millrace.operators.machine;

import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;

/** What a turn can do to the world outside its state; open for one turn and one key. */
interface Exits {
  void toLoop(Delivery delivery);

  void toOutbox(Outbox out);

  void toTimeline(Outbox out);

  /** Deletes the timer of the key at {@code previous} and registers one at {@code at}. */
  void moveTimer(long previous, long at);

  void awaitRoom();
}

package io.millrace.engine.simulation;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages on their way; those between the same two machines keep their order. */
final class Mailbox {
  private final List<Letter> waiting = new ArrayList<>();
  private final MessageOrder order;

  Mailbox(MessageOrder order) {
    this.order = order;
  }

  /**
   * One message on its way.
   *
   * @param from null: from outside
   */
  record Letter(@Nullable MachineAddress from, MachineAddress to, Message message) {
    boolean sameWayAs(Letter other) {
      return to.equals(other.to) && from != null && from.equals(other.from);
    }
  }

  void add(Letter letter) {
    waiting.add(letter);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes the next message out. */
  Optional<Letter> take() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    int chosen = order.next(waiting.size());
    for (int earlier = 0; earlier < chosen; earlier++) {
      if (waiting.get(earlier).sameWayAs(waiting.get(chosen))) {
        return Optional.of(waiting.remove(earlier));
      }
    }
    return Optional.of(waiting.remove(chosen));
  }
}

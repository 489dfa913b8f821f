package io.millrace.engine.simulation;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way; those between the same two machines keep their order. Taking the
 * longest waiting one costs the same however many there are.
 */
final class Mailbox {
  private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
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
    return Optional.of(chosen == 0 ? waiting.remove() : takeOutOfTurn(chosen));
  }

  private Letter takeOutOfTurn(int chosen) {
    Letter wanted = waiting.stream().skip(chosen).findFirst().orElseThrow();
    Iterator<Letter> letters = waiting.iterator();
    Letter letter = letters.next();
    for (int passed = 0; passed < chosen && !letter.sameWayAs(wanted); passed++) {
      letter = letters.next();
    }
    letters.remove();
    return letter;
  }
}

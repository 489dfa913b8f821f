package io.millrace.engine.simulation;

/**
 * Which of the waiting messages is delivered next. Whatever it says, messages between the same two
 * machines keep their order, as they do in the loop.
 */
public interface MessageOrder {
  /** One global queue: the longest waiting message first. */
  MessageOrder FIRST_SENT_FIRST = waiting -> 0;

  /**
   * Chooses one of the waiting messages; an earlier one of the same two machines goes before it.
   *
   * @param waiting how many there are, at least 1
   * @return from 0, the longest waiting one, to {@code waiting - 1}
   */
  int next(int waiting);
}

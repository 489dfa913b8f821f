package io.millrace.operators.loop;

import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.runtime.state.KeyedStateFunction;

/** What a {@link LoopFunction} can ask of the loop and do to it, from its own thread only. */
public interface LoopContext<K, T> {

  /**
   * Records that wait in front of this subtask's head: in its channel, taken from it, or put
   * locally. Records that are still on their way through the network are not counted.
   */
  int depth();

  /** The depth below which {@link LoopFunction#onRoom} is called. */
  int roomBound();

  /** When this attempt of the subtask opened: processing time, epoch millis. */
  long openedAt();

  /**
   * Puts a record into the loop that this same subtask will handle, in a later turn. It survives a
   * crash like every other record of the loop. It may overtake, and be overtaken by, records that
   * come through the channel.
   *
   * @throws IllegalArgumentException if the record's key belongs to another subtask
   */
  void putLocal(T record);

  /**
   * Runs over the state of all keys of this subtask, to rebuild after a restore what is kept in
   * memory only. It reads all of them: for {@link LoopFunction#open} and small sets, not for turns.
   */
  <S extends State, V> void forAllKeys(
      StateDescriptor<S, V> descriptor, KeyedStateFunction<K, S> function) throws Exception;
}

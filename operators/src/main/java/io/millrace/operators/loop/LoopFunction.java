package io.millrace.operators.loop;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.MathUtils;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the head of a loop: a keyed function whose records come from the input and from the
 * loop alike. Sends into the loop by the side output that {@link Loop} was given.
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>Records are immutable: a record may be in the log of a running checkpoint while it is
 *       handled.
 *   <li>Processing time only; watermarks do not go round the loop.
 *   <li>{@code onTimer} decides nothing. It puts a record into the loop by {@link
 *       LoopContext#putLocal} and the decision is made when that comes, in a turn.
 *   <li>A timer that many keys may share is registered at {@link #spread}. Flink 2.2.1 fires all
 *       timers of a subtask that carry the same timestamp in a single mail, which nothing can
 *       interrupt, and those of each further timestamp, overdue ones too, in a mail of their own
 *       ({@code InternalTimerServiceImpl.onProcessingTime} stops at the timestamp it was registered
 *       for and registers the next). A million timers of one millisecond, on RocksDB, were one mail
 *       of 2.8 s that did no more than put a million records; their decisions took another second,
 *       in turns.
 * </ul>
 *
 * @param <K> the key
 * @param <T> the records of the loop and of its input
 * @param <OUT> the main output
 */
public abstract class LoopFunction<K, T, OUT> extends KeyedProcessFunction<K, T, OUT> {
  private static final long serialVersionUID = 1L;

  /** Timestamps a spread timer is spread over, in milliseconds; a power of two. */
  static final int SPREAD_MILLIS = 16;

  private transient @Nullable LoopContext<K, T> loop;

  final void enter(LoopContext<K, T> loop) {
    this.loop = loop;
  }

  /** The loop around this function; from {@link #open} on. */
  protected final LoopContext<K, T> loop() {
    if (loop == null) {
      throw new IllegalStateException(
          "Expected the function to be opened by the head of a loop, but it was not.");
    }
    return loop;
  }

  /**
   * A timestamp up to {@value #SPREAD_MILLIS} ms later that depends on the key, so that timers set
   * for one instant do not all fire in one mail. The same for the same key: a timer can be deleted
   * by it.
   */
  protected final long spread(long timestamp, K key) {
    return timestamp + (MathUtils.murmurHash(key.hashCode()) & (SPREAD_MILLIS - 1));
  }

  /**
   * Called at the end of a turn that leaves fewer records waiting than the room bound, and once
   * after opening. No key is set: the only thing to do here is {@link LoopContext#putLocal}, for
   * example a hint to a key that has parked work. It is called often; it must return at once when
   * nothing is parked.
   *
   * <p>Work parked while the loop was deep is always offered again: a deep loop has turns to come,
   * and the one that leaves it shallow ends here. Memory of what is parked is lost in a crash and
   * must be rebuilt in {@code open}.
   */
  public void onRoom(int depth) throws Exception {}
}

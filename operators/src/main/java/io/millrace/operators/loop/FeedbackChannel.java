package io.millrace.operators.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * The back edge of a loop from one sink subtask to the head subtask of the same index: a queue in
 * the memory of the JVM that both share, with one producer thread and one consumer thread.
 *
 * <p>Why nothing is lost and nothing doubled, with aligned barriers: the head opens the log of a
 * checkpoint before its barrier leaves, with all that waits at its own cut; the sink closes it when
 * the barriers of all heads have arrived. Whatever was sent before the cut has then been put, and
 * nothing sent after it has; what was put in between has been remembered. So the log is exactly
 * what is in flight on this edge, in the order of the queue.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The channel is unbounded. A bounded one could deadlock: the head waits for network buffers
 *       that only drain through the sink. Whoever starts work bounds it, see {@link
 *       LoopContext#depth()}.
 *   <li>Several logs may be open at once: a savepoint does not wait for a running checkpoint. Every
 *       put goes to all of them; closing one forgets all older ones, whose barriers can come no
 *       more.
 *   <li>Only the sink closes and drops logs, in its own thread. A head that dropped one on the news
 *       of an abort could race with a sink whose barrier has just been aligned.
 * </ul>
 *
 * <p>A crash: the channel belongs to one attempt in one slot. Both ends take it when they open and
 * give it back when they close; it goes when both have. Counting from one end only would let a late
 * opener of a dead attempt create it anew and leak it. Once the head has left, puts are dropped and
 * no log can be closed any more: the attempt is over, and the next one starts from the log of the
 * last completed checkpoint.
 */
final class FeedbackChannel<T> {

  /** The two ends, each taken at most once. */
  enum End {
    HEAD,
    SINK
  }

  /**
   * What both ends must agree on to meet.
   *
   * @param attempt a restart never sees the records of the attempt before
   * @param allocation the slot: equal only if the two ends are in the same slot, so a co-location
   *     that Flink did not keep shows as two channels with one end each
   */
  record Key(JobID job, String loop, int subtask, int attempt, String allocation) {

    /**
     * @throws IllegalStateException if the runtime does not say in which slot the task is
     */
    static Key of(RuntimeContext context, String loop) {
      TaskInfo task = context.getTaskInfo();
      String allocation = task.getAllocationIDAsString();
      if (allocation == null || allocation.isBlank()) {
        throw new IllegalStateException(
            "Expected task %s to know its slot allocation, but it is empty; loop %s cannot tell whether its ends are co-located."
                .formatted(task.getTaskNameWithSubtasks(), loop));
      }
      return new Key(
          context.getJobInfo().getJobId(),
          loop,
          task.getIndexOfThisSubtask(),
          task.getAttemptNumber(),
          allocation);
    }

    private boolean isSameAttemptInAnotherSlot(Key other) {
      return job.equals(other.job)
          && loop.equals(other.loop)
          && subtask == other.subtask
          && attempt == other.attempt
          && !allocation.equals(other.allocation);
    }
  }

  private static final Map<Key, FeedbackChannel<?>> CHANNELS = new ConcurrentHashMap<>();

  private final Key key;
  private final Set<End> ends = EnumSet.noneOf(End.class); // guarded by the map's bin lock

  private final Object lock = new Object();
  private ArrayDeque<T> queue = new ArrayDeque<>();
  private final TreeMap<Long, List<T>> logs = new TreeMap<>();
  private final TreeSet<Long> droppedBeforeBegun = new TreeSet<>();
  private @Nullable Runnable wakeup;
  private boolean headHasLeft;

  private volatile int size;
  private volatile int highWater;
  private volatile boolean headHasCome;

  private FeedbackChannel(Key key) {
    this.key = key;
  }

  /** Takes one end, creating the channel if the other end has not come yet. */
  @SuppressWarnings("unchecked")
  static <T> FeedbackChannel<T> acquire(Key key, End end) {
    return (FeedbackChannel<T>)
        CHANNELS.compute(
            key,
            (k, present) -> {
              FeedbackChannel<?> channel = present == null ? new FeedbackChannel<T>(k) : present;
              channel.take(end);
              return channel;
            });
  }

  private void take(End end) {
    if (!ends.add(end)) {
      throw new IllegalStateException(
          "Expected end %s of %s to be taken once, but it is taken already.".formatted(end, key));
    }
    if (end == End.HEAD) {
      headHasCome = true;
    }
  }

  /** Gives one end back. After the head has left, the channel holds nothing and takes nothing. */
  void release(End end) {
    if (end == End.HEAD) {
      synchronized (lock) {
        headHasLeft = true;
        wakeup = null;
        queue.clear();
        logs.clear();
        size = 0;
      }
    }
    CHANNELS.computeIfPresent(
        key,
        (k, channel) -> {
          channel.ends.remove(end);
          return channel.ends.isEmpty() ? null : channel;
        });
  }

  // ---- the queue

  /** From the sink's thread; wakes the head only if the queue was empty. */
  void put(T record) {
    Runnable toWake = null;
    synchronized (lock) {
      if (headHasLeft) {
        return;
      }
      if (queue.isEmpty()) {
        toWake = wakeup;
      }
      queue.add(record);
      if (!logs.isEmpty()) {
        for (List<T> log : logs.values()) {
          log.add(record);
        }
      }
      size = queue.size();
      if (size > highWater) {
        highWater = size;
      }
    }
    if (toWake != null) {
      toWake.run();
    }
  }

  /** From the head's thread: what to run, in the sink's thread, when the queue turns non-empty. */
  void onWaiting(Runnable wakeup) {
    boolean waiting;
    synchronized (lock) {
      this.wakeup = wakeup;
      waiting = !queue.isEmpty();
    }
    if (waiting) {
      wakeup.run();
    }
  }

  /** Hands out the filled queue for an empty one. */
  ArrayDeque<T> swap(ArrayDeque<T> empty) {
    synchronized (lock) {
      ArrayDeque<T> filled = queue;
      queue = empty;
      size = 0;
      return filled;
    }
  }

  /** Records in the queue; those already swapped out are counted by the head. */
  int size() {
    return size;
  }

  /** The largest size seen. */
  int highWater() {
    return highWater;
  }

  // ---- the log

  /**
   * From the head's thread, before its barrier leaves: all that waits, and all that is put until
   * {@link #endLog}, is in flight at this checkpoint.
   *
   * @param local what the head has put for itself and not handled
   * @param taken what the head has swapped out and not handled
   */
  void beginLog(long checkpoint, Collection<T> local, Collection<T> taken) {
    synchronized (lock) {
      if (droppedBeforeBegun.remove(checkpoint)) {
        return;
      }
      List<T> log = new ArrayList<>(local.size() + taken.size() + queue.size());
      log.addAll(local);
      log.addAll(taken);
      log.addAll(queue);
      logs.put(checkpoint, log);
    }
  }

  /**
   * From the sink's thread, when the barriers of all heads have arrived.
   *
   * @throws IllegalStateException if the head never came, so is in another slot; or if it did not
   *     open the log before its barrier, so the barrier overtook records or the head has left
   */
  List<T> endLog(long checkpoint) {
    if (!headHasCome) {
      throw new IllegalStateException(missingHead());
    }
    synchronized (lock) {
      List<T> log = logs.get(checkpoint);
      if (log == null) {
        throw new IllegalStateException(
            "Expected the head of %s to open the log of checkpoint %d before its barrier, but %s."
                .formatted(
                    key,
                    checkpoint,
                    headHasLeft ? "the head has left" : "only " + logs.keySet() + " are open"));
      }
      logs.headMap(checkpoint, true).clear();
      droppedBeforeBegun.headSet(checkpoint, true).clear();
      return log;
    }
  }

  /**
   * From the sink's thread, when a checkpoint was aborted. The news may reach the sink before the
   * barrier reaches the head; the log is then not begun at all, as nobody would ever close it.
   */
  void dropLog(long checkpoint) {
    synchronized (lock) {
      if (logs.remove(checkpoint) == null) {
        droppedBeforeBegun.add(checkpoint);
      }
    }
  }

  private String missingHead() {
    List<String> elsewhere =
        CHANNELS.keySet().stream()
            .filter(key::isSameAttemptInAnotherSlot)
            .map(Key::allocation)
            .toList();
    return "Expected head and sink of loop %s, subtask %d, to share one slot, but the sink is alone in slot %s of this TaskManager and %s; the co-location group was not kept."
        .formatted(
            key.loop,
            key.subtask,
            key.allocation,
            elsewhere.isEmpty()
                ? "no other slot here holds its head"
                : "its head is in slot " + String.join(", ", elsewhere));
  }

  // ---- for tests

  /** How many channels of a job are open in this JVM. */
  static long open(JobID job) {
    return CHANNELS.keySet().stream().filter(k -> k.job.equals(job)).count();
  }

  static String describe() {
    return CHANNELS.keySet().stream().map(Key::toString).collect(Collectors.joining("\n"));
  }
}

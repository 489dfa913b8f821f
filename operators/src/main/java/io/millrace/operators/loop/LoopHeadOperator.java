package io.millrace.operators.loop;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The head of a loop: hosts a {@link LoopFunction} and feeds it from its input, from its channel
 * and from what the function puts for itself.
 *
 * <p><b>Turns.</b> What waits in the loop is handled in mailbox mails, one at a time, that put
 * themselves at the end of the mailbox again while something waits. A mail never blocks and never
 * yields: both would hold up barriers. Between two mails Flink takes one record of the input, and
 * no more as long as a mail waits; a barrier behind thousands of buffered input records would stand
 * there for as many turns. So a turn after which input came is half as long as the one before, down
 * to one record, and one without is twice as long, up to {@link LoopOptions#longestTurn()}.
 *
 * <p><b>Flushes.</b> When nothing waits any more, all output buffers of the task are sent, and soon
 * after input or a timer too; a buffer timeout then bounds only what a busy head does not send by
 * filling its buffers. Each flush wakes whoever reads. Input and timers that are overdue come one
 * after the other, and would cost a buffer each; so while they do, the head flushes once in each
 * millisecond of the clock at the most, and the buffer timeout does in between. It must not wait
 * for the mailbox to be empty: when a task finishes, Flink takes the mails of its operators until
 * there are none, and leaves all others where they are, so a turn that puts itself behind those
 * would be taken for ever, and the stop never end.
 *
 * <p><b>Checkpoints.</b> The log is opened before the barrier is broadcast; in {@code
 * snapshotState} it would be too late, as the sink could have received the barrier already. What
 * waits locally then is logged; what is put locally later belongs after the barrier and is covered
 * by the state it was derived from.
 *
 * <p><b>A crash</b> loses the channel, what was taken from it and the local queue; all three are in
 * the log of the last completed checkpoint, or follow from its state, timers and inputs.
 */
final class LoopHeadOperator<K, T, OUT> extends KeyedProcessOperator<K, T, OUT>
    implements BoundedOneInput, LoopContext<K, T> {
  private static final long serialVersionUID = 1L;

  private final LoopFunction<K, T, OUT> function;
  private final String loop;
  private final LoopOptions options;
  private final transient MailboxExecutor mailbox;

  /** Whether a turn is in the mailbox or running; the sink's thread sets it too. */
  private final transient AtomicBoolean turnScheduled = new AtomicBoolean();

  private final transient ArrayDeque<T> local = new ArrayDeque<>();
  private transient ArrayDeque<T> taken = new ArrayDeque<>();
  private transient @Nullable FeedbackChannel<T> channel;
  private transient @Nullable KeyGroupRange ownKeyGroups;

  private final transient StreamRecord<T> reused;
  private transient ResultPartitionWriter[] writers = new ResultPartitionWriter[0];
  private transient long lastFlush = Long.MIN_VALUE;
  private transient long openedAt;

  private transient boolean inputSinceTurn;
  private transient boolean localIsNext;
  private transient int turn = 1;
  private transient int deepest;
  private final transient Counter handled;

  LoopHeadOperator(
      StreamOperatorParameters<OUT> parameters,
      LoopFunction<K, T, OUT> function,
      String loop,
      LoopOptions options) {
    super(function);
    this.function = function;
    this.loop = loop;
    this.options = options;
    this.mailbox = parameters.getMailboxExecutor();
    this.processingTimeService = parameters.getProcessingTimeService();
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    this.reused = emptyRecord();
    this.handled = metrics.counter("loopRecordsHandled");
  }

  @SuppressWarnings("NullAway") // a record whose value is set before every use
  private static <T> StreamRecord<T> emptyRecord() {
    return new StreamRecord<>(null);
  }

  // ---- life

  @Override
  public void open() throws Exception {
    List<String> unaligned = LoopSettings.unaligned(getContainingTask().getJobConfiguration());
    if (!unaligned.isEmpty()) {
      throw new IllegalStateException(String.join(" ", unaligned));
    }
    writers = getContainingTask().getEnvironment().getAllWriters();
    ownKeyGroups =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            maxParallelism(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    channel =
        FeedbackChannel.acquire(
            FeedbackChannel.Key.of(getRuntimeContext(), loop), FeedbackChannel.End.HEAD);
    registerGauges(metrics);
    openedAt = processingTimeService.getCurrentProcessingTime();
    function.enter(this);
    super.open();
    scheduleTurn(); // offers room once, for what was parked before a restart
    channel().onWaiting(this::scheduleTurn);
  }

  private void registerGauges(MetricGroup group) {
    group.gauge("loopDepth", this::depth);
    group.gauge("loopDepthHighWater", () -> Math.max(deepest, channel().highWater()));
    group.gauge("loopTurn", () -> turn);
  }

  /**
   * Fails: timers are quiesced and the task is torn down with records in the loop when its input
   * ends, which would lose them.
   */
  @Override
  public void endInput() {
    throw new IllegalStateException(
        "Expected the input of loop %s never to end, but it ended; use unbounded sources and stop the job by a savepoint without drain."
            .formatted(loop));
  }

  @Override
  public void close() throws Exception {
    if (channel != null) {
      channel.release(FeedbackChannel.End.HEAD);
    }
    super.close();
  }

  // ---- input, timers and turns

  @Override
  public void processElement(StreamRecord<T> element) throws Exception {
    inputSinceTurn = true;
    super.processElement(element);
    flushSoon();
  }

  @Override
  public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
    super.onProcessingTime(timer);
    scheduleTurn();
  }

  private void scheduleTurn() {
    if (turnScheduled.compareAndSet(false, true)) {
      enqueueTurn();
    }
  }

  private void enqueueTurn() {
    try {
      mailbox.execute(this::takeTurn, "turn of loop %s", loop);
    } catch (RejectedExecutionException closing) {
      // the task takes no more mails: whatever waits is in the log of the last checkpoint
    }
  }

  private void takeTurn() throws Exception {
    turn = inputSinceTurn ? Math.max(1, turn / 2) : Math.min(options.longestTurn(), turn * 2);
    inputSinceTurn = false;
    deepest = Math.max(deepest, depth());
    for (int left = turn; left > 0; left--) {
      T record = next();
      if (record == null) {
        break;
      }
      handle(record);
    }
    if (depth() < options.roomBound()) {
      function.onRoom(depth());
    }
    if (depth() > 0) {
      enqueueTurn();
    } else {
      rest();
    }
  }

  /** Local records and those of the channel take turns, so neither can starve the other. */
  private @Nullable T next() {
    localIsNext = !localIsNext;
    if (localIsNext && !local.isEmpty()) {
      return local.poll();
    }
    if (taken.isEmpty()) {
      taken = channel().swap(taken);
    }
    T record = taken.poll();
    return record == null ? local.poll() : record;
  }

  private void handle(T record) throws Exception {
    handled.inc();
    reused.replace(record);
    setKeyContextElement1(reused);
    super.processElement(reused);
  }

  private void rest() {
    if (mailbox.shouldInterrupt() && flushedJustNow()) {
      enqueueTurn(); // behind the mails, whose records go into the same buffers
      return;
    }
    flush();
    turnScheduled.set(false);
    // a put between the last look and the line above found a turn scheduled and did not wake
    if (channel().size() > 0) {
      scheduleTurn();
    }
  }

  // ---- flushes

  private void flushSoon() {
    if (!turnScheduled.get() && !flushedJustNow()) {
      scheduleTurn();
    }
  }

  /** A clock that is set back delays no flush. */
  private boolean flushedJustNow() {
    return processingTimeService.getCurrentProcessingTime() == lastFlush;
  }

  private void flush() {
    for (ResultPartitionWriter writer : writers) {
      writer.flushAll();
    }
    lastFlush = processingTimeService.getCurrentProcessingTime();
  }

  // ---- checkpoints

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    channel().beginLog(checkpointId, local, taken);
  }

  // ---- what the function sees

  @Override
  public int depth() {
    return channel().size() + taken.size() + local.size();
  }

  @Override
  public long openedAt() {
    return openedAt;
  }

  @Override
  public int roomBound() {
    return options.roomBound();
  }

  @Override
  public void putLocal(T record) {
    requireOwn(record);
    local.add(record);
    scheduleTurn();
  }

  @Override
  public <S extends State, V> void forAllKeys(
      StateDescriptor<S, V> descriptor, KeyedStateFunction<K, S> each) throws Exception {
    this.<K>getKeyedStateBackend()
        .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, each);
  }

  /** A record of another subtask's key would be logged here and restored there: two orders. */
  private void requireOwn(T record) {
    int keyGroup = KeyGroupRangeAssignment.assignToKeyGroup(keyOf(record), maxParallelism());
    KeyGroupRange own = ownKeyGroups;
    if (own == null || !own.contains(keyGroup)) {
      throw new IllegalArgumentException(
          "Expected a local record of loop %s to be of key groups %s, but its key %s is of %d."
              .formatted(loop, own, keyOf(record), keyGroup));
    }
  }

  private Object keyOf(T record) {
    try {
      @SuppressWarnings("unchecked")
      KeySelector<T, K> selector = (KeySelector<T, K>) stateKeySelector1;
      return selector.getKey(record);
    } catch (Exception e) {
      throw new FlinkRuntimeException("Expected a key of " + record + ", but there is none.", e);
    }
  }

  private int maxParallelism() {
    return getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
  }

  private FeedbackChannel<T> channel() {
    FeedbackChannel<T> present = channel;
    if (present == null) {
      throw new IllegalStateException("Expected loop " + loop + " to be open, but it is not.");
    }
    return present;
  }
}

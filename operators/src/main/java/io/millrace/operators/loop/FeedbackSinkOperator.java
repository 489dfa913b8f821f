package io.millrace.operators.loop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The tail of a loop: puts each record into the channel of the head in the same slot, and keeps in
 * its snapshot what is in flight there.
 *
 * <p>The log is raw keyed state: one block a key group, in the order of the channel, so a rescale
 * brings every record to the subtask that owns its key and keeps the order between two keys. It
 * cannot be state of the head, whose snapshot is taken before the last records of the cut arrive.
 * Empty key groups are skipped.
 *
 * <p>A restart: the log is put into the channel before any input is read; a checkpoint taken before
 * the head has handled it logs it again.
 */
final class FeedbackSinkOperator<K, T> extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<T, Void> {
  private static final long serialVersionUID = 1L;

  /** Layout of a block: version, count, then the records as their serializer writes them. */
  static final int FORMAT_VERSION = 1;

  private final String loop;
  private final transient Counter put;
  private final transient Counter restored;
  private transient @Nullable FeedbackChannel<T> channel;
  private transient @Nullable TypeSerializer<T> serializer;

  FeedbackSinkOperator(StreamOperatorParameters<Void> parameters, String loop) {
    super(parameters);
    this.loop = loop;
    this.put = metrics.counter("loopRecordsPut");
    this.restored = metrics.counter("loopRecordsRestored");
  }

  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  /** There is no state by key to be read while records pass, so the key need not be computed. */
  @Override
  @SuppressWarnings("rawtypes")
  public void setKeyContextElement1(StreamRecord record) {}

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    channel =
        FeedbackChannel.acquire(
            FeedbackChannel.Key.of(getRuntimeContext(), loop), FeedbackChannel.End.SINK);
    serializer = getOperatorConfig().getTypeSerializerIn(0, getUserCodeClassloader());
    for (KeyGroupStatePartitionStreamProvider block : context.getRawKeyedStateInputs()) {
      restore(block);
    }
  }

  private void restore(KeyGroupStatePartitionStreamProvider block) throws IOException {
    DataInputView in = new DataInputViewStreamWrapper(block.getStream());
    int version = in.readInt();
    if (version != FORMAT_VERSION) {
      throw new IOException(
          "Expected the log of loop %s, key group %d, to be of version %d, but it is of version %d; it was written by a later release."
              .formatted(loop, block.getKeyGroupId(), FORMAT_VERSION, version));
    }
    for (int left = in.readInt(); left > 0; left--) {
      channel().put(serializer().deserialize(in));
      restored.inc();
    }
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    channel().put(element.getValue());
    put.inc();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    write(channel().endLog(context.getCheckpointId()), context.getRawKeyedOperatorStateOutput());
  }

  private void write(List<T> log, KeyedStateCheckpointOutputStream out) throws Exception {
    int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    @SuppressWarnings("unchecked")
    KeySelector<T, K> keySelector = (KeySelector<T, K>) stateKeySelector1;
    Map<Integer, Block> blocks = new TreeMap<>();
    for (T record : log) {
      int keyGroup =
          KeyGroupRangeAssignment.assignToKeyGroup(keySelector.getKey(record), maxParallelism);
      blocks.computeIfAbsent(keyGroup, k -> new Block()).add(record, serializer());
    }
    DataOutputView view = new DataOutputViewStreamWrapper(out);
    for (Map.Entry<Integer, Block> block : blocks.entrySet()) {
      out.startNewKeyGroup(block.getKey());
      block.getValue().write(view);
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    channel().dropLog(checkpointId);
  }

  @Override
  public void close() throws Exception {
    if (channel != null) {
      channel.release(FeedbackChannel.End.SINK);
    }
    super.close();
  }

  private FeedbackChannel<T> channel() {
    FeedbackChannel<T> present = channel;
    if (present == null) {
      throw new IllegalStateException("Expected loop " + loop + " to be open, but it is not.");
    }
    return present;
  }

  private TypeSerializer<T> serializer() {
    TypeSerializer<T> present = serializer;
    if (present == null) {
      throw new IllegalStateException("Expected loop " + loop + " to be open, but it is not.");
    }
    return present;
  }

  /** The records of one key group. */
  private static final class Block {
    private final DataOutputSerializer bytes = new DataOutputSerializer(256);
    private int count;

    <T> void add(T record, TypeSerializer<T> serializer) throws IOException {
      serializer.serialize(record, bytes);
      count++;
    }

    void write(DataOutputView out) throws IOException {
      out.writeInt(FORMAT_VERSION);
      out.writeInt(count);
      out.write(bytes.getSharedBuffer(), 0, bytes.length());
    }
  }
}

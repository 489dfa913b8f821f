package io.millrace.operators.loop;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Wires a loop: {@link #open} makes its head, {@link #close} its sink, in the same slots.
 *
 * <pre>{@code
 * LoopSettings.requireAligned(environment);
 * Loop<Address, Envelope> loop = new Loop<>("machines", Envelope::to, addresses, LoopOptions.defaults());
 * var head = loop.open(input, function, events);
 * loop.close(head.getSideOutput(BACK).union(resultsOfTasks));
 * }</pre>
 *
 * <p>Conditions that the caller keeps: the stream handed to {@link #close} holds a side output of
 * the head itself, so that every sink is downstream of every head; parallelism is not changed at
 * one end only; sources never end.
 *
 * @param <K> the key
 * @param <T> the records of the loop and of its input
 */
public final class Loop<K, T> {
  private final String name;
  private final KeySelector<T, K> key;
  private final TypeInformation<K> keyType;
  private final LoopOptions options;

  /**
   * @param name unique in the job and never changed: uids, and so savepoints, hang on it
   */
  public Loop(String name, KeySelector<T, K> key, TypeInformation<K> keyType, LoopOptions options) {
    this.name = name;
    this.key = key;
    this.keyType = keyType;
    this.options = options;
  }

  /** The head: handles the input and, once the loop is closed, all that comes back. */
  public <OUT> SingleOutputStreamOperator<OUT> open(
      DataStream<T> input, LoopFunction<K, T, OUT> function, TypeInformation<OUT> outputType) {
    SingleOutputStreamOperator<OUT> head =
        input
            .keyBy(key, keyType)
            .transform(name, outputType, new LoopHeadFactory<>(function, name, options))
            .uid(name)
            .name(name)
            .setMaxParallelism(options.maxParallelism())
            .setBufferTimeout(options.bufferTimeout().toMillis());
    head.getTransformation().setCoLocationGroupKey(coLocation());
    return head;
  }

  /**
   * The sink: whatever arrives here comes back to the head of its key, in order between any two
   * keys.
   */
  public void close(DataStream<T> back) {
    SingleOutputStreamOperator<Void> sink =
        back.keyBy(key, keyType)
            .transform(name + "-feedback", Types.VOID, new FeedbackSinkFactory<K, T>(name))
            .uid(name + "-feedback")
            .name(name + "-feedback")
            .setMaxParallelism(options.maxParallelism());
    sink.getTransformation().setCoLocationGroupKey(coLocation());
  }

  private String coLocation() {
    return "loop-" + name;
  }
}

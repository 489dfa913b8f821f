package io.millrace.operators.loop;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the head of a loop in its task, where the mailbox is known. */
final class LoopHeadFactory<K, T, OUT> extends AbstractStreamOperatorFactory<OUT>
    implements OneInputStreamOperatorFactory<T, OUT> {
  private static final long serialVersionUID = 1L;

  private final LoopFunction<K, T, OUT> function;
  private final String loop;
  private final LoopOptions options;

  LoopHeadFactory(LoopFunction<K, T, OUT> function, String loop, LoopOptions options) {
    this.function = function;
    this.loop = loop;
    this.options = options;
    this.chainingStrategy = ChainingStrategy.HEAD;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <O extends StreamOperator<OUT>> O createStreamOperator(
      StreamOperatorParameters<OUT> parameters) {
    return (O) new LoopHeadOperator<>(parameters, function, loop, options);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return LoopHeadOperator.class;
  }
}

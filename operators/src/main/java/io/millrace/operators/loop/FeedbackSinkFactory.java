package io.millrace.operators.loop;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the tail of a loop. It is never chained: its barriers must be those of all heads. */
final class FeedbackSinkFactory<K, T> extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<T, Void> {
  private static final long serialVersionUID = 1L;

  private final String loop;

  FeedbackSinkFactory(String loop) {
    this.loop = loop;
    this.chainingStrategy = ChainingStrategy.NEVER;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <O extends StreamOperator<Void>> O createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    return (O) new FeedbackSinkOperator<K, T>(parameters, loop);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return FeedbackSinkOperator.class;
  }
}

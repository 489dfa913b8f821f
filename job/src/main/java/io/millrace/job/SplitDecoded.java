package io.millrace.job;

import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StateTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Sends messages on to the machines, and what refuses a record past them; counts both. */
final class SplitDecoded extends ProcessFunction<Either<Delivery, Outbox>, Delivery> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Outbox> REFUSALS = new OutputTag<>("refusals", StateTypes.OUTBOX);

  private transient @Nullable Counter deadLetters;

  @Override
  public void open(OpenContext context) {
    deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
  }

  @Override
  public void processElement(
      Either<Delivery, Outbox> decoded, Context context, Collector<Delivery> out) {
    if (decoded.isLeft()) {
      out.collect(decoded.left());
      return;
    }
    Outbox refused = decoded.right();
    if (deadLetters != null && refused.destination() == Outbox.Destination.DEAD_LETTERS) {
      deadLetters.inc();
    }
    context.output(REFUSALS, refused);
  }
}

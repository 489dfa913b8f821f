package io.millrace.bench.loop;

import io.millrace.operators.loop.LoopFunction;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A hop: reads and writes 200 bytes of its key's state and sends itself on to a random key. */
final class HopFunction extends LoopFunction<Long, Tuple2<Long, Long>, Void> {
  private static final long serialVersionUID = 1L;

  static final int STATE_BYTES = 200;
  static final int KEYS = 100_000;

  static final TypeInformation<Tuple2<Long, Long>> HOP = TypeInformation.of(new TypeHint<>() {});
  static final OutputTag<Tuple2<Long, Long>> BACK = new OutputTag<>("back", HOP);

  /** Hops of all subtasks; they share this JVM. */
  static final LongAdder HOPS = new LongAdder();

  private transient @Nullable ValueState<byte[]> state;

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "state", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(Tuple2<Long, Long> hop, Context context, Collector<Void> out)
      throws Exception {
    ValueState<byte[]> opened = java.util.Objects.requireNonNull(state);
    byte[] bytes = opened.value();
    if (bytes == null) {
      bytes = new byte[STATE_BYTES];
    }
    bytes[(int) (hop.f1 % STATE_BYTES)]++;
    opened.update(bytes);
    context.output(BACK, next(hop));
    HOPS.increment();
  }

  private static Tuple2<Long, Long> next(Tuple2<Long, Long> hop) {
    return Tuple2.of(randomKey(hop.f0 * 31 + hop.f1), hop.f1 + 1);
  }

  /** A key that looks random and follows from the seed. */
  static long randomKey(long seed) {
    long mixed = (seed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return Math.floorMod(mixed ^ (mixed >>> 31), (long) KEYS);
  }
}

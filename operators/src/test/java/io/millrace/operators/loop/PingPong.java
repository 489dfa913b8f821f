package io.millrace.operators.loop;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/** Every ping goes on to another key, for ever, until its key was stopped. */
final class PingPong extends LoopFunction<Long, Hop, String> {
  private static final long serialVersionUID = 1L;
  private static final long KEYS = 1_009;

  private final String worldName;
  private transient World world;
  private transient ValueState<Long> seen;

  PingPong(String worldName) {
    this.worldName = worldName;
  }

  @Override
  public void open(OpenContext context) {
    world = World.of(worldName);
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.LONG));
  }

  @Override
  public void processElement(Hop hop, Context context, Collector<String> facts) throws Exception {
    if (hop.kind() == Hop.Kind.STOP) {
      world.stopSeenAtNanos = System.nanoTime();
      facts.collect("stopped " + hop.key());
      return;
    }
    seen.update(seen.value() == null ? 1 : seen.value() + 1);
    world.pings.incrementAndGet();
    long next = (hop.key() * 31 + hop.number()) % KEYS;
    context.output(Hop.BACK, new Hop(Hop.Kind.PING, next, hop.root(), hop.number() + 1));
  }
}

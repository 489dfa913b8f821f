package io.millrace.bench.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** Puts so many hops into the loop and then stays silent, but never ends. */
@SuppressWarnings("deprecation") // never checkpointed by intent: the job is thrown away
final class Seeds implements SourceFunction<Tuple2<Long, Long>> {
  private static final long serialVersionUID = 1L;

  private final int inFlight;
  private volatile boolean running = true;

  Seeds(int inFlight) {
    this.inFlight = inFlight;
  }

  @Override
  public void run(SourceContext<Tuple2<Long, Long>> context) {
    for (long seed = 0; seed < inFlight; seed++) {
      context.collect(Tuple2.of(HopFunction.randomKey(seed), seed));
    }
    while (running) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void cancel() {
    running = false;
  }
}

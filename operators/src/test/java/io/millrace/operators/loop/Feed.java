package io.millrace.operators.loop;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** A source that never ends: emits item after item as far as the world has released them. */
@SuppressWarnings("deprecation") // the shortest way to an exactly-once source under a test's thumb
final class Feed implements SourceFunction<Hop>, CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;

  /** Makes the item of a number. */
  interface Items extends LongFunction<Hop>, Serializable {}

  private final String world;
  private final Items items;
  private transient ListState<Long> position;
  private transient long next;
  private volatile boolean running = true;

  Feed(String world, Items items) {
    this.world = world;
    this.items = items;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    position =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("next", Types.LONG));
    for (long restored : position.get()) {
      next = restored;
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    position.update(java.util.List.of(next));
  }

  @Override
  public void run(SourceContext<Hop> context) {
    while (running) {
      if (next < World.of(world).released.get()) {
        synchronized (context.getCheckpointLock()) {
          context.collect(items.apply(next));
          next++;
        }
      } else {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    }
  }

  @Override
  public void cancel() {
    running = false;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    World.of(world).checkpointCompleted();
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) {
    World.of(world).aborted.incrementAndGet();
  }
}

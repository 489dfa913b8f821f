package io.millrace.operators.machine;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The state backends every test of the machines runs on. */
enum Backend {
  HEAP,
  ROCKSDB;

  /**
   * Opens an operator on this backend, without generic types, as the job has it.
   *
   * @param state what it is restored from; null: nothing
   */
  <H extends AbstractStreamOperatorTestHarness<?>> H open(
      H harness, @Nullable OperatorSubtaskState state) throws Exception {
    harness
        .getExecutionConfig()
        .configure(
            new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
            getClass().getClassLoader());
    harness.setStateBackend(make());
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private StateBackend make() {
    return switch (this) {
      case HEAP -> new HashMapStateBackend();
      // not incremental: the harness has no coordinator that would fill such checkpoints in
      case ROCKSDB -> new EmbeddedRocksDBStateBackend(false);
    };
  }
}

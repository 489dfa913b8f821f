package io.millrace.operators.machine;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends every test of the machines runs on. */
enum Backend {
  HEAP,
  ROCKSDB;

  StateBackend make() {
    return switch (this) {
      case HEAP -> new HashMapStateBackend();
      // not incremental: the harness has no coordinator that would fill such checkpoints in
      case ROCKSDB -> new EmbeddedRocksDBStateBackend(false);
    };
  }
}

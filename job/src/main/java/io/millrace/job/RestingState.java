package io.millrace.job;

import java.util.Collection;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * What RocksDB can be told by code alone, for state that is written within seconds and then rests.
 *
 * <p>Each checkpoint flushes a small file for each kind of state. RocksDB merges as soon as there
 * are 4 in a row, so at a checkpoint a second a good part of what the machines may use goes into
 * merging the same entries several times. Filters make a read in more files cheap.
 *
 * <p>Now and then all that rests is merged into new files. They reach the disk while they are
 * written: left to the end, they would all be synced at once, beside the small files that a
 * checkpoint flushes and waits for.
 */
public final class RestingState implements ConfigurableRocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;

  /** Sorted runs of files that are there before they are merged. */
  static final int RUNS_BEFORE_MERGE = 10;

  /** Bytes of a file after which the system is told to bring them to the disk, without a wait. */
  static final long BYTES_PER_SYNC = 1 << 20;

  @Override
  public RocksDBOptionsFactory configure(ReadableConfig configuration) {
    return this;
  }

  @Override
  public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
    return current.setBytesPerSync(BYTES_PER_SYNC);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
    return current.setLevel0FileNumCompactionTrigger(RUNS_BEFORE_MERGE);
  }
}

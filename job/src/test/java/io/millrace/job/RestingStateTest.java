package io.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;

/** What RocksDB is told about the files of the state. */
final class RestingStateTest {

  @BeforeAll
  static void loadRocksDb() {
    RocksDB.loadLibrary();
  }

  @Test
  void shouldLetFilesGatherBeforeTheyAreMerged() {
    RocksDBOptionsFactory factory = new RestingState().configure(new Configuration());
    try (ColumnFamilyOptions columns = new ColumnFamilyOptions()) {
      int before = columns.level0FileNumCompactionTrigger();

      assertThat(factory.createColumnOptions(columns, List.of()).level0FileNumCompactionTrigger())
          .isEqualTo(RestingState.RUNS_BEFORE_MERGE)
          .isGreaterThan(before);
    }
  }

  @Test
  void shouldBringFilesToTheDiskWhileTheyAreWritten() {
    RocksDBOptionsFactory factory = new RestingState().configure(new Configuration());
    try (DBOptions database = new DBOptions()) {
      assertThat(database.bytesPerSync()).isZero();

      assertThat(factory.createDBOptions(database, List.of())).isSameAs(database);

      assertThat(database.bytesPerSync()).isEqualTo(RestingState.BYTES_PER_SYNC);
    }
  }
}

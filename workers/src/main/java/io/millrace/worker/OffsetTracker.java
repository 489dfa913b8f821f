package io.millrace.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets may be committed: those before the first task of a partition whose answer Kafka has
 * not acknowledged yet.
 *
 * <p>Belongs to the thread that polls; only {@link Position#finish} is called from others. A crash
 * loses nothing: what was not committed is delivered again.
 */
final class OffsetTracker {
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /** Where one task lies. */
  static final class Position {
    private final long offset;
    private volatile boolean finished;
    private volatile boolean revoked;

    private Position(long offset) {
      this.offset = offset;
    }

    /** Its answer is acknowledged, or it needs none. */
    void finish() {
      finished = true;
    }

    /** The partition is no longer this worker's: another one is given the task. */
    boolean isRevoked() {
      return revoked;
    }
  }

  private static final class Partition {
    private final Deque<Position> open = new ArrayDeque<>();
    private long next = -1;
    private long committed = -1;
  }

  /** A task was read; offsets of one partition come in rising order. */
  Position take(TopicPartition partition, long offset) {
    Position position = new Position(offset);
    partitions.computeIfAbsent(partition, p -> new Partition()).open.add(position);
    return position;
  }

  /** What may be committed and is not yet, as the next offsets to read. */
  Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    partitions.forEach(
        (name, partition) -> {
          for (Position head = partition.open.peek();
              head != null && head.finished;
              head = partition.open.peek()) {
            partition.next = head.offset + 1;
            partition.open.remove();
          }
          if (partition.next > partition.committed) {
            offsets.put(name, new OffsetAndMetadata(partition.next));
          }
        });
    return offsets;
  }

  /** The broker has these. */
  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (name, offset) -> {
          Partition partition = partitions.get(name);
          if (partition != null) {
            partition.committed = Math.max(partition.committed, offset.offset());
          }
        });
  }

  /** These partitions went to another worker. */
  void forget(Collection<TopicPartition> revoked) {
    for (TopicPartition name : revoked) {
      Partition partition = partitions.remove(name);
      if (partition != null) {
        partition.open.forEach(position -> position.revoked = true);
      }
    }
  }
}

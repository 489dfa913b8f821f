package io.millrace.operators.loop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Commits facts to the world with the checkpoint they belong to: a transactional collector. */
final class FactSink implements Sink<String>, SupportsCommitter<String> {
  private static final long serialVersionUID = 1L;

  private final String world;

  FactSink(String world) {
    this.world = world;
  }

  @Override
  public CommittingSinkWriter<String, String> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    return new WorldCommitter(world);
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new BatchSerializer();
  }

  /** Gathers a batch a checkpoint: an id of its own, then a fact a line. */
  private static final class Writer implements CommittingSinkWriter<String, String> {
    private final List<String> facts = new ArrayList<>();

    @Override
    public void write(String fact, Context context) {
      facts.add(fact);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<String> prepareCommit() {
      if (facts.isEmpty()) {
        return List.of();
      }
      String batch = UUID.randomUUID() + "\n" + String.join("\n", facts);
      facts.clear();
      return List.of(batch);
    }

    @Override
    public void close() {}
  }

  private record WorldCommitter(String world) implements Committer<String> {
    @Override
    public void commit(Collection<CommitRequest<String>> requests) {
      for (CommitRequest<String> request : requests) {
        List<String> lines = request.getCommittable().lines().toList();
        World.of(world).commit(lines.get(0), lines.subList(1, lines.size()));
      }
    }

    @Override
    public void close() {}
  }

  private static final class BatchSerializer implements SimpleVersionedSerializer<String> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(String batch) {
      return batch.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}

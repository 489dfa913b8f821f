package io.millrace.operators.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Component by component. */
final class OutboxSerializer extends OwnSerializer<Outbox> {
  private static final long serialVersionUID = 1L;
  private static final int BY_KEY = -1;

  @Override
  String name() {
    return "outbox";
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(Outbox value, DataOutputView out) throws IOException {
    writeText(value.destination().name(), out);
    writeText(value.queue(), out);
    writeText(value.key(), out);
    Integer partition = value.partition();
    out.writeInt(partition == null ? BY_KEY : partition);
    writeBytes(value.value(), out);
  }

  @Override
  Outbox read(int version, DataInputView in) throws IOException {
    Outbox.Destination destination = Outbox.Destination.valueOf(readText(in));
    String queue = readText(in);
    String key = readText(in);
    int partition = in.readInt();
    @Nullable Integer chosen = partition == BY_KEY ? null : (Integer) partition;
    return new Outbox(destination, queue, key, chosen, readBytes(in));
  }
}

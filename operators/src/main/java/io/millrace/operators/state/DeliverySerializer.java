package io.millrace.operators.state;

import java.io.IOException;
import java.util.SortedMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Target, origin, bytes of the message. */
final class DeliverySerializer extends OwnSerializer<Delivery> {
  private static final long serialVersionUID = 1L;

  @Override
  String name() {
    return "delivery";
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  SortedMap<String, Integer> contents() {
    return StoredCodec.MESSAGES.versions();
  }

  @Override
  void write(Delivery value, DataOutputView out) throws IOException {
    writeText(value.target(), out);
    Delivery.Origin origin = value.origin();
    out.writeBoolean(origin != null);
    if (origin != null) {
      writeText(origin.topic(), out);
      out.writeInt(origin.partition());
      out.writeLong(origin.offset());
    }
    writeBytes(value.bytes(), out);
  }

  @Override
  Delivery read(int version, DataInputView in) throws IOException {
    String target = readText(in);
    Delivery.@Nullable Origin origin =
        in.readBoolean() ? new Delivery.Origin(readText(in), in.readInt(), in.readLong()) : null;
    return Delivery.ofBytes(target, origin, readBytes(in));
  }
}

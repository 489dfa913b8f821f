package io.millrace.operators.state;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says of a serializer: its stable name, the framing, the versions of the types
 * inside. The serializer that reads is the present one of that name.
 *
 * <p>Flink writes the name of this class into savepoints: it can never be renamed or moved. A
 * savepoint of a later release is refused as a whole here, before a single record is read.
 */
public final class OwnSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int FORM = 1;

  private String name = "";
  private int version;
  private SortedMap<String, Integer> contents = Collections.emptySortedMap();

  /** For Flink, which reads the rest. */
  public OwnSerializerSnapshot() {}

  OwnSerializerSnapshot(OwnSerializer<T> serializer) {
    name = serializer.name();
    version = serializer.version();
    contents = serializer.contents();
  }

  @Override
  public int getCurrentVersion() {
    return FORM;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(name);
    out.writeInt(version);
    out.writeInt(contents.size());
    for (Map.Entry<String, Integer> type : contents.entrySet()) {
      out.writeUTF(type.getKey());
      out.writeInt(type.getValue());
    }
  }

  @Override
  public void readSnapshot(int form, DataInputView in, ClassLoader classes) throws IOException {
    if (form > FORM) {
      throw new IOException(
          "Expected a serializer snapshot of form %d at most, but it is %d; a later release wrote it."
              .formatted(FORM, form));
    }
    name = in.readUTF();
    version = in.readInt();
    SortedMap<String, Integer> types = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      types.put(in.readUTF(), in.readInt());
    }
    contents = types;
    refuseLater(OwnSerializers.named(name));
  }

  private void refuseLater(OwnSerializer<?> present) throws IOException {
    if (version > present.version()) {
      throw new IOException(
          "Expected a savepoint with %s of version %d at most, but it is of version %d; a later release wrote it."
              .formatted(name, present.version(), version));
    }
    SortedMap<String, Integer> known = present.contents();
    for (Map.Entry<String, Integer> type : contents.entrySet()) {
      int readable = known.getOrDefault(type.getKey(), 0);
      if (type.getValue() > readable) {
        throw new IOException(
            "Expected a savepoint with %s of version %d at most, but it is of version %d; a later release wrote it."
                .formatted(type.getKey(), readable, type.getValue()));
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a name stands for one serializer for ever
  public TypeSerializer<T> restoreSerializer() {
    return (TypeSerializer<T>) OwnSerializers.named(name);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof OwnSerializerSnapshot<T> own
            && own.name.equals(name)
            && own.version <= version
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}

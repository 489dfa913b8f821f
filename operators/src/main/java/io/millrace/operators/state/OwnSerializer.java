package io.millrace.operators.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A serializer with a stable name, whose records begin with the version of their framing.
 *
 * <p>Stateless, for immutable values. Older framings stay readable; a newer one is refused. To
 * change a framing: raise {@link #version} and keep reading the older ones in {@link #read}.
 */
abstract class OwnSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  /** Under which {@link OwnSerializerSnapshot} finds the serializer again; never changes. */
  abstract String name();

  /** The framing that is written, from 1. */
  abstract int version();

  abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads what {@code version} wrote, which is at most {@link #version()}. */
  abstract T read(int version, DataInputView in) throws IOException;

  /** The versions of the types that can be inside, by stable name; a later one is refused. */
  SortedMap<String, Integer> contents() {
    return new TreeMap<>();
  }

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(version());
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > version()) {
      throw new IOException(
          "Expected a %s of version 1 to %d, but it is of version %d; a later release wrote it, or it is something else."
              .formatted(name(), version(), version));
    }
    return read(version, in);
  }

  @Override
  public final T deserialize(@Nullable T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, @Nullable T reuse) {
    return from;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final @Nullable T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof OwnSerializer<?> own && own.name().equals(name());
  }

  @Override
  public final int hashCode() {
    return name().hashCode();
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new OwnSerializerSnapshot<>(this);
  }

  // ---- what framings are made of

  static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** As UTF-8 with an int length: {@code writeUTF} ends at 64 KiB. */
  static void writeText(String text, DataOutputView out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String readText(DataInputView in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeNullableText(@Nullable String text, DataOutputView out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(text, out);
    }
  }

  static @Nullable String readNullableText(DataInputView in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }
}

package io.millrace.operators.state;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.millrace.evaluation.ParamMarks;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What component forms are made of. Numbers take as many bytes as they need, 7 bits each; text is
 * UTF-8 after its length; constants are written by their name.
 */
final class Components {
  /** What a param or a value begins with that has no form of its own here. */
  private static final int BY_NAME = 0;

  // what a value begins with
  private static final int TEXT = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 3;
  private static final int BOOLEAN = 4;

  // what a param begins with
  private static final int LITERAL = 1;

  private static final Rare<ParamValue> VALUES = new Rare<>(ParamValue.class);
  private static final Rare<ParamDefinition> DEFINITIONS = new Rare<>(ParamDefinition.class);

  private Components() {}

  /** Writes and reads one component. */
  interface Writer<T> {
    void write(T value, DataOutputView out) throws IOException;
  }

  /** See {@link Writer}. */
  interface Reader<T> {
    T read(DataInputDeserializer in) throws IOException;
  }

  // ---- numbers

  static void writeNumber(long number, DataOutputView out) throws IOException {
    long rest = (number << 1) ^ (number >> 63); // small negative ones are short too
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readNumber(DataInputDeserializer in) throws IOException {
    long rest = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte part = in.readByte();
      rest |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return (rest >>> 1) ^ -(rest & 1);
      }
    }
    throw new IOException("a number does not end.");
  }

  static int readCount(DataInputDeserializer in) throws IOException {
    return Math.toIntExact(readNumber(in));
  }

  /** How many bytes or entries follow; none of these takes less than a byte. */
  private static int readSize(DataInputDeserializer in) throws IOException {
    long size = readNumber(in);
    if (size < 0 || size > in.available()) {
      throw new IOException(
          "there are " + in.available() + " bytes left where " + size + " should be.");
    }
    return (int) size;
  }

  // ---- text

  static void writeText(String text, DataOutputView out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeNumber(bytes.length, out);
    out.write(bytes);
  }

  static String readText(DataInputDeserializer in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(DataInputDeserializer in) throws IOException {
    byte[] bytes = new byte[readSize(in)];
    in.readFully(bytes);
    return bytes;
  }

  static void writeName(Enum<?> constant, DataOutputView out) throws IOException {
    writeText(constant.name(), out);
  }

  static <E extends Enum<E>> E readName(Class<E> type, DataInputDeserializer in)
      throws IOException {
    return Enum.valueOf(type, readText(in));
  }

  // ---- what may be absent

  static <T> void writeNullable(@Nullable T value, Writer<T> writer, DataOutputView out)
      throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      writer.write(value, out);
    }
  }

  static <T> @Nullable T readNullable(Reader<T> reader, DataInputDeserializer in)
      throws IOException {
    return in.readBoolean() ? reader.read(in) : null;
  }

  // ---- collections

  static <T> void writeList(List<T> values, Writer<T> writer, DataOutputView out)
      throws IOException {
    writeNumber(values.size(), out);
    for (T value : values) {
      writer.write(value, out);
    }
  }

  static <T> List<T> readList(Reader<T> reader, DataInputDeserializer in) throws IOException {
    int count = readSize(in);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  static <K, V> void writeMap(
      Map<K, V> values, Writer<K> keys, Writer<V> writer, DataOutputView out) throws IOException {
    writeNumber(values.size(), out);
    for (Map.Entry<K, V> entry : values.entrySet()) {
      keys.write(entry.getKey(), out);
      writer.write(entry.getValue(), out);
    }
  }

  static <K, V> Map<K, V> readMap(Reader<K> keys, Reader<V> reader, DataInputDeserializer in)
      throws IOException {
    Map<K, V> values = new LinkedHashMap<>();
    for (int left = readSize(in); left > 0; left--) {
      K key = keys.read(in);
      values.put(key, reader.read(in));
    }
    return values;
  }

  // ---- params

  static void writeParams(Map<String, ParamValue> params, DataOutputView out) throws IOException {
    writeMap(params, Components::writeText, Components::writeValue, out);
  }

  static Map<String, ParamValue> readParams(DataInputDeserializer in) throws IOException {
    return readMap(Components::readText, Components::readValue, in);
  }

  private static void writeValue(ParamValue value, DataOutputView out) throws IOException {
    if (value instanceof ParamValue.Text text) {
      out.writeByte(TEXT);
      writeText(text.value(), out);
    } else if (value instanceof ParamValue.Int number) {
      out.writeByte(LONG);
      writeNumber(number.value(), out);
    } else if (value instanceof ParamValue.Decimal number) {
      out.writeByte(DOUBLE);
      writeText(number.value().toString(), out);
    } else if (value instanceof ParamValue.Bool flag) {
      out.writeByte(BOOLEAN);
      out.writeBoolean(flag.value());
    } else {
      out.writeByte(BY_NAME);
      VALUES.write(value, out);
    }
  }

  private static ParamValue readValue(DataInputDeserializer in) throws IOException {
    int type = in.readByte();
    return switch (type) {
      case TEXT -> new ParamValue.Text(readText(in));
      case LONG -> new ParamValue.Int(readNumber(in));
      case DOUBLE -> new ParamValue.Decimal(new BigDecimal(readText(in)));
      case BOOLEAN -> new ParamValue.Bool(in.readBoolean());
      case BY_NAME -> VALUES.read(in);
      default -> throw new IOException("a param is of type " + type + ".");
    };
  }

  /** As {@link StoredParam} says: of labels the names, of notes those that the engine made. */
  static void writeDefinitions(Map<String, ParamDefinition> params, DataOutputView out)
      throws IOException {
    writeMap(params, Components::writeText, Components::writeDefinition, out);
  }

  static Map<String, ParamDefinition> readDefinitions(DataInputDeserializer in) throws IOException {
    return readMap(Components::readText, Components::readDefinition, in);
  }

  private static void writeDefinition(ParamDefinition param, DataOutputView out)
      throws IOException {
    if (param.content() instanceof ParamContent.Literal literal
        && param.validator() == null
        && param.tags().isEmpty()) {
      out.writeByte(LITERAL);
      writeName(param.type(), out);
      writeName(param.mode(), out);
      writeMap(ParamMarks.of(param), Components::writeText, Components::writeText, out);
      writeValue(literal.value(), out);
    } else {
      out.writeByte(BY_NAME);
      DEFINITIONS.write(param, out);
    }
  }

  private static ParamDefinition readDefinition(DataInputDeserializer in) throws IOException {
    int form = in.readByte();
    if (form == BY_NAME) {
      return DEFINITIONS.read(in);
    }
    if (form != LITERAL) {
      throw new IOException("a param is in form " + form + ".");
    }
    ParamType type = readName(ParamType.class, in);
    ParamMode mode = readName(ParamMode.class, in);
    Map<String, String> marks = readMap(Components::readText, Components::readText, in);
    ParamContent content = new ParamContent.Literal(readValue(in));
    return new ParamDefinition(type, content, mode, null, List.of(), ParamMarks.notes(marks));
  }

  // ---- what is seldom there

  /** Writes by name what is too seldom there to have a form of its own. */
  static final class Rare<T> implements Writer<T>, Reader<T> {
    private final ObjectWriter writer;
    private final ObjectReader reader;

    Rare(Class<T> type) {
      this.writer = StoredMapper.MAPPER.writerFor(type);
      this.reader = StoredMapper.MAPPER.readerFor(type);
    }

    @Override
    public void write(T value, DataOutputView out) throws IOException {
      byte[] bytes = writer.writeValueAsBytes(value);
      writeNumber(bytes.length, out);
      out.write(bytes);
    }

    @Override
    public T read(DataInputDeserializer in) throws IOException {
      return reader.readValue(readBytes(in));
    }
  }
}

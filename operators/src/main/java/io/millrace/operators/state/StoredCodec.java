package io.millrace.operators.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.Document;
import io.millrace.engine.Message;
import io.millrace.engine.UnreadableDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes records of one family as bytes and reads all forms they ever had.
 *
 * <p>The bytes: format (1 byte), length of the type's name (1 byte), name (ASCII), version of the
 * type (1 byte); then, in format 1, Smile, and in format 2 what the type's {@link ComponentForm}
 * wrote. Thread-safe.
 *
 * @param <B> the family: {@link Document} or {@link Message}
 */
public final class StoredCodec<B> {
  /** Of machines. */
  public static final StoredCodec<Document> DOCUMENTS =
      new StoredCodec<>(Document.class, StoredTypes.DOCUMENTS);

  /** To machines. */
  public static final StoredCodec<Message> MESSAGES =
      new StoredCodec<>(Message.class, StoredTypes.MESSAGES);

  private static final int BY_NAME = 1;
  private static final int BY_COMPONENT = 2;
  private static final int MAX_NAME_CHARS = Byte.MAX_VALUE;

  private final Class<B> family;
  private final Map<Class<?>, Form<B>> byClass = new HashMap<>();
  private final Map<String, Form<B>> byName = new HashMap<>();
  private final SortedMap<String, Integer> versions = new TreeMap<>();

  StoredCodec(Class<B> family, List<StoredType<B>> types) {
    this.family = family;
    ObjectMapper mapper = StoredMapper.MAPPER;
    for (StoredType<B> type : types) {
      Form<B> form = new Form<>(type, mapper);
      if (byClass.put(type.type(), form) != null || byName.put(type.name(), form) != null) {
        throw new IllegalArgumentException(
            "Expected stored names and types to be unique, but " + type.name() + " is not.");
      }
      versions.put(type.name(), type.version());
    }
  }

  /** The version of each type that this release writes, by stable name. */
  SortedMap<String, Integer> versions() {
    return Collections.unmodifiableSortedMap(versions);
  }

  /** The bytes of {@code value}. */
  public byte[] encode(B value) {
    Form<B> form = byClass.get(value.getClass());
    if (form == null) {
      throw new IllegalStateException(
          "Expected every "
              + family.getSimpleName()
              + " to have a stable name, but one has none: "
              + value.getClass().getSimpleName());
    }
    try {
      return form.write(value);
    } catch (IOException bug) {
      throw new IllegalStateException(
          "Expected to write a " + form.type.name() + ", but it failed.", bug);
    }
  }

  /**
   * The value in {@code bytes}.
   *
   * @throws UnreadableDocument if this release cannot understand them
   */
  public B decode(byte[] bytes) {
    try {
      return read(bytes);
    } catch (IOException | RuntimeException broken) {
      throw new UnreadableDocument(
          "Expected the bytes of a " + family.getSimpleName() + ", but " + broken.getMessage(),
          broken);
    }
  }

  private B read(byte[] bytes) throws IOException {
    if (bytes.length < 3) {
      throw new IOException("there are only " + bytes.length + ".");
    }
    if (bytes[0] != BY_NAME && bytes[0] != BY_COMPONENT) {
      throw new IOException(
          "their format is " + bytes[0] + " and this release reads up to " + BY_COMPONENT + ".");
    }
    int nameLength = bytes[1];
    int start = 3 + nameLength;
    if (nameLength < 0 || start > bytes.length) {
      throw new IOException("they end within the name of the type.");
    }
    String name = new String(bytes, 2, nameLength, StandardCharsets.US_ASCII);
    Form<B> form = byName.get(name);
    if (form == null) {
      throw new IOException("this release knows no type '" + name + "'.");
    }
    form.requireKnown(bytes[start - 1]);
    return bytes[0] == BY_NAME
        ? form.readByName(bytes[start - 1], bytes, start)
        : form.readByComponent(bytes[start - 1], bytes, start);
  }

  /** One type, ready to be read and written. */
  private static final class Form<B> {
    final StoredType<B> type;
    private final byte[] header;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ObjectReader trees;

    Form(StoredType<B> type, ObjectMapper mapper) {
      this.type = type;
      this.writer = mapper.writerFor(type.type());
      this.reader = mapper.readerFor(type.type());
      this.trees = mapper.readerFor(JsonNode.class);
      byte[] name = type.name().getBytes(StandardCharsets.US_ASCII);
      if (name.length > MAX_NAME_CHARS || type.version() > Byte.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Expected a name of at most 127 characters and at most 127 versions, but got "
                + type.name()
                + ".");
      }
      header = new byte[3 + name.length];
      header[0] = (byte) (type.components() == null ? BY_NAME : BY_COMPONENT);
      header[1] = (byte) name.length;
      System.arraycopy(name, 0, header, 2, name.length);
      header[2 + name.length] = (byte) type.version();
    }

    byte[] write(B value) throws IOException {
      ComponentForm<B> components = type.components();
      if (components != null) {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.write(header);
        components.write(value, out);
        return out.getCopyOfBuffer();
      }
      byte[] body = writer.writeValueAsBytes(value);
      byte[] bytes = Arrays.copyOf(header, header.length + body.length);
      System.arraycopy(body, 0, bytes, header.length, body.length);
      return bytes;
    }

    void requireKnown(int version) throws IOException {
      if (version > type.version() || version < 1) {
        throw new IOException(
            "they are version %d of %s and this release reads up to %d; a later release wrote them."
                .formatted(version, type.name(), type.version()));
      }
    }

    B readByComponent(int version, byte[] bytes, int start) throws IOException {
      ComponentForm<B> components = type.components();
      if (components == null) {
        throw new IOException("this release writes " + type.name() + " by name alone.");
      }
      DataInputDeserializer in = new DataInputDeserializer(bytes, start, bytes.length - start);
      return components.read(version, in);
    }

    B readByName(int version, byte[] bytes, int start) throws IOException {
      if (version == type.version()) {
        return type.type().cast(reader.readValue(bytes, start, bytes.length - start));
      }
      ObjectNode tree = trees.readValue(bytes, start, bytes.length - start);
      for (StoredType.Upgrade upgrade :
          type.upgrades().subList(version - 1, type.upgrades().size())) {
        tree = upgrade.change().apply(tree);
      }
      return type.type().cast(reader.readValue(tree));
    }
  }
}

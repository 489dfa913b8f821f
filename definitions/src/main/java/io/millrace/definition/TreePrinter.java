package io.millrace.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints trees of plain values as JSON; the only class that knows Jackson's generator here.
 *
 * <p>A value is a {@link Map} by text, a {@link List}, a {@link String}, {@link Boolean}, {@link
 * Integer}, {@link Long} or {@link BigDecimal}, or null. Recursion is safe for what was read, which
 * is nested as deep as a text may be.
 */
final class TreePrinter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private TreePrinter() {}

  static String print(Map<String, Object> tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      value(json, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write into memory, but failed.", e);
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        value(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        value(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else {
      throw new IllegalArgumentException("Expected a plain value, but it is " + value + ".");
    }
  }
}

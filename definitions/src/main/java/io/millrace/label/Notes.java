package io.millrace.label;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an open object that have no meaning to Millrace (Maestro semantics 1), kept as they
 * were written. Compared by content.
 *
 * @param fields by name, in the order they were written; a value is a {@link String}, a {@link
 *     BigDecimal}, a {@link Boolean}, an immutable {@link Map} or {@link List} of such values, or,
 *     within a list, null
 */
public record Notes(Map<String, Object> fields) {
  public static final Notes NONE = new Notes(Map.of());

  public Notes {
    Map<String, Object> copy = new LinkedHashMap<>();
    fields.forEach((name, value) -> copy.put(name, immutable(value)));
    fields = Collections.unmodifiableMap(copy);
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  private static Object immutable(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((name, inner) -> copy.put((String) name, immutable(inner)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(inner -> copy.add(inner == null ? null : immutable(inner)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Number number && !(number instanceof BigDecimal)) {
      // A store may read a small number as an int.
      return new BigDecimal(number.toString());
    }
    if (value instanceof String || value instanceof BigDecimal || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "Expected a note to be text, a number, a boolean, a map or a list, but it is " + value);
  }
}

package io.millrace.definition;

import io.millrace.label.Notes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one object while it is written, in order; what says nothing is left out. */
final class WrittenFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Adds a field, unless its value is null. */
  WrittenFields put(String name, @Nullable Object value) {
    if (value != null && fields.put(name, value) != null) {
      throw new IllegalArgumentException(
          "Expected every field to be written once, but "
              + Quoted.text(name)
              + " is there already.");
    }
    return this;
  }

  /** Adds a field, unless it is as if unsaid. */
  <T> WrittenFields putUnless(String name, T value, T unsaid) {
    return value.equals(unsaid) ? this : put(name, value);
  }

  /** Adds what {@code written} makes of a value, unless the value is as if unsaid. */
  <T> WrittenFields putUnless(
      String name, T value, @Nullable T unsaid, Function<? super T, ?> written) {
    return value.equals(unsaid) ? this : put(name, written.apply(value));
  }

  /** Adds a list of plain values, unless it is empty. */
  WrittenFields putUnlessEmpty(String name, Collection<?> values) {
    return values.isEmpty() ? this : put(name, values);
  }

  /** Adds an object or a list whose parts {@code written} makes, unless it is empty. */
  <T> WrittenFields putEach(String name, Collection<T> values, Function<? super T, ?> written) {
    return values.isEmpty() ? this : put(name, values.stream().<Object>map(written).toList());
  }

  /** Adds an object whose values {@code written} makes, in order, unless it is empty. */
  <T> WrittenFields putEach(String name, Map<String, T> values, Function<? super T, ?> written) {
    return values.isEmpty() ? this : put(name, each(values, written));
  }

  /** An object whose values {@code written} makes, in order. */
  static <T> Map<String, Object> each(Map<String, T> values, Function<? super T, ?> written) {
    WrittenFields fields = new WrittenFields();
    values.forEach((name, value) -> fields.put(name, written.apply(value)));
    return fields.all();
  }

  /** Adds the author's notes. */
  WrittenFields notes(Notes notes) {
    notes.fields().forEach(this::put);
    return this;
  }

  /** In the order they were added. */
  Map<String, Object> all() {
    return Collections.unmodifiableMap(fields);
  }
}

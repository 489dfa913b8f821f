package io.millrace.operators.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The form of a document or message that most turns read or write: its components one after the
 * other, without names, so that neither is a matter of reflection and look-ups.
 *
 * <p><b>To add a component,</b> also to a record within: give it a default for "absent" as
 * elsewhere, write it at the end of the whole, and read it only if anything is left of what was
 * written. No new version. For every other change append {@code .changedIn} to the type in {@link
 * StoredTypes} and let {@link #read} tell the versions apart.
 */
interface ComponentForm<T> {
  void write(T value, DataOutputSerializer out) throws IOException;

  /**
   * Reads what was written.
   *
   * @param version of the type that was written, from the first that had this form
   * @param in ends with the value
   */
  T read(int version, DataInputDeserializer in) throws IOException;

  /** A form that is the first by component. */
  static <T> ComponentForm<T> of(Components.Writer<T> writer, Components.Reader<T> reader) {
    return new ComponentForm<>() {
      @Override
      public void write(T value, DataOutputSerializer out) throws IOException {
        writer.write(value, out);
      }

      @Override
      public T read(int version, DataInputDeserializer in) throws IOException {
        return reader.read(in);
      }
    };
  }

  /** Of what has no components. */
  static <T> ComponentForm<T> always(T value) {
    return of((same, out) -> {}, in -> value);
  }
}

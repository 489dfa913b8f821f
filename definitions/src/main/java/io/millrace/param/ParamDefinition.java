package io.millrace.param;

import java.util.List;

/**
 * A parameter as its author wrote it.
 *
 * @param type the declared type
 * @param literal the value; of the Java type that {@link ParamValue} names for {@code type}
 * @param mode who may change it; {@link ParamMode#MUTABLE} unless said otherwise
 * @param tags labels, without effect
 */
public record ParamDefinition(
    ParamType type, ParamValue literal, ParamMode mode, List<String> tags) {
  public ParamDefinition {
    tags = List.copyOf(tags);
  }

  /** A literal that anyone may change. */
  public static ParamDefinition literal(ParamValue value) {
    return new ParamDefinition(value.type(), value, ParamMode.MUTABLE, List.of());
  }
}

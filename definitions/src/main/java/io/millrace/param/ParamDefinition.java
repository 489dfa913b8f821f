package io.millrace.param;

import io.millrace.label.Notes;
import io.millrace.label.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as its author wrote it (Maestro semantics 4.1).
 *
 * @param type the declared type
 * @param content a literal of the Java type that {@link ParamValue} names for {@code type}, or an
 *     expression whose result is converted to {@code type}
 * @param mode who may change it; {@link ParamMode#MUTABLE} unless said otherwise
 * @param validator kept and shown, never enforced (deviations 21)
 * @param tags labels, without effect
 * @param meta what else was written
 */
public record ParamDefinition(
    ParamType type,
    ParamContent content,
    ParamMode mode,
    @Nullable String validator,
    List<Tag> tags,
    Notes meta) {
  public ParamDefinition {
    tags = List.copyOf(tags);
  }

  /** A param of a mode, with nothing else said. */
  public ParamDefinition(ParamType type, ParamContent content, ParamMode mode) {
    this(type, content, mode, null, List.of(), Notes.NONE);
  }

  /** A literal that anyone may change. */
  public static ParamDefinition literal(ParamValue value) {
    return new ParamDefinition(value.type(), new ParamContent.Literal(value), ParamMode.MUTABLE);
  }

  /** An expression that anyone may change. */
  public static ParamDefinition computed(ParamType type, String expression) {
    return new ParamDefinition(type, new ParamContent.Computed(expression), ParamMode.MUTABLE);
  }

  /** The text of the expression; empty for a literal. */
  public Optional<String> expression() {
    return content instanceof ParamContent.Computed computed
        ? Optional.of(computed.expression())
        : Optional.empty();
  }

  /**
   * The literal.
   *
   * @throws IllegalStateException if this is an expression
   */
  public ParamValue literal() {
    if (content instanceof ParamContent.Literal literal) {
      return literal.value();
    }
    throw new IllegalStateException("Expected a literal, but it is an expression.");
  }

  /** The same param with another content and type. */
  public ParamDefinition with(ParamType newType, ParamContent newContent) {
    return new ParamDefinition(newType, newContent, mode, validator, tags, meta);
  }
}

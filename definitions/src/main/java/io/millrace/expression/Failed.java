package io.millrace.expression;

import io.millrace.expression.syntax.Position;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Failure} travels within this package and its parts; it never leaves them. Without a
 * stack trace, so that failing costs as little as succeeding.
 */
public final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final transient @Nullable Position at;

  /** A failure whose place the interpreter knows. */
  public Failed(FailureCode code, String message) {
    this(code, message, null);
  }

  public Failed(FailureCode code, String message, @Nullable Position at) {
    super(message, null, false, false);
    this.code = code;
    this.at = at;
  }

  /** What happened, at {@code otherwise} unless it is known better. */
  public Failure failure(Position otherwise) {
    return new Failure(code, String.valueOf(getMessage()), at == null ? otherwise : at);
  }
}

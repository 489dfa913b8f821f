package io.millrace.expression;

import io.millrace.expression.value.Value;
import java.util.Optional;

/** The names an evaluation can read. Values are handed out as copies it may change. */
@FunctionalInterface
public interface Scope {
  Scope EMPTY = name -> Optional.empty();

  /** The value under {@code name}, made for this evaluation alone. */
  Optional<Value> find(String name);
}

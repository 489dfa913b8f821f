package io.millrace.expression;

import io.millrace.expression.value.Type;
import java.util.Optional;

/** What a check knows of the names an expression can read: which there are, and their types. */
@FunctionalInterface
public interface NameTypes {
  /** Nothing is known: there may be any name, of any type. */
  NameTypes UNKNOWN = name -> Optional.of(Type.ANY);

  /** {@link Type#ANY} for a name whose type is not known; empty if there is no such name. */
  Optional<Type> typeOf(String name);
}

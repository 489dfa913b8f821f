package io.millrace.expression.run;

import io.millrace.expression.FailureCode;
import io.millrace.expression.library.Library;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the types that a program writes down: those of declarations and of new arrays. */
final class WrittenTypes {
  private final Library library;
  private final Findings findings;

  WrittenTypes(Library library, Findings findings) {
    this.library = library;
    this.findings = findings;
  }

  /**
   * A type as written.
   *
   * @param type {@link Type#ANY} if there is no such type
   * @param refused fails for that reason; null if there is
   */
  record Written(Type type, @Nullable Node refused) {}

  /** The type of that name, or of arrays of it. */
  Written find(Position at, String name, boolean array) {
    Optional<Type> found = library.declared(name);
    if (found.isEmpty()) {
      String message = "Expected a type, but '" + name + "' is none.";
      return new Written(Type.ANY, findings.refuse(at, FailureCode.UNKNOWN_CLASS, message));
    }
    if (array && !isElement(found.get())) {
      String message = "Expected a type that arrays can be of, but '" + name + "' is none.";
      return new Written(Type.ANY, findings.mistyped(at, message));
    }
    return new Written(array ? found.get().array() : found.get(), null);
  }

  private static boolean isElement(Type type) {
    return switch (type) {
      case STRING, LONG, DOUBLE, BOOLEAN -> true;
      case ANY,
          NULL,
          VOID,
          STRING_ARRAY,
          LONG_ARRAY,
          DOUBLE_ARRAY,
          BOOLEAN_ARRAY,
          MAP,
          DATETIME,
          DATETIME_ZONE,
          DATETIME_FORMATTER,
          DATETIME_PROPERTY,
          DAYS,
          UUID,
          PARAMS ->
          false;
    };
  }
}

package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import java.util.EnumSet;
import java.util.Set;

/** What an argument may be. */
enum Param {
  STRING(Type.STRING),
  LONG(Type.LONG),
  NUMBER(Type.LONG, Type.DOUBLE),
  STRING_OR_LONG(Type.STRING, Type.LONG),
  STRING_OR_NUMBER(Type.STRING, Type.LONG, Type.DOUBLE),
  STRING_OR_BOOLEAN(Type.STRING, Type.BOOLEAN),
  DATETIME(Type.DATETIME),
  DATETIME_OR_LONG(Type.DATETIME, Type.LONG),
  DATETIME_ZONE(Type.DATETIME_ZONE),
  DATETIME_FORMATTER(Type.DATETIME_FORMATTER),
  /** Any value, null as well. */
  ANY(EnumSet.complementOf(EnumSet.of(Type.ANY, Type.VOID, Type.PARAMS)).toArray(new Type[0]));

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of, so nobody can change it
  private final Set<Type> types;

  Param(Type... types) {
    this.types = Set.of(types);
  }

  /** Whether a value of this type may stand here; {@link Type#ANY} may turn out to. */
  boolean accepts(Type type) {
    return type == Type.ANY || types.contains(type);
  }

  /** {@code a STRING or LONG}. */
  String text() {
    return this == ANY ? "a value" : "a " + name().replace("_OR_", " or ");
  }
}

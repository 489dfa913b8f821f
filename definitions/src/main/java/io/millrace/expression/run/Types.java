package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;

/** Which values fit where: numbers widen from LONG to DOUBLE, and nothing else is converted. */
final class Types {
  private Types() {}

  /** The type of what is one or the other. */
  static Type join(Type one, Type other) {
    return one == other ? one : Type.ANY;
  }

  /** Whether a value of this type may fit; null never does (Maestro semantics 5.2). */
  static boolean fits(Type wanted, Type found) {
    return found == wanted
        || ((found == Type.ANY || wanted == Type.ANY) && found != Type.NULL && found != Type.VOID)
        || (wanted == Type.DOUBLE && found == Type.LONG);
  }

  /** The value as one of type {@code wanted}; fails if it is none. */
  static Value fit(Type wanted, Value found) {
    if (found.type() == wanted) {
      return found;
    }
    if (wanted == Type.DOUBLE && found instanceof Value.Int whole) {
      return new Value.Decimal(whole.value());
    }
    throw new Failed(FailureCode.TYPE, misfit(wanted, found.type()));
  }

  static String misfit(Type wanted, Type found) {
    return "Expected a " + wanted + ", but it is " + found + ".";
  }

  /** What a declared variable holds before it is given a value. */
  static Value initial(Type type) {
    return switch (type) {
      case LONG -> new Value.Int(0);
      case DOUBLE -> new Value.Decimal(0);
      case BOOLEAN -> Value.Bool.FALSE;
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY ->
          new Value.Array(type, new Value[0]);
      case ANY,
          NULL,
          VOID,
          STRING,
          MAP,
          DATETIME,
          DATETIME_ZONE,
          DATETIME_FORMATTER,
          DATETIME_PROPERTY,
          DAYS,
          UUID,
          PARAMS ->
          Value.Null.NULL;
    };
  }
}

package io.millrace.definition;

import io.millrace.expression.value.Type;
import io.millrace.param.ParamType;

/** How the types of params and of expressions go together (Maestro semantics 4.1). */
final class ResultTypes {
  private ResultTypes() {}

  /** What an expression sees when it reads a param. */
  static Type of(ParamType type) {
    return switch (type) {
      case STRING -> Type.STRING;
      case LONG -> Type.LONG;
      case DOUBLE -> Type.DOUBLE;
      case BOOLEAN -> Type.BOOLEAN;
      case STRING_ARRAY -> Type.STRING_ARRAY;
      case LONG_ARRAY -> Type.LONG_ARRAY;
      case DOUBLE_ARRAY -> Type.DOUBLE_ARRAY;
      case BOOLEAN_ARRAY -> Type.BOOLEAN_ARRAY;
      case STRING_MAP, MAP -> Type.MAP;
    };
  }

  /** What an iteration sees of a loop param: an element of an array, or the scalar itself. */
  static Type ofLoopParam(ParamType type) {
    Type whole = of(type);
    return whole.isArray() ? whole.element() : whole;
  }

  /** Whether some value of {@code result} can become a param of type {@code param}. */
  static boolean canBecome(Type result, ParamType param) {
    if (result == Type.ANY) {
      return true;
    }
    return switch (param) {
      case STRING, DOUBLE ->
          result == Type.STRING
              || result.isNumber()
              || (param == ParamType.STRING && result == Type.BOOLEAN);
      case LONG -> result == Type.LONG || result == Type.STRING;
      case BOOLEAN -> result == Type.BOOLEAN || result == Type.STRING;
      case STRING_ARRAY -> result.isArray();
      case LONG_ARRAY -> result == Type.LONG_ARRAY;
      case DOUBLE_ARRAY -> result == Type.DOUBLE_ARRAY || result == Type.LONG_ARRAY;
      case BOOLEAN_ARRAY -> result == Type.BOOLEAN_ARRAY;
      case STRING_MAP, MAP -> result == Type.MAP;
    };
  }
}

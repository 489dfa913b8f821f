package io.millrace.expression.value;

/** The types of values, and {@link #ANY} for what only evaluation can tell. */
public enum Type {
  /** Only in checks: not known before evaluation. */
  ANY,
  NULL,
  VOID,
  STRING,
  LONG,
  DOUBLE,
  BOOLEAN,
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
  /** The {@code params} object. */
  PARAMS;

  public boolean isArray() {
    return switch (this) {
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> true;
      case ANY,
          NULL,
          VOID,
          STRING,
          LONG,
          DOUBLE,
          BOOLEAN,
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

  public boolean isNumber() {
    return this == LONG || this == DOUBLE;
  }

  /** Of an array type, what its elements are. */
  public Type element() {
    return switch (this) {
      case STRING_ARRAY -> STRING;
      case LONG_ARRAY -> LONG;
      case DOUBLE_ARRAY -> DOUBLE;
      case BOOLEAN_ARRAY -> BOOLEAN;
      case ANY -> ANY;
      case NULL,
          VOID,
          STRING,
          LONG,
          DOUBLE,
          BOOLEAN,
          MAP,
          DATETIME,
          DATETIME_ZONE,
          DATETIME_FORMATTER,
          DATETIME_PROPERTY,
          DAYS,
          UUID,
          PARAMS ->
          throw new IllegalStateException("Expected an array type, but it is " + this + ".");
    };
  }

  /** The array type of these elements. */
  public Type array() {
    return switch (this) {
      case STRING -> STRING_ARRAY;
      case LONG -> LONG_ARRAY;
      case DOUBLE -> DOUBLE_ARRAY;
      case BOOLEAN -> BOOLEAN_ARRAY;
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
          throw new IllegalStateException("Expected an element type, but it is " + this + ".");
    };
  }
}

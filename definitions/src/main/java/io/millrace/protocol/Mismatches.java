package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in the reader's words what a record's author did, not in those of Java's types. */
final class Mismatches extends DeserializationProblemHandler {

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType type,
      @Nullable JsonToken token,
      JsonParser json,
      @Nullable String failure)
      throws IOException {
    throw new Mismatch(json, wanted(type.getRawClass()), found(token));
  }

  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String value, @Nullable String failure)
      throws IOException {
    throw new Mismatch(context.getParser(), wanted(type), "'" + value + "'");
  }

  static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    } else if (type == String.class) {
      return "text";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    return Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
  }

  private static String found(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a point";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
    };
  }
}

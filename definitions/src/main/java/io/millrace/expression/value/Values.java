package io.millrace.expression.value;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import java.util.Map;

/** The text of arrays and maps, bounded. */
public final class Values {
  /** Maps in maps, at most; what is deeper, or holds itself, is a named failure. */
  public static final int MAX_DEPTH = 64;

  /** Characters of a printed array or map, at most, whatever the limits of the evaluation. */
  private static final int MAX_TEXT_CHARS = 1_000_000;

  private Values() {}

  /** Arrays as {@code [1, 2]}, maps as {@code {k=v}}. */
  static String text(Value value) {
    StringBuilder text = new StringBuilder();
    print(value, text, 0);
    return text.toString();
  }

  private static void print(Value value, StringBuilder text, int depth) {
    requireShallow(depth);
    requireShort(text);
    if (value instanceof Value.Array array) {
      text.append('[');
      for (int i = 0; i < array.length(); i++) {
        text.append(i == 0 ? "" : ", ").append(array.get(i).text());
        requireShort(text);
      }
      text.append(']');
    } else if (value instanceof Value.Dict map) {
      text.append('{');
      String separator = "";
      for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
        text.append(separator).append(entry.getKey()).append('=');
        print(entry.getValue(), text, depth + 1);
        separator = ", ";
      }
      text.append('}');
    } else {
      text.append(value.text());
    }
    requireShort(text);
  }

  private static void requireShort(StringBuilder text) {
    if (text.length() > MAX_TEXT_CHARS) {
      throw new Failed(
          FailureCode.SIZE_LIMIT,
          "Expected a text of at most " + MAX_TEXT_CHARS + " characters, but it is longer.");
    }
  }

  private static void requireShallow(int depth) {
    if (depth > MAX_DEPTH) {
      throw new Failed(
          FailureCode.DEPTH_LIMIT,
          "Expected maps at most " + MAX_DEPTH + " levels deep, but one is deeper.");
    }
  }
}

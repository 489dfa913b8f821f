package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.syntax.Expr.BinaryOperator;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import io.millrace.expression.value.Values;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code ==} (deviations 4, decisions): numbers by value, a number against a text as numbers if the
 * text is numeric, arrays and maps by content, null with anything. A BOOLEAN against another type
 * is an error at the top and a difference inside arrays and maps.
 */
final class Equality {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");

  // At most one way to match each part, so no text makes it slow.
  private static final Pattern NUMERIC =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  /** No number of a double needs more; a longer text is compared as a text. */
  private static final int MAX_NUMERIC_CHARS = 1_000;

  private Equality() {}

  /** Whether {@code ==} between these types can have a value. */
  static boolean comparable(Type left, Type right) {
    if (left == Type.ANY || right == Type.ANY || left == Type.NULL || right == Type.NULL) {
      return true;
    }
    boolean scalars =
        (left.isNumber() || left == Type.STRING) && (right.isNumber() || right == Type.STRING);
    return scalars || left == right || (left.isArray() && right.isArray());
  }

  /** Whether they are the same; fails if their types can't be compared. */
  static boolean same(Value left, Value right, Meter meter) {
    if (!comparable(left.type(), right.type())
        || left == Value.Nothing.VOID
        || left == Value.Params.PARAMS) {
      throw new Failed(
          FailureCode.TYPE, Operators.refused(BinaryOperator.EQUAL, left.type(), right.type()));
    }
    return alike(left, right, meter, 0);
  }

  private static boolean alike(Value left, Value right, Meter meter, int depth) {
    // Maps may share parts, so that comparing takes far more visits than there are maps.
    meter.visit();
    if (depth > Values.MAX_DEPTH) {
      throw new Failed(
          FailureCode.DEPTH_LIMIT,
          "Expected maps to be at most " + Values.MAX_DEPTH + " levels deep, but one is deeper.");
    }
    if (left instanceof Value.Int one && right instanceof Value.Int other) {
      return one.value() == other.value();
    }
    if (Operators.isNumber(left)) {
      return numbers(left, right);
    }
    if (Operators.isNumber(right)) {
      return numbers(right, left);
    }
    if (left instanceof Value.Array one && right instanceof Value.Array other) {
      return arrays(one, other, meter, depth);
    }
    if (left instanceof Value.Dict one && right instanceof Value.Dict other) {
      return maps(one, other, meter, depth);
    }
    if (left instanceof Value.Text text) {
      meter.read(text.value().length());
    }
    return left.equals(right);
  }

  private static boolean numbers(Value number, Value other) {
    if (Operators.isNumber(other)) {
      return Operators.decimal(number) == Operators.decimal(other);
    }
    if (!(other instanceof Value.Text text) || text.value().length() > MAX_NUMERIC_CHARS) {
      return false;
    }
    if (number instanceof Value.Int whole && WHOLE.matcher(text.value()).matches()) {
      try {
        return whole.value() == Long.parseLong(text.value());
      } catch (NumberFormatException tooLarge) {
        return false;
      }
    }
    return NUMERIC.matcher(text.value()).matches()
        && Operators.decimal(number) == Double.parseDouble(text.value());
  }

  private static boolean arrays(Value.Array left, Value.Array right, Meter meter, int depth) {
    if (left == right) {
      return true;
    }
    if (left.length() != right.length()) {
      return false;
    }
    for (int i = 0; i < left.length(); i++) {
      if (!alike(left.get(i), right.get(i), meter, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Value.Dict left, Value.Dict right, Meter meter, int depth) {
    if (left == right) {
      return true;
    }
    if (left.entries().size() != right.entries().size()) {
      return false;
    }
    for (Map.Entry<String, Value> entry : left.entries().entrySet()) {
      meter.read(entry.getKey().length());
      Value there = right.entries().get(entry.getKey());
      if (there == null || !alike(entry.getValue(), there, meter, depth + 1)) {
        return false;
      }
    }
    return true;
  }
}

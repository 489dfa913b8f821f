package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.syntax.Expr.BinaryOperator;
import io.millrace.expression.syntax.Expr.UnaryOperator;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What operators do, and what they give as far as types tell (Maestro semantics 5.2, deviations 3
 * and 4).
 *
 * <p>The two must agree: what {@link #result} refuses fails when it is run, and a type it names is
 * the type of the value.
 */
final class Operators {
  private Operators() {}

  // ---- types

  /** What {@code left operator right} gives; null if it always fails. */
  static @Nullable Type result(BinaryOperator operator, Type left, Type right) {
    if (left == Type.VOID || right == Type.VOID || left == Type.PARAMS || right == Type.PARAMS) {
      return null;
    }
    return switch (operator) {
      case ADD -> sum(left, right);
      case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(left, right);
      case EQUAL, NOT_EQUAL -> Equality.comparable(left, right) ? Type.BOOLEAN : null;
      case LESS, GREATER ->
          left == Type.NULL || arithmetic(left, right) != null ? Type.BOOLEAN : null;
      case LESS_OR_EQUAL, GREATER_OR_EQUAL -> arithmetic(left, right) != null ? Type.BOOLEAN : null;
    };
  }

  private static @Nullable Type sum(Type left, Type right) {
    if (left == Type.STRING || left == Type.NULL) {
      return Type.STRING;
    }
    if (right == Type.STRING && (left.isNumber() || left == Type.ANY)) {
      return Type.STRING;
    }
    if (left == Type.ANY) {
      return Type.ANY;
    }
    return left.isNumber() && right == Type.ANY ? Type.ANY : arithmetic(left, right);
  }

  private static @Nullable Type arithmetic(Type left, Type right) {
    boolean possible =
        (left.isNumber() || left == Type.ANY) && (right.isNumber() || right == Type.ANY);
    if (!possible) {
      return null;
    }
    if (left == Type.DOUBLE || right == Type.DOUBLE) {
      return Type.DOUBLE;
    }
    return left == Type.ANY || right == Type.ANY ? Type.ANY : Type.LONG;
  }

  /** What {@code operator operand} gives; null if it always fails. */
  static @Nullable Type result(UnaryOperator operator, Type operand) {
    return switch (operator) {
      case NOT -> operand == Type.BOOLEAN || operand == Type.ANY ? Type.BOOLEAN : null;
      case MINUS, PLUS -> operand.isNumber() || operand == Type.ANY ? operand : null;
    };
  }

  // ---- values

  static Value apply(BinaryOperator operator, Value left, Value right, Meter meter) {
    if (left instanceof Value.Int one && right instanceof Value.Int other) {
      return integers(operator, one.value(), other.value());
    }
    if (isNumber(left) && isNumber(right)) {
      return decimals(operator, decimal(left), decimal(right));
    }
    return switch (operator) {
      case ADD -> concatenate(left, right, meter);
      case EQUAL -> Value.Bool.of(Equality.same(left, right, meter));
      case NOT_EQUAL -> Value.Bool.of(!Equality.same(left, right, meter));
      case LESS, GREATER -> {
        // As Maestro's: null on the left is neither less nor greater than anything.
        if (left != Value.Null.NULL || isOutside(right)) {
          throw mismatch(operator, left, right);
        }
        yield Value.Bool.FALSE;
      }
      case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, LESS_OR_EQUAL, GREATER_OR_EQUAL ->
          throw mismatch(operator, left, right);
    };
  }

  private static Value integers(BinaryOperator operator, long left, long right) {
    return switch (operator) {
      case ADD -> new Value.Int(left + right);
      case SUBTRACT -> new Value.Int(left - right);
      case MULTIPLY -> new Value.Int(left * right);
      case DIVIDE -> new Value.Int(left / requireDivisor(right));
      case REMAINDER -> new Value.Int(left % requireDivisor(right));
      case EQUAL -> Value.Bool.of(left == right);
      case NOT_EQUAL -> Value.Bool.of(left != right);
      case LESS -> Value.Bool.of(left < right);
      case LESS_OR_EQUAL -> Value.Bool.of(left <= right);
      case GREATER -> Value.Bool.of(left > right);
      case GREATER_OR_EQUAL -> Value.Bool.of(left >= right);
    };
  }

  private static long requireDivisor(long right) {
    if (right == 0) {
      throw new Failed(
          FailureCode.DIVISION_BY_ZERO,
          "Expected a LONG to be divided by a number other than 0, but it is 0.");
    }
    return right;
  }

  private static Value decimals(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> new Value.Decimal(left + right);
      case SUBTRACT -> new Value.Decimal(left - right);
      case MULTIPLY -> new Value.Decimal(left * right);
      case DIVIDE -> new Value.Decimal(left / right);
      case REMAINDER -> new Value.Decimal(left % right);
      case EQUAL -> Value.Bool.of(left == right);
      case NOT_EQUAL -> Value.Bool.of(left != right);
      case LESS -> Value.Bool.of(left < right);
      case LESS_OR_EQUAL -> Value.Bool.of(left <= right);
      case GREATER -> Value.Bool.of(left > right);
      case GREATER_OR_EQUAL -> Value.Bool.of(left >= right);
    };
  }

  private static Value concatenate(Value left, Value right, Meter meter) {
    boolean texts =
        left instanceof Value.Text
            || left == Value.Null.NULL
            || (isNumber(left) && right instanceof Value.Text);
    if (!texts || isOutside(right)) {
      throw mismatch(BinaryOperator.ADD, left, right);
    }
    String begin = left.text();
    String end = right.text();
    meter.text((long) begin.length() + end.length());
    return new Value.Text(begin + end);
  }

  static Value apply(UnaryOperator operator, Value operand) {
    return switch (operator) {
      case NOT -> {
        if (operand instanceof Value.Bool bool) {
          yield Value.Bool.of(!bool.value());
        }
        throw new Failed(FailureCode.TYPE, refused(operator, operand.type()));
      }
      case MINUS -> {
        if (operand instanceof Value.Int number) {
          yield new Value.Int(-number.value());
        }
        yield new Value.Decimal(-requireDecimal(operator, operand));
      }
      case PLUS -> {
        if (!(operand instanceof Value.Int)) {
          requireDecimal(operator, operand);
        }
        yield operand;
      }
    };
  }

  private static double requireDecimal(UnaryOperator operator, Value operand) {
    if (operand instanceof Value.Decimal number) {
      return number.value();
    }
    throw new Failed(FailureCode.TYPE, refused(operator, operand.type()));
  }

  static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Decimal;
  }

  /** Of a number. */
  static double decimal(Value value) {
    return value instanceof Value.Int whole ? whole.value() : ((Value.Decimal) value).value();
  }

  /** What stands for no value that could be computed with. */
  private static boolean isOutside(Value value) {
    return value == Value.Nothing.VOID || value == Value.Params.PARAMS;
  }

  // ---- messages

  private static Failed mismatch(BinaryOperator operator, Value left, Value right) {
    return new Failed(FailureCode.TYPE, refused(operator, left.type(), right.type()));
  }

  static String refused(BinaryOperator operator, Type left, Type right) {
    return "Expected '%s' to stand between values it is defined for, but they are %s and %s."
        .formatted(operator.text(), left, right);
  }

  static String refused(UnaryOperator operator, Type operand) {
    return switch (operator) {
      case NOT -> "Expected a BOOLEAN after '!', but it is " + operand + ".";
      case MINUS -> "Expected a number after '-', but it is " + operand + ".";
      case PLUS -> "Expected a number after '+', but it is " + operand + ".";
    };
  }
}

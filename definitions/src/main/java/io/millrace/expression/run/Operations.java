package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Expr.BinaryOperator;
import io.millrace.expression.syntax.Expr.UnaryOperator;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;

/** Nodes that compute with values: literals, variables and operators. */
final class Operations {
  private Operations() {}

  /** Fails if it is reached: what a check has refused already. */
  static final class Refused extends Node {
    private final FailureCode code;
    private final String message;

    Refused(Position at, FailureCode code, String message) {
      super(at, Type.ANY);
      this.code = code;
      this.message = message;
    }

    @Override
    Value run(Frame frame) {
      throw new Failed(code, message, at);
    }

    @Override
    boolean isRefused() {
      return true;
    }
  }

  static final class Constant extends Node {
    private final Value value;

    Constant(Position at, Value value) {
      super(at, value.type());
      this.value = value;
    }

    @Override
    Value run(Frame frame) {
      frame.visit(at);
      return value;
    }

    Value value() {
      return value;
    }
  }

  static final class Variable extends Node {
    private final int slot;
    private final String name;
    private final boolean unknown;

    /**
     * @param unknown whether nothing provides the name as far as the text goes
     */
    Variable(Position at, Type type, int slot, String name, boolean unknown) {
      super(at, type);
      this.slot = slot;
      this.name = name;
      this.unknown = unknown;
    }

    @Override
    boolean isRefused() {
      return unknown;
    }

    @Override
    Value run(Frame frame) {
      frame.visit(at);
      return frame.read(slot, name, at);
    }
  }

  /** {@code a + b - c}: a chain from left to right, so that its length is not depth. */
  static final class Chain extends Node {
    private final Node first;
    private final BinaryOperator[] operators;
    private final Node[] operands;
    private final Position[] places;

    Chain(Type type, Node first, BinaryOperator[] operators, Node[] operands, Position[] places) {
      super(places[places.length - 1], type);
      this.first = first;
      this.operators = operators;
      this.operands = operands;
      this.places = places;
    }

    @Override
    Value run(Frame frame) {
      Value left = first.run(frame);
      for (int i = 0; i < operators.length; i++) {
        Value right = operands[i].run(frame);
        frame.visit(places[i]);
        left = Operators.apply(operators[i], left, right, frame.meter());
      }
      return left;
    }
  }

  /** {@code a && b && c}, or with {@code ||}: ends at the first that decides. */
  static final class Logical extends Node {
    private final boolean and;
    private final Node[] operands;

    Logical(Position at, boolean and, Node[] operands) {
      super(at, Type.BOOLEAN);
      this.and = and;
      this.operands = operands;
    }

    @Override
    Value run(Frame frame) {
      for (Node operand : operands) {
        if (truth(operand, frame) != and) {
          return Value.Bool.of(!and);
        }
      }
      return Value.Bool.of(and);
    }
  }

  /** Runs what must be a BOOLEAN. */
  static boolean truth(Node condition, Frame frame) {
    Value value = condition.run(frame);
    frame.visit(condition.at);
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    throw new Failed(FailureCode.TYPE, noTruth(value.type()), condition.at);
  }

  static String noTruth(Type type) {
    return "Expected a BOOLEAN, but it is " + type + ".";
  }

  static final class Conditional extends Node {
    private final Node condition;
    private final Node then;
    private final Node otherwise;

    Conditional(Position at, Node condition, Node then, Node otherwise) {
      super(at, Types.join(then.type, otherwise.type));
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    Value run(Frame frame) {
      return truth(condition, frame) ? then.run(frame) : otherwise.run(frame);
    }
  }

  static final class Unary extends Node {
    private final UnaryOperator operator;
    private final Node operand;

    Unary(Position at, Type type, UnaryOperator operator, Node operand) {
      super(at, type);
      this.operator = operator;
      this.operand = operand;
    }

    @Override
    Value run(Frame frame) {
      Value value = operand.run(frame);
      frame.visit(at);
      return Operators.apply(operator, value);
    }
  }
}

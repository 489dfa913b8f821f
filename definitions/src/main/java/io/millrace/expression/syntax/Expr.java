package io.millrace.expression.syntax;

import io.millrace.expression.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One expression (Maestro semantics 5.1). */
public sealed interface Expr {
  Position at();

  <R> R accept(Cases<R> cases);

  /** What to do with each kind of expression. */
  interface Cases<R> {
    R literal(Literal expression);

    R name(Name expression);

    R assign(Assign expression);

    R choose(Conditional expression);

    R logical(Logical expression);

    R binary(Binary expression);

    R unary(Unary expression);

    R field(Field expression);

    R call(Call expression);

    R index(Index expression);

    R construct(New expression);

    R newArray(NewArray expression);

    R arrayOf(ArrayOf expression);
  }

  /** A scalar or {@code null}. */
  record Literal(Position at, Value value) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.literal(this);
    }
  }

  /** A variable, a parameter, or, as a receiver, a class. */
  record Name(Position at, String name) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.name(this);
    }
  }

  /**
   * {@code target = value}, {@code target += value} and so on.
   *
   * @param target a {@link Name} or an {@link Index}
   * @param operator of a compound assignment; absent: plain
   */
  record Assign(Position at, Expr target, @Nullable BinaryOperator operator, Expr value)
      implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.assign(this);
    }
  }

  record Conditional(Position at, Expr condition, Expr then, Expr otherwise) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.choose(this);
    }
  }

  /** {@code &&} or {@code ||}; the right side only if it matters (deviations 2). */
  record Logical(Position at, boolean and, Expr left, Expr right) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.logical(this);
    }
  }

  record Binary(Position at, BinaryOperator operator, Expr left, Expr right) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.binary(this);
    }
  }

  record Unary(Position at, UnaryOperator operator, Expr operand) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.unary(this);
    }
  }

  record Field(Position at, Expr receiver, String name) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.field(this);
    }
  }

  record Call(Position at, Expr receiver, String method, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.call(this);
    }
  }

  record Index(Position at, Expr receiver, Expr index) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.index(this);
    }
  }

  /** {@code new Type(arguments)}. */
  record New(Position at, String type, List<Expr> arguments) implements Expr {
    public New {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.construct(this);
    }
  }

  /** {@code new Type[length]}. */
  record NewArray(Position at, String element, Expr length) implements Expr {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.newArray(this);
    }
  }

  /** {@code new Type[]{items}}. */
  record ArrayOf(Position at, String element, List<Expr> items) implements Expr {
    public ArrayOf {
      items = List.copyOf(items);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.arrayOf(this);
    }
  }

  /** Operators that always evaluate both sides. */
  enum BinaryOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String text;

    BinaryOperator(String text) {
      this.text = text;
    }

    /** As written. */
    public String text() {
      return text;
    }
  }

  /** Operators with one operand. */
  enum UnaryOperator {
    MINUS,
    PLUS,
    NOT
  }
}

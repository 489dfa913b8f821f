package io.millrace.expression.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement (Maestro semantics 5.1). */
public sealed interface Statement {
  Position at();

  <R> R accept(Cases<R> cases);

  /** What to do with each kind of statement. */
  interface Cases<R> {
    R block(Block statement);

    R evaluate(Evaluate statement);

    R declare(Declare statement);

    R branch(If statement);

    R loop(While statement);

    R count(For statement);

    R leave(Break statement);

    R next(Continue statement);

    R giveBack(Return statement);

    R raise(Throw statement);
  }

  record Block(Position at, List<Statement> statements) implements Statement {
    public Block {
      statements = List.copyOf(statements);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.block(this);
    }
  }

  /** An expression as a statement. */
  record Evaluate(Position at, Expr expression) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.evaluate(this);
    }
  }

  /** {@code int a = 1, b;} */
  record Declare(Position at, TypeName type, List<Declarator> declarators) implements Statement {
    public Declare {
      declarators = List.copyOf(declarators);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.declare(this);
    }
  }

  record If(Position at, Expr condition, Statement then, @Nullable Statement otherwise)
      implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.branch(this);
    }
  }

  record While(Position at, Expr condition, Statement body) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.loop(this);
    }
  }

  /**
   * {@code for (begin; condition; update) body}.
   *
   * @param begin a {@link Declare} or an {@link Evaluate}
   * @param condition absent: true
   */
  record For(
      Position at,
      @Nullable Statement begin,
      @Nullable Expr condition,
      @Nullable Expr update,
      Statement body)
      implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.count(this);
    }
  }

  record Break(Position at) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.leave(this);
    }
  }

  record Continue(Position at) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.next(this);
    }
  }

  record Return(Position at, @Nullable Expr value) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.giveBack(this);
    }
  }

  record Throw(Position at, Expr value) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.raise(this);
    }
  }

  /** One name of a declaration. */
  record Declarator(Position at, String name, @Nullable Expr initial) {}

  /**
   * A type as written.
   *
   * @param name e.g. {@code int}, {@code String}
   * @param array whether {@code []} follows
   */
  record TypeName(Position at, String name, boolean array) {}
}

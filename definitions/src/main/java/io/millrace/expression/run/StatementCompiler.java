package io.millrace.expression.run;

import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Expr;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.syntax.Statement;
import io.millrace.expression.value.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes statements ready, and learns what a program can end with. */
final class StatementCompiler implements Statement.Cases<StatementCompiler.Compiled> {
  private static final Node[] NO_NODES = {};
  private static final Step[] NO_STEPS = {};

  private final NodeCompiler nodes;
  private final List<Type> returned = new ArrayList<>();
  private int loops;
  private boolean leavesLoop;

  StatementCompiler(NodeCompiler nodes) {
    this.nodes = nodes;
  }

  /**
   * A statement made ready.
   *
   * @param completes whether what follows can be reached
   * @param value the type of what it leaves as value
   */
  record Compiled(Step step, boolean completes, Type value) {}

  /** The types of all {@code return}s that were met, VOID for one without value. */
  List<Type> returned() {
    return returned;
  }

  Compiled sequence(List<Statement> statements) {
    List<Step> steps = new ArrayList<>();
    boolean completes = true;
    Type value = Type.VOID;
    for (Statement statement : statements) {
      Compiled compiled = statement.accept(this);
      steps.add(compiled.step());
      completes &= compiled.completes();
      value = compiled.value();
    }
    return new Compiled(new Steps.Sequence(steps.toArray(NO_STEPS)), completes, value);
  }

  @Override
  public Compiled block(Statement.Block statement) {
    return sequence(statement.statements());
  }

  @Override
  public Compiled evaluate(Statement.Evaluate statement) {
    Node node = nodes.compile(statement.expression());
    return new Compiled(new Steps.Evaluate(node), true, node.type);
  }

  @Override
  public Compiled declare(Statement.Declare statement) {
    WrittenTypes.Written type = nodes.declared(statement.type());
    List<Node> declarations = new ArrayList<>();
    for (Statement.Declarator declarator : statement.declarators()) {
      declarations.add(nodes.declaration(declarator, type));
    }
    return new Compiled(new Steps.Declare(declarations.toArray(NO_NODES)), true, Type.VOID);
  }

  @Override
  public Compiled branch(Statement.If first) {
    List<Node> conditions = new ArrayList<>();
    List<Step> branches = new ArrayList<>();
    boolean completes = false;
    Statement next = first;
    while (next instanceof Statement.If branch) {
      conditions.add(nodes.condition(branch.condition()));
      if (next == first) {
        nodes.variables().beginChoice();
      }
      Compiled then = branch.then().accept(this);
      branches.add(then.step());
      completes |= then.completes();
      next = branch.otherwise();
    }
    @Nullable Step otherwise = null;
    if (next == null) {
      completes = true;
    } else {
      Compiled last = next.accept(this);
      otherwise = last.step();
      completes |= last.completes();
    }
    nodes.variables().endChoice();
    Step step =
        new Steps.Branches(conditions.toArray(NO_NODES), branches.toArray(NO_STEPS), otherwise);
    return new Compiled(step, completes, Type.VOID);
  }

  @Override
  public Compiled loop(Statement.While statement) {
    return loop(statement.at(), null, statement.condition(), null, statement.body());
  }

  @Override
  public Compiled count(Statement.For statement) {
    Step begin = statement.begin() == null ? null : statement.begin().accept(this).step();
    return loop(statement.at(), begin, statement.condition(), statement.update(), statement.body());
  }

  private Compiled loop(
      Position at,
      @Nullable Step begin,
      @Nullable Expr condition,
      @Nullable Expr update,
      Statement body) {
    boolean outerLeaves = leavesLoop;
    leavesLoop = false;
    loops++;
    nodes.variables().beginChoice();
    Node ready = condition == null ? null : nodes.condition(condition);
    Step inner = body.accept(this).step();
    Node next = update == null ? null : nodes.compile(update);
    nodes.variables().endChoice();
    loops--;
    boolean completes = leavesLoop || !NodeCompiler.isAlwaysTrue(ready);
    leavesLoop = outerLeaves;
    return new Compiled(new Steps.Loop(at, begin, ready, next, inner), completes, Type.VOID);
  }

  @Override
  public Compiled leave(Statement.Break statement) {
    leavesLoop = true;
    return jump(statement.at(), "break", Step.Completion.BREAK);
  }

  @Override
  public Compiled next(Statement.Continue statement) {
    return jump(statement.at(), "continue", Step.Completion.CONTINUE);
  }

  private Compiled jump(Position at, String word, Step.Completion completion) {
    if (loops == 0) {
      String message = "Expected '" + word + "' to stand within a loop, but it does not.";
      Node refused = nodes.findings().refuse(at, FailureCode.SYNTAX, message);
      return new Compiled(new Steps.Evaluate(refused), false, Type.VOID);
    }
    return new Compiled(new Steps.Jump(at, completion), false, Type.VOID);
  }

  @Override
  public Compiled giveBack(Statement.Return statement) {
    Node value = statement.value() == null ? null : nodes.compile(statement.value());
    returned.add(value == null ? Type.VOID : value.type);
    return new Compiled(new Steps.Return(statement.at(), value), false, Type.VOID);
  }

  @Override
  public Compiled raise(Statement.Throw statement) {
    Node reason = nodes.compile(statement.value());
    if (!Types.fits(Type.STRING, reason.type)) {
      reason =
          nodes
              .findings()
              .refuse(statement.at(), FailureCode.TYPE, Steps.notThrowable(reason.type.name()));
    }
    return new Compiled(new Steps.Throw(statement.at(), reason), false, Type.VOID);
  }
}

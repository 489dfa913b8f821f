package io.millrace.expression.syntax;

import io.millrace.expression.syntax.grammar.ExpressionBaseVisitor;
import io.millrace.expression.syntax.grammar.ExpressionParser.BlockContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.BranchContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.DeclareContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.EvaluateContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ForBeginContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ForLoopContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.GiveBackContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.LeaveContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.NextContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.RaiseContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.WhileLoopContext;

/** Makes statements of the parser's contexts. */
final class StatementBuilder extends ExpressionBaseVisitor<Statement> {
  private final TreeBuilder expressions;

  StatementBuilder(TreeBuilder expressions) {
    this.expressions = expressions;
  }

  @Override
  public Statement visitBlock(BlockContext context) {
    return new Statement.Block(
        expressions.at(context), context.statement().stream().map(this::visit).toList());
  }

  @Override
  public Statement visitBranch(BranchContext context) {
    return new Statement.If(
        expressions.at(context),
        expressions.build(context.expression()),
        visit(context.statement(0)),
        context.statement().size() < 2 ? null : visit(context.statement(1)));
  }

  @Override
  public Statement visitWhileLoop(WhileLoopContext context) {
    return new Statement.While(
        expressions.at(context),
        expressions.build(context.expression()),
        visit(context.statement()));
  }

  @Override
  public Statement visitForLoop(ForLoopContext context) {
    return new Statement.For(
        expressions.at(context),
        context.begin == null ? null : visit(context.begin),
        expressions.optional(context.condition),
        expressions.optional(context.update),
        visit(context.statement()));
  }

  @Override
  public Statement visitForBegin(ForBeginContext context) {
    return context.declaration() != null
        ? expressions.declaration(context.declaration())
        : new Statement.Evaluate(expressions.at(context), expressions.build(context.expression()));
  }

  @Override
  public Statement visitLeave(LeaveContext context) {
    return new Statement.Break(expressions.at(context));
  }

  @Override
  public Statement visitNext(NextContext context) {
    return new Statement.Continue(expressions.at(context));
  }

  @Override
  public Statement visitGiveBack(GiveBackContext context) {
    return new Statement.Return(
        expressions.at(context), expressions.optional(context.expression()));
  }

  @Override
  public Statement visitRaise(RaiseContext context) {
    return new Statement.Throw(expressions.at(context), expressions.build(context.expression()));
  }

  @Override
  public Statement visitDeclare(DeclareContext context) {
    return expressions.declaration(context.declaration());
  }

  @Override
  public Statement visitEvaluate(EvaluateContext context) {
    return new Statement.Evaluate(expressions.at(context), expressions.build(context.expression()));
  }
}

package io.millrace.expression.syntax;

import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Expr.BinaryOperator;
import io.millrace.expression.syntax.Statement.Declarator;
import io.millrace.expression.syntax.Statement.TypeName;
import io.millrace.expression.syntax.grammar.ExpressionBaseVisitor;
import io.millrace.expression.syntax.grammar.ExpressionLexer;
import io.millrace.expression.syntax.grammar.ExpressionParser.ArgumentsContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ArrayOfContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.AssignContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.BinaryContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.CallContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ConditionalContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ConstantContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ConstructContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.DeclarationContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ExpressionContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.FieldContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.IndexContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.NameContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.NestedContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.NewArrayContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.ProgramContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.SingleContext;
import io.millrace.expression.syntax.grammar.ExpressionParser.UnaryContext;
import java.util.ArrayDeque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions of the parser's contexts. What binds to the left is walked in a loop, so that a
 * sum of five thousand terms takes no stack.
 */
final class TreeBuilder extends ExpressionBaseVisitor<Expr> {
  private final SourceText source;
  private final ExpressionLimits limits;
  private final Literals literals = new Literals();

  /**
   * Fields, calls and indexes around what is being built, chains in brackets of chains included.
   */
  private int postfixes;

  TreeBuilder(SourceText source, ExpressionLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  Program program(ProgramContext context) {
    StatementBuilder statements = new StatementBuilder(this);
    return new Program(
        context.statement().stream().map(statements::visit).toList(),
        at(context.EOF().getSymbol()));
  }

  Position at(Token token) {
    return source.position(token.getStartIndex());
  }

  Position at(ParserRuleContext context) {
    return at(context.getStart());
  }

  Statement declaration(DeclarationContext context) {
    TypeName type =
        new TypeName(at(context), context.typeName().getText(), context.array() != null);
    List<Declarator> declarators =
        context.declarator().stream()
            .map(
                declarator ->
                    new Declarator(
                        at(declarator),
                        declarator.NAME().getText(),
                        declarator.expression() == null ? null : build(declarator.expression())))
            .toList();
    return new Statement.Declare(at(context), type, declarators);
  }

  @Nullable Expr optional(@Nullable ExpressionContext context) {
    return context == null ? null : build(context);
  }

  /** Any expression: down its left side to the first operand, then up again. */
  Expr build(ExpressionContext context) {
    ArrayDeque<ExpressionContext> spine = new ArrayDeque<>();
    ExpressionContext left = context;
    int outside = postfixes;
    for (ExpressionContext next = leftOf(left); next != null; next = leftOf(left)) {
      postfixes = left instanceof BinaryContext ? outside : postfixes + 1;
      if (postfixes > limits.maxDepth()) {
        throw Nesting.tooDeep(limits.maxDepth(), at(left));
      }
      spine.push(left);
      left = next;
    }
    Expr built = visit(left);
    while (!spine.isEmpty()) {
      built = extend(built, spine.pop());
    }
    postfixes = outside;
    return built;
  }

  private static @Nullable ExpressionContext leftOf(ExpressionContext context) {
    if (context instanceof BinaryContext binary) {
      return binary.expression(0);
    }
    if (context instanceof CallContext call) {
      return call.expression();
    }
    if (context instanceof FieldContext field) {
      return field.expression();
    }
    return context instanceof IndexContext index ? index.expression(0) : null;
  }

  private Expr extend(Expr left, ExpressionContext context) {
    if (context instanceof BinaryContext binary) {
      return binary(left, binary);
    }
    if (context instanceof CallContext call) {
      return new Expr.Call(
          at(call.NAME().getSymbol()), left, call.NAME().getText(), arguments(call.arguments()));
    }
    if (context instanceof FieldContext field) {
      return new Expr.Field(at(field.NAME().getSymbol()), left, field.NAME().getText());
    }
    IndexContext index = (IndexContext) context;
    return new Expr.Index(at(index.expression(1)), left, build(index.expression(1)));
  }

  private Expr binary(Expr left, BinaryContext context) {
    Position at = at(context.operator);
    Expr right = build(context.expression(1));
    String operator = context.operator.getText();
    if (operator.equals("&&") || operator.equals("||")) {
      return new Expr.Logical(at, operator.equals("&&"), left, right);
    }
    return new Expr.Binary(at, operator(operator), left, right);
  }

  private static BinaryOperator operator(String text) {
    for (BinaryOperator operator : BinaryOperator.values()) {
      if (operator.text().equals(text)) {
        return operator;
      }
    }
    throw new IllegalStateException("Expected an operator of the grammar, but got " + text + ".");
  }

  private List<Expr> arguments(@Nullable ArgumentsContext context) {
    return context == null ? List.of() : context.expression().stream().map(this::build).toList();
  }

  // ---- what does not begin with an expression, or binds to the right

  @Override
  public Expr visitSingle(SingleContext context) {
    return visit(context.primary());
  }

  @Override
  public Expr visitUnary(UnaryContext context) {
    Position at = at(context.operator);
    if (context.operator.getType() == ExpressionLexer.MINUS
        && isSmallestLong(context.expression())) {
      return literals.smallestLong(at);
    }
    Expr operand = build(context.expression());
    Expr.UnaryOperator operator =
        switch (context.operator.getType()) {
          case ExpressionLexer.MINUS -> Expr.UnaryOperator.MINUS;
          case ExpressionLexer.PLUS -> Expr.UnaryOperator.PLUS;
          default -> Expr.UnaryOperator.NOT;
        };
    return new Expr.Unary(at, operator, operand);
  }

  /** Looks at a literal only: the text of any operand would be put together again and again. */
  private static boolean isSmallestLong(ExpressionContext operand) {
    return operand instanceof SingleContext single
        && single.primary() instanceof ConstantContext constant
        && Literals.isSmallestLong(constant.getText());
  }

  @Override
  public Expr visitConditional(ConditionalContext context) {
    return new Expr.Conditional(
        at(context.expression(0)),
        build(context.expression(0)),
        build(context.expression(1)),
        build(context.expression(2)));
  }

  @Override
  public Expr visitAssign(AssignContext context) {
    Expr target = build(context.expression(0));
    boolean assignable =
        target instanceof Expr.Name
            || (target instanceof Expr.Index index && index.receiver() instanceof Expr.Name);
    if (!assignable) {
      throw new Failed(
          FailureCode.SYNTAX,
          "Expected a name or an element of a named array or map to the left of '"
              + context.operator.getText()
              + "', but found something else.",
          at(context.operator));
    }
    String operator = context.operator.getText();
    return new Expr.Assign(
        at(context.operator),
        target,
        operator.equals("=") ? null : operator(operator.substring(0, operator.length() - 1)),
        build(context.expression(1)));
  }

  // ---- primaries

  @Override
  public Expr visitNested(NestedContext context) {
    return build(context.expression());
  }

  @Override
  public Expr visitConstant(ConstantContext context) {
    return literals.literal(context.literal().getStart(), at(context));
  }

  @Override
  public Expr visitName(NameContext context) {
    return new Expr.Name(at(context), context.NAME().getText());
  }

  @Override
  public Expr visitConstruct(ConstructContext context) {
    return new Expr.New(
        at(context.typeName()), context.typeName().getText(), arguments(context.arguments()));
  }

  @Override
  public Expr visitArrayOf(ArrayOfContext context) {
    return new Expr.ArrayOf(
        at(context.typeName()), context.typeName().getText(), arguments(context.arguments()));
  }

  @Override
  public Expr visitNewArray(NewArrayContext context) {
    return new Expr.NewArray(
        at(context.typeName()), context.typeName().getText(), build(context.expression()));
  }
}

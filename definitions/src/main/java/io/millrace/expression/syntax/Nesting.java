package io.millrace.expression.syntax;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.grammar.ExpressionLexer;
import java.util.ArrayDeque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * How deep a text nests, measured on its tokens: an upper bound of how deep the parser recurses.
 *
 * <p>Brackets nest until they close. What binds to the right ({@code !}, {@code ?}, {@code =},
 * {@code if}, ...) nests until its bracket closes or its statement ends. Chains that bind to the
 * left ({@code 1 + 2 + 3}, {@code a.b().c()}) do not nest.
 */
final class Nesting {
  private final ArrayDeque<Integer> outer = new ArrayDeque<>();
  private final int limit;
  private final SourceText source;
  private int total;
  private int here;

  private Nesting(int limit, SourceText source) {
    this.limit = limit;
    this.source = source;
  }

  /**
   * Measures.
   *
   * @throws Failed if it is more than {@code limit} levels
   */
  static void check(List<Token> tokens, int limit, SourceText source) {
    Nesting nesting = new Nesting(limit, source);
    boolean operandBefore = false;
    for (Token token : tokens) {
      nesting.take(token, operandBefore);
      operandBefore = endsOperand(token.getType());
    }
  }

  private void take(Token token, boolean operandBefore) {
    switch (token.getType()) {
      case ExpressionLexer.ROUND_OPEN, ExpressionLexer.SQUARE_OPEN, ExpressionLexer.OPEN -> {
        outer.push(here);
        here = 0;
        deeper(token);
      }
      case ExpressionLexer.ROUND_CLOSE, ExpressionLexer.SQUARE_CLOSE, ExpressionLexer.CLOSE -> {
        if (!outer.isEmpty()) {
          total -= here + 1;
          here = outer.pop();
        }
        if (token.getType() == ExpressionLexer.CLOSE) {
          endStatement();
        }
      }
      case ExpressionLexer.SEMICOLON, ExpressionLexer.COMMA -> endStatement();
      case ExpressionLexer.MINUS, ExpressionLexer.PLUS, ExpressionLexer.NOT -> {
        if (!operandBefore) {
          inward(token);
        }
      }
      case ExpressionLexer.QUESTION,
          ExpressionLexer.ASSIGN,
          ExpressionLexer.ASSIGN_SUM,
          ExpressionLexer.ASSIGN_DIFFERENCE,
          ExpressionLexer.ASSIGN_PRODUCT,
          ExpressionLexer.ASSIGN_QUOTIENT,
          ExpressionLexer.ASSIGN_REMAINDER,
          ExpressionLexer.IF,
          ExpressionLexer.WHILE,
          ExpressionLexer.FOR ->
          inward(token);
      default -> {}
    }
  }

  private void inward(Token token) {
    here++;
    deeper(token);
  }

  private void deeper(Token token) {
    total++;
    if (total > limit) {
      throw tooDeep(limit, source.position(token.getStartIndex()));
    }
  }

  private void endStatement() {
    total -= here;
    here = 0;
  }

  static Failed tooDeep(int limit, @Nullable Position at) {
    return new Failed(
        FailureCode.DEPTH_LIMIT,
        "Expected at most " + limit + " levels of nesting, but there are more.",
        at);
  }

  private static boolean endsOperand(int type) {
    return switch (type) {
      case ExpressionLexer.NAME,
          ExpressionLexer.WHOLE,
          ExpressionLexer.HEX,
          ExpressionLexer.DECIMAL,
          ExpressionLexer.STRING,
          ExpressionLexer.TRUE,
          ExpressionLexer.FALSE,
          ExpressionLexer.NULL,
          ExpressionLexer.ROUND_CLOSE,
          ExpressionLexer.SQUARE_CLOSE ->
          true;
      default -> false;
    };
  }
}

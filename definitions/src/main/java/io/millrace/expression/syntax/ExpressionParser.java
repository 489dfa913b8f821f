package io.millrace.expression.syntax;

import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.grammar.ExpressionLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Text in, tree or failure out; never an exception.
 *
 * <p>Length and nesting are measured before anything recurses, so a hostile text costs no stack.
 */
public final class ExpressionParser {
  private final ExpressionLimits limits;

  public ExpressionParser(ExpressionLimits limits) {
    this.limits = limits;
  }

  /** Parses a whole expression. */
  public Parsed parse(String text) {
    if (text.length() >= limits.maxSourceChars()) {
      return failed(
          new Failed(
              FailureCode.SIZE_LIMIT,
              "Expected an expression of fewer than %d characters, but it has %d."
                  .formatted(limits.maxSourceChars(), text.length())),
          new Position(1, 1));
    }
    SourceText source = new SourceText(text);
    try {
      List<Token> tokens = tokens(source);
      Nesting.check(tokens, limits.maxDepth(), source);
      return new Parsed.Tree(program(tokens, source));
    } catch (Failed failed) {
      return failed(failed, new Position(1, 1));
    } catch (StackOverflowError overflow) {
      // The last resort behind Nesting: no state is shared, so nothing is left half done.
      return failed(Nesting.tooDeep(limits.maxDepth(), null), new Position(1, 1));
    }
  }

  private static Parsed failed(Failed failed, Position otherwise) {
    return new Parsed.NotAnExpression(failed.failure(otherwise));
  }

  private static List<Token> tokens(SourceText source) {
    ExpressionLexer lexer = new ExpressionLexer(CharStreams.fromString(source.text()));
    lexer.removeErrorListeners();
    lexer.addErrorListener(new FirstSyntaxError(source));
    List<Token> tokens = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      tokens.add(token);
    }
    return tokens;
  }

  /** The final {@code ;} may be left out: the text as it is, or else with it. */
  private Program program(List<Token> tokens, SourceText source) {
    boolean closed = !tokens.isEmpty() && ends(tokens, ExpressionLexer.CLOSE);
    boolean terminated = !tokens.isEmpty() && ends(tokens, ExpressionLexer.SEMICOLON);
    if (tokens.isEmpty() || terminated) {
      return program(tokens, source, false);
    }
    if (!closed) {
      return program(tokens, source, true);
    }
    try {
      return program(tokens, source, false);
    } catch (Failed asItIs) {
      try {
        return program(tokens, source, true);
      } catch (Failed withIt) {
        throw asItIs;
      }
    }
  }

  private static boolean ends(List<Token> tokens, int type) {
    return tokens.get(tokens.size() - 1).getType() == type;
  }

  private Program program(List<Token> tokens, SourceText source, boolean terminate) {
    List<Token> all = new ArrayList<>(tokens);
    int end = source.text().codePointCount(0, source.text().length());
    if (terminate) {
      all.add(at(new CommonToken(ExpressionLexer.SEMICOLON, ";"), end));
    }
    all.add(at(new CommonToken(Token.EOF, "<EOF>"), end));
    io.millrace.expression.syntax.grammar.ExpressionParser parser =
        new io.millrace.expression.syntax.grammar.ExpressionParser(
            new CommonTokenStream(new ListTokenSource(all)));
    parser.removeErrorListeners();
    parser.addErrorListener(new FirstSyntaxError(source));
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return new TreeBuilder(source, limits).program(parser.program());
  }

  private static Token at(CommonToken token, int codePoint) {
    token.setStartIndex(codePoint);
    token.setStopIndex(codePoint);
    return token;
  }
}

package io.millrace.expression.syntax;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.grammar.ExpressionLexer;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Ends parsing at the first error, and says what was found there. */
final class FirstSyntaxError extends BaseErrorListener {
  private static final int SHOWN_CHARS = 40;

  private final SourceText source;

  FirstSyntaxError(SourceText source) {
    this.source = source;
  }

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      @Nullable Object offending,
      int line,
      int column,
      String message,
      @Nullable RecognitionException cause) {
    if (offending instanceof Token token) {
      throw new Failed(
          FailureCode.SYNTAX,
          "Expected " + expected(token, recognizer, cause) + ", but " + found(token) + ".",
          source.position(token.getStartIndex()));
    }
    int at = cause instanceof LexerNoViableAltException lexing ? lexing.getStartIndex() : 0;
    throw new Failed(
        FailureCode.SYNTAX,
        "Expected the parts of an expression, but found "
            + quoted(source.text().substring(source.text().offsetByCodePoints(0, at)))
            + ".",
        source.position(at));
  }

  private String expected(
      Token token, Recognizer<?, ?> recognizer, @Nullable RecognitionException cause) {
    if (cause != null
        && cause.getExpectedTokens() != null
        && cause.getExpectedTokens().size() == 1) {
      int wanted = cause.getExpectedTokens().getMinElement();
      // all others are written as they are
      return wanted == ExpressionLexer.NAME
          ? "a name"
          : recognizer.getVocabulary().getDisplayName(wanted);
    }
    return isEnd(token) ? "the expression to go on" : "something else here";
  }

  private String found(Token token) {
    return isEnd(token) ? "its text ends there" : "found " + quoted(token.getText());
  }

  /** What stands behind the text: its end, or the {@code ;} that is added there. */
  private boolean isEnd(Token token) {
    String text = source.text();
    return token.getStartIndex() >= text.codePointCount(0, text.length());
  }

  private static String quoted(String text) {
    String shown = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    return "'" + shown + "'";
  }
}

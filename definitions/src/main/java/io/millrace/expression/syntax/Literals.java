package io.millrace.expression.syntax;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.grammar.ExpressionLexer;
import io.millrace.expression.value.Value;
import java.math.BigInteger;
import org.antlr.v4.runtime.Token;

/** What literals mean. Whole numbers are 64 bits, in decimal whatever they begin with. */
final class Literals {
  private static final BigInteger BEHIND_LARGEST = BigInteger.ONE.shiftLeft(63);

  Expr.Literal literal(Token token, Position at) {
    String text = token.getText();
    return new Expr.Literal(
        at,
        switch (token.getType()) {
          case ExpressionLexer.WHOLE -> whole(text, text, 10, at);
          case ExpressionLexer.HEX -> whole(text, text.substring(2), 16, at);
          case ExpressionLexer.DECIMAL -> new Value.Decimal(Double.parseDouble(text));
          case ExpressionLexer.STRING -> new Value.Text(unescaped(text));
          case ExpressionLexer.TRUE -> Value.Bool.TRUE;
          case ExpressionLexer.FALSE -> Value.Bool.FALSE;
          default -> Value.Null.NULL;
        });
  }

  /** Whether, behind a minus, {@code text} is the one number that fits only with it. */
  static boolean isSmallestLong(String text) {
    return text.length() <= 64
        && text.matches("[0-9]+[lL]?")
        && new BigInteger(withoutSuffix(text)).equals(BEHIND_LARGEST);
  }

  Expr.Literal smallestLong(Position at) {
    return new Expr.Literal(at, new Value.Int(Long.MIN_VALUE));
  }

  private static String withoutSuffix(String text) {
    char last = text.charAt(text.length() - 1);
    return last == 'l' || last == 'L' ? text.substring(0, text.length() - 1) : text;
  }

  private static Value whole(String text, String digits, int radix, Position at) {
    BigInteger value = new BigInteger(withoutSuffix(digits), radix);
    // hexadecimal digits give the bits, as in Java
    int bits = radix == 16 ? 64 : 63;
    if (value.bitLength() > bits) {
      throw new Failed(
          FailureCode.SYNTAX,
          "Expected a whole number of 64 bits, but '"
              + (text.length() <= 40 ? text : text.substring(0, 40) + "…")
              + "' is larger.",
          at);
    }
    return new Value.Int(value.longValue());
  }

  /** Between the quotes; the lexer has let only these escapes through. */
  private static String unescaped(String quoted) {
    StringBuilder plain = new StringBuilder(quoted.length());
    boolean escaped = false;
    for (char c : quoted.substring(1, quoted.length() - 1).toCharArray()) {
      if (!escaped && c == '\\') {
        escaped = true;
        continue;
      }
      plain.append(escaped ? meaning(c) : c);
      escaped = false;
    }
    return plain.toString();
  }

  private static char meaning(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> escaped;
    };
  }
}

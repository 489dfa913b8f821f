package io.millrace.expression.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.ExpressionLimits;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionParserTest {
  private final ExpressionParser parser = new ExpressionParser(ExpressionLimits.DEFAULT);

  private Program tree(String text) {
    assertThat(parser.parse(text)).as(text).isInstanceOf(Parsed.Tree.class);
    return ((Parsed.Tree) parser.parse(text)).program();
  }

  private Failure failure(String text) {
    assertThat(parser.parse(text)).as(text).isInstanceOf(Parsed.NotAnExpression.class);
    return ((Parsed.NotAnExpression) parser.parse(text)).failure();
  }

  private Expr only(String text) {
    Program program = tree(text);
    assertThat(program.statements()).hasSize(1);
    return ((Statement.Evaluate) program.statements().get(0)).expression();
  }

  private Value literal(String text) {
    return ((Expr.Literal) only(text)).value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1;",
        "a + 1",
        "return 1",
        "return",
        "return a;",
        "{}",
        "{ 1; }",
        "new int[]{1, 2}",
        "new int[]{1, 2,}",
        "new int[]{}",
        "int[] a = new int[3]; a",
        "new long[]{1,2,3}[1];",
        "if (n > 5) { return 'big'; } else { return 'small'; }",
        "if (a) 1; else 2",
        "for (int i = 0; i < 3; i += 1) { s += i; } s",
        "for (;;) break",
        "import org.joda.time.*; import a.b.C; 1",
        "String a = 'x', b; a",
        "foo.bar.baz(1, 'x')[2].length",
        "a ? b : c ? d : e",
        "a = b = 1",
        "/* c */ 1 // d",
        "\\u0031 + 1",
        "größe + 1",
      })
  void shouldTakeWhatTheGrammarDerives(String text) {
    assertThat(parser.parse(text)).isInstanceOf(Parsed.Tree.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int[] a = {1,2};|1|11",
        ";|1|1",
        "1;;|1|3",
        "f()|1|2",
        "1 +|1|4",
        "a b c|1|5",
        "i++|1|4",
        "'unclosed|1|1",
        "\"\\101\"|1|1",
        "1 & 2|1|3",
        "class A {}|1|1",
        "do { } while (true);|1|1",
        "(int) 1.5|1|2",
        "x -> x|1|4",
        "a instanceof String|1|3",
        "try { }|1|1",
        "1 = 2|1|3",
        "a.b = 2|1|5",
        "f(x)(y)|1|2",
        "#|1|1",
        "99999999999999999999|1|1",
        "9223372036854775808|1|1",
        "0x1FFFFFFFFFFFFFFFFF|1|1",
        "0x|1|2",
        "int x y|1|7",
        "int[][] a|1|6",
        "new int[2][]|1|12",
        "if a { }|1|4",
        "switch (a) { }|1|1",
      })
  void shouldSayWhereItCannotGoOn(String text, int line, int column) {
    Failure failure = failure(text);

    assertThat(failure.code()).isEqualTo(FailureCode.SYNTAX);
    assertThat(failure.message()).startsWith("Expected ").contains(", but ").endsWith(".");
    assertThat(failure.at()).isEqualTo(new Position(line, column));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i++", "n++ ", "flag ? 1", "1 +", "(1", "x =", "if (a) { 1", "throw"})
  void shouldSayThatTheTextEnds(String text) {
    assertThat(failure(text).message())
        .isEqualTo("Expected the expression to go on, but its text ends there.");
    assertThat(failure(text).at()).isEqualTo(new Position(1, text.length() + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int[][] a|Expected a name, but found '['.",
        "1;;|Expected something else here, but found ';'.",
        "0x1FFFFFFFFFFFFFFFF|"
            + "Expected a whole number of 64 bits, but '0x1FFFFFFFFFFFFFFFF' is larger.",
      })
  void shouldNameWhatWasWritten(String text, String message) {
    assertThat(failure(text).message()).isEqualTo(message);
  }

  @Test
  void shouldCountLinesAndTheCharactersAsWritten() {
    assertThat(failure("a;\n  \\u0061 b c").at()).isEqualTo(new Position(2, 12));
  }

  @Test
  void shouldReadLiterals() {
    assertThat(literal("010")).isEqualTo(new Value.Int(10));
    assertThat(literal("0x1F")).isEqualTo(new Value.Int(31));
    assertThat(literal("0xFFFFFFFFFFFFFFFF")).isEqualTo(new Value.Int(-1));
    assertThat(literal("9223372036854775807L")).isEqualTo(new Value.Int(Long.MAX_VALUE));
    assertThat(literal("-9223372036854775808")).isEqualTo(new Value.Int(Long.MIN_VALUE));
    assertThat(literal("1e3")).isEqualTo(new Value.Decimal(1000));
    assertThat(literal(".5f")).isEqualTo(new Value.Decimal(0.5));
    assertThat(literal("1e999")).isEqualTo(new Value.Decimal(Double.POSITIVE_INFINITY));
    assertThat(literal("'it\\'s \"so\"\\n'")).isEqualTo(new Value.Text("it's \"so\"\n"));
    assertThat(literal("null")).isEqualTo(Value.Null.NULL);
  }

  @Test
  void shouldBindAsTightlyAsJava() {
    assertThat(only("1 + 2 * 3 == 7 && !a || b"))
        .isInstanceOfSatisfying(
            Expr.Logical.class,
            or -> {
              assertThat(or.and()).isFalse();
              assertThat(or.left())
                  .isInstanceOfSatisfying(
                      Expr.Logical.class, and -> assertThat(and.and()).isTrue());
            });
    assertThat(only("1 - 2 - 3"))
        .isInstanceOfSatisfying(
            Expr.Binary.class, minus -> assertThat(minus.left()).isInstanceOf(Expr.Binary.class));
    assertThat(only("-a.b"))
        .isInstanceOfSatisfying(
            Expr.Unary.class, minus -> assertThat(minus.operand()).isInstanceOf(Expr.Field.class));
    assertThat(only("a = b ? 1 : 2")).isInstanceOf(Expr.Assign.class);
  }

  @Test
  void shouldTakeAsMuchTextAsTheLimitAllows() {
    String atLimit = "1" + " ".repeat(9_998);

    assertThat(tree(atLimit).statements()).hasSize(1);
    assertThat(failure(atLimit + " ").code()).isEqualTo(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldTakeChainsOfAnyLength() {
    assertThat(only("1" + "+1".repeat(4_900))).isInstanceOf(Expr.Binary.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(|1|)", "!|a|", "-|1|", "a=|1|", "a?1:|1|", "if(a)|b|", "while(a)|b|", "{|1;|}"})
  void shouldNestAsDeeplyAsTheLimitAllows(String parts) {
    String[] part = parts.split("\\|", -1);
    int levels = ExpressionLimits.DEFAULT.maxDepth() - (parts.contains("(a)") ? 1 : 0);

    tree(part[0].repeat(levels) + part[1] + part[2].repeat(levels));

    assertThat(failure(part[0].repeat(levels + 1) + part[1] + part[2].repeat(levels + 1)).code())
        .isEqualTo(FailureCode.DEPTH_LIMIT);
  }

  @Test
  void shouldBoundChainsOfCalls() {
    int limit = ExpressionLimits.DEFAULT.maxDepth();

    only("a" + ".b()".repeat(limit));

    assertThat(failure("a" + ".b()".repeat(limit + 1)).code()).isEqualTo(FailureCode.DEPTH_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "{", "a[", "a.b(", "new int[", "if(", "!", "-", "a?", "a=", "for("})
  void shouldSurviveAHostileText(String part) {
    assertThat(parser.parse(part.repeat(9_999 / part.length())))
        .isInstanceOf(Parsed.NotAnExpression.class);
  }

  @Test
  void shouldSurviveALongChainOfElses() {
    assertThat(parser.parse("if(a)b;else ".repeat(800) + "c;")).isInstanceOf(Parsed.Tree.class);
  }
}

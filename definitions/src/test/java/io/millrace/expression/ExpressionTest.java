package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression means; the source of each rule is Maestro semantics 5 and the deviations. */
final class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3|LONG 7",
        "(1 + 2) * 3|LONG 9",
        "7 / 2|LONG 3",
        "-7 / 2|LONG -3",
        "-7 % 3|LONG -1",
        "7 / 2.0|DOUBLE 3.5",
        "1 + 1.0|DOUBLE 2.0",
        "n + d|DOUBLE 12.5",
        "010|LONG 10",
        "0x1F|LONG 31",
        "1 + 'a'|STRING 1a",
        "'a' + 1 + 2|STRING a12",
        "1 + 2 + 'a'|STRING 3a",
        "'a' + flag|STRING atrue",
        "'a' + null|STRING anull",
        "1 < 2|BOOLEAN true",
        "1 == 1.0|BOOLEAN true",
        "'a' == 'a'|BOOLEAN true",
        "foo != 'bar'|BOOLEAN false",
        "null < 1|BOOLEAN false",
        "!flag|BOOLEAN false",
        "n > 5 ? 'big' : 'small'|STRING big",
        "arr[1]|LONG 2",
        "mp['k']|STRING v",
        "arr.length|LONG 3",
      })
  void shouldCompute(String text, String expected) {
    // when, then
    Evaluated.of(text).gives(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x = 1; x += 2; return x;|LONG 3",
        "import java.io.File; 1|LONG 1",
        "int a = 1; int b = a; b += 1; return a;|LONG 1",
        "x = 1.5; x += 1; return x;|DOUBLE 2.5",
        "a = arr; a[0] = 9; return arr[0] + a[0];|LONG 18",
        "m = new HashMap(); m['a'] = 1; return m['a'];|LONG 1",
        "s = 0; for (i = 0; i < 5; i += 1) { if (i == 3) { break; } s += i; } return s;|LONG 3",
        "s = 0; for (i = 0; i < 5; i += 1) { if (i == 3) { continue; } s += i; } return s;|LONG 7",
        "s = 0; while (s < 4) { s += 3; } return s;|LONG 6",
        "if (n > 5) { return 'big'; } else { return 'small'; }|STRING big",
      })
  void shouldRunStatements(String text, String expected) {
    // when, then
    Evaluated.of(text).gives(expected);
  }

  @Test
  void shouldNotEvaluateWhatDoesNotMatter() {
    // when, then
    Evaluated.of("flag || 1 / 0 > 0").gives("BOOLEAN true");
    Evaluated.of("!flag && 1 / 0 > 0").gives("BOOLEAN false");
    Evaluated.of("flag ? 1 : 1 / 0").gives("LONG 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 +|SYNTAX",
        "break;|SYNTAX",
        "nobody|UNKNOWN_NAME",
        "Nobody.call()|UNKNOWN_NAME",
        "nobody.call()|UNKNOWN_NAME",
        "new Nobody()|UNKNOWN_CLASS",
        "foo.nothing()|UNKNOWN_METHOD",
        "foo.nothing|UNKNOWN_METHOD",
        "foo - 1|TYPE",
        "flag + 1|TYPE",
        "if (1) { return 1; }|TYPE",
        "x = 1; x = 'a'; return x;|TYPE",
        "x = 1; x = null; return x;|TYPE",
        "1 < null|TYPE",
        "1 / 0|DIVISION_BY_ZERO",
        "1 % 0|DIVISION_BY_ZERO",
        "arr[3]|INDEX",
        "arr[-1]|INDEX",
        "throw 'no'|THROWN",
        "null|NO_RESULT",
        "params.getFromStep('a', 'b')|FUNCTION",
      })
  void shouldFail(String text, FailureCode code) {
    // when, then
    Evaluated.of(text).failsWith(code);
  }

  @Test
  void shouldTellWhereItFails() {
    // when
    Failure failure = Evaluated.of("x = 1;\nreturn x / (n - 10);").failure();

    // then
    assertThat(failure.code()).isEqualTo(FailureCode.DIVISION_BY_ZERO);
    assertThat(failure.at().line()).isEqualTo(2);
  }

  @Test
  void shouldTellBeforehandWhatCannotSucceed() {
    // given
    Expression expression = Expression.compile("flag ? 1 : 'a'.contains(2) + Math.none()");

    // when, then: a check tells all of it, an evaluation only what it meets
    assertThat(expression.analysis().failures())
        .extracting(Failure::code)
        .containsExactly(FailureCode.TYPE, FailureCode.UNKNOWN_METHOD);
    Evaluated.of(expression.text()).gives("LONG 1");
    assertThat(Expression.compile("foo.contains(n)").analysis().failures()).isEmpty();
  }

  @Test
  void shouldDrawTheSameFromTheSameSeedOnly() {
    // given
    Expression draws =
        Expression.compile(
            "Math.random() + ' ' + UUID.randomUUID().toString() + System.currentTimeMillis()");

    // when, then
    assertThat(draws.evaluate(Scope.EMPTY, at(1, "seed")))
        .isInstanceOf(Outcome.Result.class)
        .isEqualTo(draws.evaluate(Scope.EMPTY, at(1, "seed")))
        .isNotEqualTo(draws.evaluate(Scope.EMPTY, at(1, "other")))
        .isNotEqualTo(draws.evaluate(Scope.EMPTY, at(2, "seed")));
  }

  private static Surroundings at(long now, String seed) {
    return new Surroundings(now, seed, ParamFunctions.NONE);
  }
}

package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check tells of the names in {@link Evaluated}, next to what an evaluation meets. */
final class ExpressionCheckTest {
  private static List<Failure> check(String text) {
    NameTypes types = name -> Optional.ofNullable(Evaluated.names().get(name)).map(Value::type);
    return Expression.check(text, types).failures();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Nobody.call()|UNKNOWN_NAME|1",
        "Nobody.length()|UNKNOWN_NAME|1",
        "Nobody.LENGTH|UNKNOWN_NAME|1",
        "Mathh.min(1, 2)|UNKNOWN_NAME|1",
        "a.b.c|UNKNOWN_NAME|1",
        "foo.b.c|UNKNOWN_METHOD|5",
        "foo.b().c().d()|UNKNOWN_METHOD|5",
        "arr[0].b.c|UNKNOWN_METHOD|8",
        "mp['k'].b.c|UNKNOWN_METHOD|9",
        "new Nobody().b.c|UNKNOWN_CLASS|5",
        "new Map[2]; return 1;|TYPE|5",
        "new DateTime[]{}; return 1;|TYPE|5",
        "new Foo[2]; return 1;|UNKNOWN_CLASS|5",
        "DateTime[] x; return 1;|TYPE|1",
        "Foo[] x; return 1;|UNKNOWN_CLASS|1",
        "Foo x = 1; return x;|UNKNOWN_CLASS|1",
        "Foo x, y; return 1;|UNKNOWN_CLASS|1",
        "x = 1; x = 'a'; return x;|TYPE|10",
        "x = 1; x = 2.5; return x;|TYPE|10",
        "x = 1; x += 'a'; return x;|TYPE|10",
        "x = 0; while (x < 1) { x += 0.5; } return x;|TYPE|26",
        "int x = 1; x = 'a'; return x;|TYPE|14",
        "n = 1; n = 'a'; return n;|TYPE|10",
        "names[0] = null; return 1;|TYPE|10",
        "mp['k'] = null; return 1;|TYPE|9",
        "arr[0] = 'a'; return 1;|TYPE|8",
        "arr[0] += 0.5; return 1;|TYPE|8",
        "arr[0] -= 'a'; return 1;|TYPE|8",
        "names[0] = 1; return 1;|TYPE|10",
        "String = 1; return 1;|TYPE|1",
        "int Math = 1; return 1;|TYPE|5",
        "params = 1; return 1;|TYPE|1",
        "int params = 1; return 1;|TYPE|5",
      })
  void shouldTellWhatAnEvaluationMeets(String text, FailureCode code, int column) {
    // when
    List<Failure> told = check(text);
    Failure met = Evaluated.of(text).failure();

    // then
    assertThat(told)
        .extracting(Failure::code, Failure::at)
        .containsExactly(tuple(met.code(), met.at()));
    assertThat(met.code()).isEqualTo(code);
    assertThat(met.at()).isEqualTo(new Position(1, column));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1.5; x = 1; return x;",
        "if (flag) { x = 'a'; } else { x = 1; } return x;",
        "if (!flag) { x = 1.5; } x = 'a'; return x;",
        "if (flag) { x = 1.5; } x = 1; x = 2.5; return x;",
        "x = 1; if (flag) { String x = 'a'; x = 'b'; } return x;",
        "x = 1; for (i = 0; i < 2; i += 1) { if (i == 1) { x = 'a'; } String x = ''; } return x;",
        "int x = 1; String x = 'a'; x = 'b'; return x;",
        "flag ? (x = 1) : (x = 'a'); return x;",
        "!flag && (x = 1) > 0; x = 'a'; return x;",
        "while (n > 20) { x = 1; n -= 1; } x = 'a'; return x;",
        "x = mp['k']; x = 'a'; return x;",
        "double n = 1; n = 2.5; return n;",
        "s = 'a'; s += 1; s += null; return s;",
        "a = new double[1]; a[0] = 1; a[0] += 1; return a[0];",
        "names[0] += 1; return names[0];",
        "mp['k'] = 1; mp['k'] = 'a'; return mp['k'];",
      })
  void shouldNotRefuseWhatSucceeds(String text) {
    // when, then
    assertThat(check(text)).isEmpty();
    assertThat(Evaluated.of(text).shown()).doesNotStartWith("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "if (false) { String = 1; } return String.valueOf(3);|STRING 3",
        "if (false) { params = 1; } return params.containsKey('n');|BOOLEAN true",
      })
  void shouldRefuseToRenameAClassWhereItStands(String text, String value) {
    // when, then
    assertThat(check(text))
        .singleElement()
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TYPE))
        .satisfies(failure -> assertThat(failure.at().column()).isEqualTo(14));
    Evaluated.of(text).gives(value);
  }
}

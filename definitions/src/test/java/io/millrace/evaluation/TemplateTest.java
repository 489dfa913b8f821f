package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.expression.syntax.Position;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
  private static final Map<String, String> VALUES =
      Map.of("var", "0", "var1", "true", "var2", "2", "a.b-c/d_e", "odd", "again", "$var");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$$var$var $var1$$var1 $$$var2 $$$$var2|$var0 true$var1 $2 $$var2",
        "test $var $var $var1 $var2|test 0 0 true 2",
        "$$x|$x",
        "$${x}|${x}",
        "a $$ b|a $ b",
        "$$|$",
        "${var}x${var1}|0xtrue",
        "${a.b-c/d_e}|odd",
        "$again|$var",
        "$_x ${_x} $1 ${1}|$_x ${_x} $1 ${1}",
        "100$ ${var|100$ ${var",
        "$var.b|0.b",
        "$var-|0-",
      })
  void shouldPutValuesInTheirPlaces(String text, String filled) {
    assertThat(fill(text, 100)).isEqualTo(new Template.Filled.Text(filled));
  }

  @Test
  void shouldGiveEachNameAtItsFirstPlace() {
    // given
    Template template = Template.parse("a $b\n\n  ${c.d} $b $$no\n$e");

    // when / then
    assertThat(template.references())
        .containsExactly(
            new Template.Reference("b", new Position(1, 3)),
            new Template.Reference("c.d", new Position(3, 3)),
            new Template.Reference("e", new Position(4, 1)));
  }

  @Test
  void shouldSayWhichNameHasNoValue() {
    assertThat(fill("$var $none", 100))
        .isEqualTo(new Template.Filled.Missing(new Template.Reference("none", new Position(1, 6))));
  }

  @Test
  void shouldFillUpToItsLimit() {
    assertThat(fill("$var1-", 5)).isEqualTo(new Template.Filled.Text("true-"));
    assertThat(fill("$var1--", 5)).isEqualTo(new Template.Filled.TooLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$a", "${a}", "$$", "x$$y"})
  void shouldRecogniseATemplate(String text) {
    assertThat(Template.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "$", "$1", "$_a", "${_a}", "${a", "{a}"})
  void shouldRecognisePlainText(String text) {
    assertThat(Template.isIn(text)).isFalse();
  }

  private static Template.Filled fill(String text, int maxChars) {
    return Template.parse(text).fill(name -> Optional.ofNullable(VALUES.get(name)), maxChars);
  }
}

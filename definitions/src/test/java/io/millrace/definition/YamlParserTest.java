package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlParserTest {
  private static final int ALIASES = YamlLimits.DEFAULT.maxAliases();
  private static final int NESTING = DefinitionLimits.DEFAULT.maxNesting();

  @Test
  void shouldReadScalarsAsMaestroDoes() {
    assertThat(parsed("[yes, On, FALSE, no, y, ~, 'yes', 1.50, +5, 2020-01-01, 12:30]"))
        .isEqualTo("[true,true,false,false,'y',null,'yes',1.50,+5,'2020-01-01','12:30']");
  }

  @Test
  void shouldRefuseWhatIsNoPlainData() {
    assertThat(problems("a: !!javax.script.ScriptEngineManager {}")).containsExactly("SYNTAX 1:4");
    assertThat(problems("a: 1\na: 2")).containsExactly("DUPLICATE 2:1");
    assertThat(problems("<<: {a: 1}")).containsExactly("UNKNOWN_FIELD 1:1");
    assertThat(problems("!p<long>: x")).containsExactly("SYNTAX 1:3");
    assertThat(problems("a: 017")).containsExactly("BAD_VALUE 1:4");
    assertThat(problems("a: 1\n---\nb: 2")).containsExactly("SYNTAX 2:1");
    assertThat(problems("a: &a [*a]")).containsExactly("SYNTAX 1:8");
    assertThat(problems("a: *b")).containsExactly("SYNTAX 1:4");
    assertThat(problems("a:\n\t- 1")).containsExactly("SYNTAX 2:1");
  }

  @Test
  void shouldKeepTheLimitOfAliases() {
    assertThat(problems("a: &a 1\nb: [" + "*a, ".repeat(ALIASES) + "]")).isEmpty();
    assertThat(problems("a: &a 1\nb: [" + "*a, ".repeat(ALIASES + 1) + "]"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("LIMIT 2:");
  }

  @Test
  void shouldKeepTheLimitOfNesting() {
    assertThat(problems("[".repeat(NESTING) + "]".repeat(NESTING))).isEmpty();
    assertThat(problems("[".repeat(NESTING + 1) + "]".repeat(NESTING + 1)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("LIMIT 1:");
  }

  @Test
  void shouldKeepTheLimitsOfWhatAliasesStandFor() {
    // The root, key a and 3 values, key b and its array of twice 3 values; 2 + 2 + 4 characters.
    String yaml = "a: &a [x, y]\nb: [*a, *a]";

    assertThat(problems(yaml, new YamlLimits(2, 13, 8))).isEmpty();
    assertThat(problems(yaml, new YamlLimits(2, 12, 8))).hasSize(1);
    assertThat(problems(yaml, new YamlLimits(2, 13, 7))).hasSize(1);
  }

  private static String parsed(String yaml) {
    return PlainTree.of(
        new YamlParser(DefinitionLimits.DEFAULT, YamlLimits.DEFAULT, new Problems(9))
            .parse(yaml)
            .orElseThrow());
  }

  private static List<String> problems(String yaml) {
    return problems(yaml, YamlLimits.DEFAULT);
  }

  private static List<String> problems(String yaml, YamlLimits limits) {
    Problems problems = new Problems(9);
    boolean read =
        new YamlParser(DefinitionLimits.DEFAULT, limits, problems).parse(yaml).isPresent();
    assertThat(read || problems.hasErrors()).isTrue();
    return problems.inOrder().stream()
        .map(problem -> problem.code() + " " + problem.line() + ":" + problem.column())
        .toList();
  }
}

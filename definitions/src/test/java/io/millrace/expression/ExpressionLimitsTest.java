package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit, at the limit and one beyond. */
final class ExpressionLimitsTest {
  private static final ExpressionLimits DEFAULT = ExpressionLimits.DEFAULT;

  @Test
  void shouldBoundTheSource() {
    Evaluated.of("1" + " ".repeat(9_998)).gives("LONG 1");
    Evaluated.of("1" + " ".repeat(9_999)).failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundThePassesOfALoop() {
    Evaluated.of("s = 0; while (s < 25000) { s += 1; } return s;").gives("LONG 25000");
    Evaluated.of("s = 0; while (s < 25001) { s += 1; } return s;")
        .failsWith(FailureCode.LOOP_LIMIT);
  }

  @Test
  void shouldBoundTheElementsOfAnArray() {
    Evaluated.of("a = new long[25000]; return a.length;").gives("LONG 25000");
    Evaluated.of("a = new long[25001]; return a.length;").failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundTheCharactersOfAText() {
    String text = "s = 'a'; for (i = 0; i < 6; i += 1) { s = s.replace('a', 'aaaaaaaaaa'); }";
    Evaluated.of(text + " return s.length();").gives("LONG 1000000");
    Evaluated.of(text + " s += 'b'; return s.length();").failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundTheEntriesOfAMap() {
    String text = "m = new HashMap(); for (i = 0; i < %d; i += 1) { m['k' + i] = i; } %s";
    Evaluated.of(text.formatted(25_000, "return 'done';")).gives("STRING done");
    Evaluated.of(text.formatted(25_000, "m['more'] = 1; return 'done';"))
        .failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundTheDepth() {
    Evaluated.of("(".repeat(100) + "1" + ")".repeat(100)).gives("LONG 1");
    Evaluated.of("(".repeat(101) + "1" + ")".repeat(101)).failsWith(FailureCode.DEPTH_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 + 2", "x = 1; return x + n;", "foo.toUpperCase()", "arr[1]"})
  void shouldEndAtTheSameVisitEachTime(String text) {
    // given
    long needed = 0;
    while (Evaluated.of(text, fuel(needed)).shown().equals("failed FUEL")) {
      needed++;
    }

    // when, then
    assertThat(needed).isPositive();
    Evaluated.of(text, fuel(needed)).gives(Evaluated.of(text).shown());
    Evaluated.of(text, fuel(needed - 1)).failsWith(FailureCode.FUEL);
  }

  @Test
  void shouldEndWhatNeverEnds() {
    Evaluated.of(
            "s = 0; for (i = 0; i < 20000; i += 1) { for (j = 0; j < 20000; j += 1) { s += j; } }"
                + " return s;")
        .failsWith(FailureCode.FUEL);
  }

  @Test
  void shouldBoundWhatAllValuesTakeTogether() {
    // given: 32 bytes a value and 2 a character
    String text = "'ab' + 'cd' == 'abcd'";

    // when, then
    Evaluated.of(text, memory(40)).gives("BOOLEAN true");
    Evaluated.of(text, memory(39)).failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundTheTextOfAResult() {
    // given: {a=.., b=} has 8 characters beside the text
    String text = "s = 'a'; for (i = 0; i < 6; i += 1) { s = s.replace('a', 'aaaaaaaaaa'); }";
    String map = " m = new HashMap(); m['a'] = s.substring(0, %d); m['b'] = ''; return m;";

    // when, then
    assertThat(Evaluated.of(text + map.formatted(999_992)).shown()).startsWith("MAP {a=aaa");
    Evaluated.of(text + map.formatted(999_993)).failsWith(FailureCode.SIZE_LIMIT);
  }

  @Test
  void shouldBoundTheDepthOfAResult() {
    // given
    String text = "m = 'x'; for (i = 0; i < %d; i += 1) { n2 = new HashMap(); %s } return o;";
    String wrap = "if (i == 0) { n2['k'] = 1; } else { n2['k'] = o; } HashMap o = n2;";

    // when, then: what the innermost map holds is a level too
    assertThat(Evaluated.of(text.formatted(64, wrap)).shown()).startsWith("MAP {k={k=");
    Evaluated.of(text.formatted(65, wrap)).failsWith(FailureCode.DEPTH_LIMIT);
  }

  @Test
  void shouldBoundPatterns() {
    Evaluated.of("'a'.replaceAll('" + "b".repeat(1_000) + "', 'c')").gives("STRING a");
    Evaluated.of("'a'.replaceAll('" + "b".repeat(1_001) + "', 'c')").failsWith(FailureCode.VALUE);
    Evaluated.of("'a'.replaceAll('b{1000}', 'c')").gives("STRING a");
    Evaluated.of("'a'.replaceAll('(b{91}){11}', 'c')").failsWith(FailureCode.VALUE);
  }

  @Test
  void shouldBoundTheWidthOfAFormat() {
    Evaluated.of("String.format('%1000d', 1).length()").gives("LONG 1000");
    Evaluated.of("String.format('%1001d', 1).length()").failsWith(FailureCode.VALUE);
  }

  private static ExpressionLimits fuel(long fuel) {
    return limits(fuel, DEFAULT.maxMemoryBytes());
  }

  private static ExpressionLimits memory(long bytes) {
    return limits(DEFAULT.fuel(), bytes);
  }

  private static ExpressionLimits limits(long fuel, long memoryBytes) {
    return new ExpressionLimits(
        DEFAULT.maxSourceChars(),
        fuel,
        DEFAULT.maxLoopPasses(),
        DEFAULT.maxArrayItems(),
        DEFAULT.maxTextChars(),
        DEFAULT.maxMapEntries(),
        memoryBytes,
        DEFAULT.maxDepth());
  }
}

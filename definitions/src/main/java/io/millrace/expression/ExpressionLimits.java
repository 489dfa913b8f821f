package io.millrace.expression;

/**
 * How much an expression may be and do; all counts, none a time, so that a replay ends alike.
 *
 * @param maxSourceChars characters of text, exclusive: 10,000 fail (Maestro semantics 5.4)
 * @param fuel node visits of one evaluation, inclusive
 * @param maxLoopPasses passes of one loop, inclusive
 * @param maxArrayItems elements of one array, inclusive
 * @param maxTextChars characters of one text value, inclusive
 * @param maxMapEntries entries of one map, inclusive
 * @param maxMemoryBytes all values made in one evaluation together: 32 bytes a value and 2 a
 *     character
 * @param maxDepth levels of nesting in the text
 */
public record ExpressionLimits(
    int maxSourceChars,
    long fuel,
    int maxLoopPasses,
    int maxArrayItems,
    int maxTextChars,
    int maxMapEntries,
    long maxMemoryBytes,
    int maxDepth) {
  public static final ExpressionLimits DEFAULT =
      new ExpressionLimits(10_000, 2_000_000, 25_000, 25_000, 1_000_000, 25_000, 100_000_000, 100);
}

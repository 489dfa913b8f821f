package io.millrace.definition;

/**
 * How runs of one workflow share the time (Maestro semantics 6).
 *
 * @param concurrency runs at once, 1..1000; above 1 only with {@link Rule#PARALLEL}
 */
public record RunStrategy(Rule rule, int concurrency) {
  public static final RunStrategy DEFAULT = new RunStrategy(Rule.SEQUENTIAL, 1);

  /** The six rules. */
  public enum Rule {
    SEQUENTIAL,
    STRICT_SEQUENTIAL,
    FIRST_ONLY,
    LAST_ONLY,
    PARALLEL,
    SERIAL_LATEST_ONLY
  }
}

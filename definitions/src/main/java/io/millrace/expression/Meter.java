package io.millrace.expression;

/**
 * Counts what one evaluation uses up, and fails it at its limits. What is used up never comes back:
 * a negative amount is a bug of who asks.
 */
public final class Meter {
  private static final int VALUE_BYTES = 32;
  private static final int CHAR_BYTES = 2;

  private final ExpressionLimits limits;
  private long fuel;
  private long bytes;

  public Meter(ExpressionLimits limits) {
    this.limits = limits;
    this.fuel = limits.fuel();
    this.bytes = limits.maxMemoryBytes();
  }

  public ExpressionLimits limits() {
    return limits;
  }

  /** One node is visited. */
  public void visit() {
    visits(1);
  }

  /** Work that is worth so many nodes, e.g. one for each element or 16 characters. */
  public void visits(long nodes) {
    fuel = left(fuel, nodes);
    if (fuel < 0) {
      throw new Failed(
          FailureCode.FUEL,
          "Expected at most " + limits.fuel() + " steps of evaluation, but there are more.");
    }
  }

  /** So many characters are about to be read. */
  public void read(long chars) {
    requireAmount(chars);
    visits(chars / 16);
  }

  /** A text of so many characters is about to be made. */
  public void text(long chars) {
    require(chars, limits.maxTextChars(), "a text", "characters");
    take(VALUE_BYTES + CHAR_BYTES * chars);
    visits(chars / 16);
  }

  /** A text of so many characters is about to grow by {@code more}. */
  public void more(long chars, long more) {
    requireAmount(more);
    require(chars + more, limits.maxTextChars(), "a text", "characters");
    take(CHAR_BYTES * more);
    visits(1 + more / 16);
  }

  /** An array is going to have at least so many elements. */
  public void items(long items) {
    require(items, limits.maxArrayItems(), "an array", "elements");
  }

  /** An array of so many elements is about to be made. */
  public void array(long items) {
    require(items, limits.maxArrayItems(), "an array", "elements");
    take(VALUE_BYTES * (1 + items));
    visits(items / 16);
  }

  /** A map is about to have so many entries, one of them new. */
  public void entry(long entries) {
    require(entries, limits.maxMapEntries(), "a map", "entries");
    take(2L * VALUE_BYTES);
  }

  /** A value of another kind is about to be made. */
  public void value() {
    take(VALUE_BYTES);
  }

  private void take(long more) {
    bytes = left(bytes, more);
    if (bytes < 0) {
      throw new Failed(
          FailureCode.SIZE_LIMIT,
          "Expected the values of an evaluation to take at most "
              + limits.maxMemoryBytes()
              + " bytes, but they take more.");
    }
  }

  /** Negative if there is not enough, and however much is asked for after that. */
  private static long left(long before, long amount) {
    requireAmount(amount);
    return amount > before ? -1 : before - amount;
  }

  private static void requireAmount(long amount) {
    if (amount < 0) {
      throw new IllegalStateException(
          "Expected an amount to use up to be at least 0, but it is " + amount + ".");
    }
  }

  private static void require(long actual, int limit, String what, String unit) {
    requireAmount(actual);
    if (actual > limit) {
      throw new Failed(
          FailureCode.SIZE_LIMIT,
          "Expected %s of at most %d %s, but it has %d.".formatted(what, limit, unit, actual));
    }
  }
}

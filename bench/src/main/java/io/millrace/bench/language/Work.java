package io.millrace.bench.language;

/** What is measured. */
@FunctionalInterface
interface Work {
  /**
   * Does it {@code times} times.
   *
   * @return the last result: it leaves, so that making it can't be left out
   */
  Object repeat(int times);
}

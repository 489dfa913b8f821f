package io.millrace.expression.fuzz;

import java.util.Random;

/** Something that takes any bytes, and must answer each with a result or a named problem. */
public interface FuzzTarget {
  /** Names the folder of its regressions. */
  String name();

  /** The next input: generated, or a mutation of one that is known. */
  byte[] next(Random random);

  /**
   * Runs it on one input.
   *
   * @return how it ended, for the count of different endings
   * @throws AssertionError if it broke a promise; any other exception or error is a failure as well
   */
  String run(byte[] input);
}

package io.millrace.operators.machine;

import java.io.Serializable;

/**
 * When those who wait for room in the loop are told of it.
 *
 * @param hintBelowPercent of the loop's room bound: hints are sent while fewer records wait than
 *     this; 1 to 100, default 50
 * @param hintsPerTurn most hints after one turn of the loop; 1 to 1,000, default 4
 */
public record AdmissionOptions(int hintBelowPercent, int hintsPerTurn) implements Serializable {
  public static final AdmissionOptions DEFAULT = new AdmissionOptions(50, 4);

  public AdmissionOptions {
    requireBetween("hintBelowPercent", hintBelowPercent, 1, 100);
    requireBetween("hintsPerTurn", hintsPerTurn, 1, 1_000);
  }

  /** The depth below which hints are sent, at least 1. */
  int hintBelow(int bound) {
    return (int) Math.max(1, (long) bound * hintBelowPercent / 100);
  }

  private static void requireBetween(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Expected %s to be between %d and %d, but it is %d.".formatted(name, least, most, value));
    }
  }
}

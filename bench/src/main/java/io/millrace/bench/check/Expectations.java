package io.millrace.bench.check;

import java.util.List;

/**
 * What the checker is told of the load, as the topics do not say it.
 *
 * @param iterations of every loop, which all succeed; 0: not known
 * @param restoredAt when a savepoint was restored, epoch millis; 0: none was
 */
record Expectations(int iterations, long restoredAt) {
  /** Nothing is known. */
  static final Expectations NONE = new Expectations(0, 0);

  /** Reads {@code iterations=N} and {@code restored-at=MILLIS}. */
  static Expectations of(List<String> arguments) {
    Expectations expectations = NONE;
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length == 2 && parts[0].equals("iterations")) {
        expectations = new Expectations(Integer.parseInt(parts[1]), expectations.restoredAt());
      } else if (parts.length == 2 && parts[0].equals("restored-at")) {
        expectations = new Expectations(expectations.iterations(), Long.parseLong(parts[1]));
      } else {
        throw new IllegalArgumentException(
            "Expected iterations=N or restored-at=MILLIS, but got '" + argument + "'.");
      }
    }
    return expectations;
  }
}

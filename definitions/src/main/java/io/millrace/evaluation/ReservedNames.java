package io.millrace.evaluation;

import java.util.Set;

/**
 * Names that no param may have: they mean something else in expressions, or are the platform's
 * (Maestro semantics 4.5).
 */
public final class ReservedNames {
  private static final Set<String> NAMES =
      Set.of(
          "maestro",
          "Maestro",
          "MAESTRO",
          "scheduler",
          "Scheduler",
          "SCHEDULER",
          "util",
          "Util",
          "UTIL",
          "params",
          "Params",
          "PARAMS",
          "AUTH_BLOB",
          "AUTH_DATA",
          "AUTH_ACTING_ON_BEHALF_OF_BLOB",
          "AUTH_TRIGGERING_ON_BEHALF_OF_BLOB",
          "AUTHORIZED_MANAGERS");

  private ReservedNames() {}

  /** Whether the name belongs to the engine; upper and lower case differ. */
  public static boolean contains(String name) {
    return NAMES.contains(name);
  }
}

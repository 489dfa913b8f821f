package io.millrace.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A name as {@code owner__param}: of a step, or of a signal.
 *
 * @param owner not empty
 * @param param not empty
 */
record QualifiedName(String owner, String param) {
  private static final String SEPARATOR = "__";

  /**
   * All ways to read a name, the shortest owner first: {@code a___b} is {@code _b} of {@code a} or
   * {@code b} of {@code a_}.
   */
  static List<QualifiedName> splits(String name) {
    List<QualifiedName> splits = new ArrayList<>();
    for (int at = name.indexOf(SEPARATOR, 1);
        at >= 0 && at + SEPARATOR.length() < name.length();
        at = name.indexOf(SEPARATOR, at + 1)) {
      splits.add(new QualifiedName(name.substring(0, at), name.substring(at + SEPARATOR.length())));
    }
    return splits;
  }
}

package io.millrace.definition;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a definition: the push, if nothing is wrong, and all that is wrong.
 *
 * @param push present exactly when no problem is an ERROR
 * @param problems in the order of their places in the text
 */
public record DefinitionReading(Optional<Push> push, List<Problem> problems) {
  public DefinitionReading {
    problems = List.copyOf(problems);
  }
}

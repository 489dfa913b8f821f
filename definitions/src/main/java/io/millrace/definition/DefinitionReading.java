package io.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a definition: the push, if nothing is wrong, and all that is wrong.
 *
 * @param push present exactly when no problem is an ERROR
 * @param problems errors and warnings, in the order of their places in the text
 * @param unsupported the parts of a valid definition that this release can't run, in order; each
 *     refuses the push of the definition to a running system, and none makes it invalid
 */
public record DefinitionReading(
    Optional<Push> push, List<Problem> problems, List<Problem> unsupported) {
  public DefinitionReading {
    problems = List.copyOf(problems);
    unsupported = List.copyOf(unsupported);
  }

  /** The same for those who are to run it: what can't be run yet is an error. */
  public DefinitionReading toRun() {
    if (unsupported.isEmpty()) {
      return this;
    }
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(unsupported);
    return new DefinitionReading(Optional.empty(), Problems.sorted(all), unsupported);
  }
}

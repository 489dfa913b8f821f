package io.millrace.definition;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the check of the DAG must know of a step, whatever its kind.
 *
 * @param id empty if it could not be read
 * @param place of the id
 * @param successors by id, with the place of each name
 * @param predecessors what the author says they are; null if nothing is said
 */
record StepOutline(
    String id,
    Place place,
    Map<String, Place> successors,
    @Nullable Map<String, Place> predecessors) {
  StepOutline {
    successors = Collections.unmodifiableMap(successors);
  }
}

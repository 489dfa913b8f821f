package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What checks beyond one step must know of it, whatever its kind, with the places that the model
 * leaves behind.
 *
 * @param id empty if it could not be read
 * @param place of the id
 * @param type of a leaf step in lower case; empty for others
 * @param successors by id, with the place of each name
 * @param predecessors what the author says they are; null if nothing is said
 * @param params as far as they could be read
 * @param unread names of the other params
 * @param uses texts of this step, not of those inside it
 * @param signals how many signals it depends on
 * @param loop null for a step without steps inside
 */
record StepOutline(
    String id,
    Place place,
    Kind kind,
    String type,
    Map<String, Place> successors,
    @Nullable Map<String, Place> predecessors,
    Map<String, ParamDefinition> params,
    Set<String> unread,
    List<TextUse> uses,
    int signals,
    @Nullable Loop loop) {
  StepOutline {
    successors = Collections.unmodifiableMap(successors);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    uses = List.copyOf(uses);
  }

  /** The kinds of step. */
  enum Kind {
    LEAF,
    SUBWORKFLOW,
    FOREACH,
    WHILE,
    TEMPLATE
  }

  /**
   * What is inside a loop.
   *
   * @param params the place of each loop param's name; null if nobody can know the names now
   * @param told whether that is a fault that has been told, and not an expression that only a run
   *     can evaluate
   */
  record Loop(@Nullable Map<String, Place> params, boolean told, List<StepOutline> steps) {
    Loop {
      steps = List.copyOf(steps);
    }
  }
}

package io.millrace.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a step leads to (Maestro semantics 1.5). */
final class TransitionReader {
  private static final String ALWAYS = "true";

  private final Problems problems;

  TransitionReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * A transition as written.
   *
   * @param successors with the place of each name
   * @param conditions of the successors
   * @param predecessors null if nothing is said of them
   */
  record Transition(
      Map<String, Place> successors,
      Map<String, String> conditions,
      @Nullable Map<String, Place> predecessors) {}

  Transition read(Fields step) {
    Map<String, Place> successors = new LinkedHashMap<>();
    Map<String, String> conditions = new LinkedHashMap<>();
    Optional<Fields> found = step.find("transition").flatMap(node -> Fields.of(node, problems));
    if (found.isEmpty()) {
      return new Transition(successors, conditions, null);
    }
    Fields fields = found.get();
    fields
        .find("successors")
        .flatMap(node -> Fields.of(node, problems))
        .ifPresent(
            names ->
                names
                    .members()
                    .forEach(
                        (id, member) -> {
                          successors.put(id, member.name());
                          conditions.put(id, ALWAYS);
                          checkCondition(member.value());
                        }));
    Map<String, Place> predecessors = fields.array("predecessors").map(this::ids).orElse(null);
    fields.refuseOthers();
    return new Transition(successors, conditions, predecessors);
  }

  /** Nothing but "always" can be decided without expressions. */
  private void checkCondition(SourceNode node) {
    if (!(node instanceof SourceNode.Scalar scalar)
        || scalar.kind() == SourceNode.Kind.INTEGER
        || scalar.kind() == SourceNode.Kind.DECIMAL) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "the text of a condition");
      return;
    }
    String text = scalar.text().strip();
    boolean always = node.isNull() || text.isEmpty() || text.equals("true") || text.equals("true;");
    if (!always) {
      problems.notYet(node.place(), "the condition of successor " + node.place().label());
    }
  }

  private Map<String, Place> ids(SourceNode.Arr array) {
    Map<String, Place> ids = new LinkedHashMap<>();
    for (SourceNode item : array.items()) {
      Optional<String> id = new Scalars(problems).text(item);
      if (id.isPresent() && ids.putIfAbsent(id.get(), item.place()) != null) {
        problems.error(
            ProblemCode.DUPLICATE,
            item.place(),
            "every predecessor to be there once",
            Quoted.text(id.get()) + " is repeated");
      }
    }
    return ids;
  }
}

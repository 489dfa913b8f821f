package io.millrace.definition;

import io.millrace.param.ParamType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a step leads to (Maestro semantics 1.5). */
final class TransitionReader {
  private static final String ALWAYS = "true";

  private final Problems problems;
  private final TextUses uses;

  TransitionReader(Problems problems, TextUses uses) {
    this.problems = problems;
    this.uses = uses;
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
                          conditions.put(id, condition(member.value()));
                        }));
    Map<String, Place> predecessors = fields.array("predecessors").map(this::ids).orElse(null);
    fields.refuseOthers();
    return new Transition(successors, conditions, predecessors);
  }

  /** No text at all means "always". */
  private String condition(SourceNode node) {
    if (!(node instanceof SourceNode.Scalar scalar)
        || scalar.kind() == SourceNode.Kind.INTEGER
        || scalar.kind() == SourceNode.Kind.DECIMAL) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "the text of a condition");
      return ALWAYS;
    }
    String text = scalar.text().strip();
    if (node.isNull() || text.isEmpty() || text.equals(ALWAYS) || text.equals("true;")) {
      return ALWAYS;
    }
    uses.expression(node.place(), scalar.text(), TextUse.Purpose.SUCCESSOR, ParamType.BOOLEAN);
    return scalar.text();
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

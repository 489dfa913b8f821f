package io.millrace.definition;

import io.millrace.label.Notes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one object while it is read: remembers which were asked for, so that all others can
 * be told as unknown. A field whose value is null counts as left out, as in Maestro.
 */
final class Fields {
  private final SourceNode.Obj object;
  private final Problems problems;
  private final Scalars scalars;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(SourceNode.Obj object, Problems problems) {
    this.object = object;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** Empty if the node is not an object, with the problem told. */
  static Optional<Fields> of(SourceNode node, Problems problems) {
    if (node instanceof SourceNode.Obj object) {
      return Optional.of(new Fields(object, problems));
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "an object");
    return Optional.empty();
  }

  Place place() {
    return object.place();
  }

  Map<String, SourceNode.Member> members() {
    return object.members();
  }

  Optional<SourceNode> find(String name) {
    known.add(name);
    SourceNode.Member member = object.members().get(name);
    return member == null || member.value().isNull()
        ? Optional.empty()
        : Optional.of(member.value());
  }

  Optional<SourceNode> require(String name) {
    Optional<SourceNode> found = find(name);
    if (found.isEmpty()) {
      problems.missing(object.place(), name);
    }
    return found;
  }

  Optional<SourceNode.Arr> array(String name) {
    return find(name).flatMap(this::asArray);
  }

  Optional<SourceNode.Arr> requireArray(String name) {
    return require(name).flatMap(this::asArray);
  }

  Optional<String> text(String name, int maxChars) {
    return find(name).flatMap(node -> scalars.text(node, maxChars));
  }

  long integer(String name, long min, long max, long otherwise) {
    return find(name).flatMap(node -> scalars.integer(node, min, max)).orElse(otherwise);
  }

  boolean bool(String name, boolean otherwise) {
    return find(name).flatMap(scalars::bool).orElse(otherwise);
  }

  <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return find(name).flatMap(node -> scalars.oneOf(node, type));
  }

  /** Fields of Maestro that this release cannot honour: refused unless they say nothing. */
  void notYet(String... names) {
    for (String name : names) {
      known.add(name);
      SourceNode.Member member = object.members().get(name);
      if (member != null && !member.value().isEmpty()) {
        problems.notYet(member.name());
      }
    }
  }

  /** Fields that the engine keeps for itself, wherever the object is open. */
  void reserved(String... names) {
    for (String name : names) {
      known.add(name);
      SourceNode.Member member = object.members().get(name);
      if (member != null && !member.value().isNull()) {
        problems.error(
            ProblemCode.UNKNOWN_FIELD,
            member.name(),
            object.place().label() + " to leave " + Quoted.text(name) + " to the engine",
            "it is there");
      }
    }
  }

  /** The fields of an open object that nobody asked for. */
  Notes others() {
    Map<String, Object> others = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                SourceNotes.of(member.value()).ifPresent(note -> others.put(name, note));
              }
            });
    return others.isEmpty() ? Notes.NONE : new Notes(others);
  }

  /** Tells every field that nobody asked for. */
  void refuseOthers() {
    object
        .members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                problems.error(
                    ProblemCode.UNKNOWN_FIELD,
                    member.name(),
                    object.place().label() + " to have no fields but " + String.join(", ", known),
                    member.name().label() + " is none of them");
              }
            });
  }

  private Optional<SourceNode.Arr> asArray(SourceNode node) {
    if (node instanceof SourceNode.Arr array) {
      return Optional.of(array);
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "an array");
    return Optional.empty();
  }
}

package io.millrace.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for ids and names (Maestro semantics 1.3, 1.4). */
final class Names {
  private static final Pattern WORKFLOW = Pattern.compile("[_a-zA-Z0-9][-._a-zA-Z0-9]*");
  private static final Pattern STEP = Pattern.compile("[_a-zA-Z][-._a-zA-Z0-9]*");
  private static final Pattern TAG = Pattern.compile("[\\w .,:@&='(){}$+\\[\\]\\-/\\\\]+");
  private static final String SEPARATOR = "__";
  private static final String RESERVED_PREFIX = "maestro_";
  private static final String RESERVED_SUFFIX = "_maestro";

  private final DefinitionLimits limits;
  private final Problems problems;

  Names(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** A workflow's id; {@code / : @} can't be in it, for they are separators of addresses. */
  Optional<String> workflowId(SourceNode node) {
    Optional<String> id = new Scalars(problems).text(node, limits.maxIdChars());
    return id.flatMap(found -> checkWorkflowId(found, node.place()));
  }

  /** The same of an id that a param names. */
  Optional<String> checkWorkflowId(String id, Place place) {
    if (id.length() > limits.maxIdChars()) {
      problems.error(
          ProblemCode.LIMIT,
          place,
          place.label() + " to have at most " + limits.maxIdChars() + " characters",
          "it has " + id.length());
      return Optional.empty();
    }
    if (!WORKFLOW.matcher(id).matches()) {
      return bad(
          place, id, "letters, digits, '.', '-' and '_', with a letter, a digit or '_' in front");
    }
    return isReserved(id) ? reserved(place, id) : Optional.of(id);
  }

  void checkStepId(SourceNode node) {
    new Scalars(problems).text(node).ifPresent(id -> checkInner(id, node.place()));
  }

  void checkParam(String name, Place place) {
    checkInner(name, place);
  }

  /** A step's type: any other than ours names a queue, which becomes part of a topic's name. */
  Optional<String> stepType(SourceNode node) {
    Optional<String> type = new Scalars(problems).text(node, limits.maxIdChars());
    if (type.isPresent() && !WORKFLOW.matcher(type.get()).matches()) {
      return bad(
          node.place(),
          type.get(),
          "letters, digits, '.', '-' and '_', with a letter, a digit or '_' in front");
    }
    return type;
  }

  Optional<String> tag(SourceNode node) {
    Optional<String> name = new Scalars(problems).text(node, limits.maxNameChars());
    if (name.isEmpty()) {
      return name;
    }
    if (name.get().isBlank() || !TAG.matcher(name.get()).matches()) {
      return bad(node.place(), name.get(), "letters, digits, spaces and .,:@&='(){}$+[]-_/\\");
    }
    return isReserved(name.get()) ? reserved(node.place(), name.get()) : name;
  }

  /** Step ids and param names: {@code __} parts the two where a param of another step is named. */
  private void checkInner(String id, Place place) {
    if (id.length() > limits.maxIdChars()) {
      problems.error(
          ProblemCode.LIMIT,
          place,
          place.label() + " to be at most " + limits.maxIdChars() + " characters long",
          "it has " + id.length());
      return;
    }
    if (!STEP.matcher(id).matches()) {
      bad(place, id, "letters, digits, '.', '-' and '_', with a letter or '_' in front");
      return;
    }
    if (id.contains(SEPARATOR)) {
      problems.error(
          ProblemCode.BAD_NAME,
          place,
          place.label() + " to be a name without '" + SEPARATOR + "'",
          "it is " + Quoted.text(id));
      return;
    }
    if (id.startsWith(RESERVED_PREFIX)) {
      reserved(place, id);
    }
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(RESERVED_PREFIX) || lower.endsWith(RESERVED_SUFFIX);
  }

  private Optional<String> bad(Place place, String name, String rule) {
    problems.error(
        ProblemCode.BAD_NAME,
        place,
        place.label() + " to be a name of " + rule,
        "it is " + Quoted.text(name));
    return Optional.empty();
  }

  private Optional<String> reserved(Place place, String name) {
    problems.error(
        ProblemCode.BAD_NAME,
        place,
        place.label()
            + " to be a name that does not begin with '"
            + RESERVED_PREFIX
            + "' or end with '"
            + RESERVED_SUFFIX
            + "'",
        "it is " + Quoted.text(name));
    return Optional.empty();
  }
}

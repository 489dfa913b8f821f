package io.millrace.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong with one text, up to a limit, and puts it in order. Apart from it, what is
 * right but can't be run by this release.
 */
final class Problems {
  private final int limit;
  private final List<Problem> found = new ArrayList<>();
  private final List<Problem> unsupported = new ArrayList<>();
  private final Set<String> excused = new HashSet<>();
  private boolean more;

  Problems(int limit) {
    this.limit = limit;
  }

  /** Adds an error that says "Expected {@code expected}, but {@code finding}.". */
  void error(ProblemCode code, Place place, String expected, String finding) {
    add(found, problem(Problem.Severity.ERROR, code, place, expected, finding));
  }

  /** Adds what does not refuse the push; {@code finding} says what will happen instead. */
  void warning(ProblemCode code, Place place, String expected, String finding) {
    add(found, problem(Problem.Severity.WARNING, code, place, expected, finding));
  }

  /** Adds one whose whole message is known, as that of an expression's failure. */
  void told(Problem.Severity severity, ProblemCode code, Place place, String message) {
    add(found, new Problem(severity, code, place.path(), message, place.line(), place.column()));
  }

  private void add(List<Problem> to, Problem problem) {
    if (to.size() < limit) {
      to.add(problem);
    } else if (to == found) {
      more = true;
    }
  }

  private static Problem problem(
      Problem.Severity severity, ProblemCode code, Place place, String expected, String finding) {
    return new Problem(
        severity,
        code,
        place.path(),
        "Expected " + expected + ", but " + finding + ".",
        place.line(),
        place.column());
  }

  /** An error that names what a node is instead of what it should be. */
  void unexpected(ProblemCode code, SourceNode node, String toBe) {
    error(code, node.place(), node.place().label() + " to be " + toBe, "it is " + node.found());
  }

  void missing(Place object, String field) {
    if (excused.contains(object.missing(field).path())) {
      return;
    }
    error(
        ProblemCode.MISSING,
        object.missing(field),
        object.label() + " to have " + Quoted.text(field),
        "it is not there");
  }

  /** Notes a field that is not there because of something told, so that it is not told as well. */
  void excuse(Place object, String field) {
    excused.add(object.missing(field).path());
  }

  /** Adds a part of a valid definition that this release can't run. */
  void notYet(Place place) {
    notYet(place, place.label());
  }

  void notYet(Place place, String what) {
    add(
        unsupported,
        problem(
            Problem.Severity.ERROR,
            ProblemCode.NOT_SUPPORTED_YET,
            place,
            "only what this release can run",
            what + " is not supported yet"));
  }

  /** How many have been told so far, up to the limit. */
  int count() {
    return found.size();
  }

  /** Whether the push must be refused. */
  boolean hasErrors() {
    return found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
  }

  /** In the order of their places. */
  List<Problem> inOrder() {
    List<Problem> sorted = sorted(found);
    if (more) {
      Problem last = sorted.get(sorted.size() - 1);
      sorted.add(
          new Problem(
              Problem.Severity.ERROR,
              ProblemCode.LIMIT,
              "$",
              "Expected at most " + limit + " problems, but there are more.",
              last.line(),
              last.column()));
    }
    return sorted;
  }

  /** What can't be run yet, in the order of their places. */
  List<Problem> unsupportedInOrder() {
    return sorted(unsupported);
  }

  static List<Problem> sorted(List<Problem> problems) {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return sorted;
  }
}

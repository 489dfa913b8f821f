package io.millrace.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one text, up to a limit, and puts it in order. */
final class Problems {
  private final int limit;
  private final List<Problem> found = new ArrayList<>();
  private boolean more;

  Problems(int limit) {
    this.limit = limit;
  }

  /** Adds an error that says "Expected {@code expected}, but {@code finding}.". */
  void error(ProblemCode code, Place place, String expected, String finding) {
    if (found.size() >= limit) {
      more = true;
      return;
    }
    found.add(
        new Problem(
            Problem.Severity.ERROR,
            code,
            place.path(),
            "Expected " + expected + ", but " + finding + ".",
            place.line(),
            place.column()));
  }

  /** An error that names what a node is instead of what it should be. */
  void unexpected(ProblemCode code, SourceNode node, String toBe) {
    error(code, node.place(), node.place().label() + " to be " + toBe, "it is " + node.found());
  }

  void missing(Place object, String field) {
    error(
        ProblemCode.MISSING,
        object.missing(field),
        object.label() + " to have " + Quoted.text(field),
        "it is not there");
  }

  void notYet(Place place) {
    notYet(place, place.label());
  }

  void notYet(Place place, String what) {
    error(
        ProblemCode.NOT_SUPPORTED_YET,
        place,
        "only what this release can run",
        what + " is not supported yet");
  }

  /** Whether the push must be refused. */
  boolean hasErrors() {
    return found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
  }

  /** In the order of their places. */
  List<Problem> inOrder() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
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
}

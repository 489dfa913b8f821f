package io.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns the lines of a transition into successors with their conditions (Maestro semantics 1.7). A
 * transition that is an object has the JSON form already.
 */
final class YamlTransition {
  private static final String ALWAYS = "true";
  private static final String FORM = "a job's id, IF expression THEN job, or OTHERWISE job";

  private final Problems problems;

  YamlTransition(Problems problems) {
    this.problems = problems;
  }

  SourceNode shape(SourceNode node) {
    if (node instanceof SourceNode.Obj) {
      return node;
    }
    if (!(node instanceof SourceNode.Arr lines)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, "a list of transitions");
      return new ShapedObject(problems, node.place()).shape();
    }
    ShapedObject successors = new ShapedObject(problems, node.place());
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < lines.items().size(); i++) {
      SourceNode line = lines.items().get(i);
      Optional<Line> read = read(line);
      if (read.isEmpty()) {
        continue;
      }
      Place place = line.place();
      boolean isOtherwise = read.get().kind() == LineKind.OTHERWISE;
      if (isOtherwise && i < lines.items().size() - 1) {
        problems.error(
            ProblemCode.BAD_VALUE,
            place,
            "OTHERWISE to be the last of the transitions",
            (lines.items().size() - 1 - i) + " more follow");
      }
      String condition = isOtherwise ? negated(conditions) : read.get().condition();
      if (read.get().kind() == LineKind.IF) {
        conditions.add(condition);
      }
      successors.add(read.get().job(), place, ShapedObject.text(place, condition));
    }
    return new ShapedObject(problems, node.place()).add("successors", successors.shape()).shape();
  }

  /** A transition to one job, on no condition. */
  SourceNode to(String job, Place place) {
    ShapedObject successors =
        new ShapedObject(problems, place).add(job, ShapedObject.text(place, ALWAYS));
    return new ShapedObject(problems, place).add("successors", successors.shape()).shape();
  }

  private Optional<Line> read(SourceNode node) {
    boolean isScalar = node instanceof SourceNode.Scalar && !node.isNull();
    Optional<Line> line =
        isScalar ? parse(((SourceNode.Scalar) node).text().strip()) : Optional.empty();
    if (line.isEmpty()) {
      problems.unexpected(isScalar ? ProblemCode.BAD_VALUE : ProblemCode.WRONG_TYPE, node, FORM);
    }
    return line;
  }

  /** By hand and from both ends, since an expression may hold any word and be very long. */
  private static Optional<Line> parse(String text) {
    int gap = lastGap(text);
    if (gap < 0) {
      return text.isEmpty() || isWord(text, "if") || isWord(text, "otherwise")
          ? Optional.empty()
          : Optional.of(new Line(LineKind.PLAIN, ALWAYS, text));
    }
    String job = text.substring(gap + 1);
    String head = text.substring(0, gap).strip();
    if (isWord(head, "otherwise")) {
      return Optional.of(new Line(LineKind.OTHERWISE, ALWAYS, job));
    }
    int then = lastGap(head);
    if (then < 0 || !isWord(head.substring(then + 1), "then")) {
      return Optional.empty();
    }
    String rest = head.substring(0, then);
    if (rest.length() < 3
        || !isWord(rest.substring(0, 2), "if")
        || !Character.isWhitespace(rest.charAt(2))
        || rest.substring(2).isBlank()) {
      return Optional.empty();
    }
    return Optional.of(new Line(LineKind.IF, rest.substring(2).strip(), job));
  }

  private static int lastGap(String text) {
    int gap = text.length() - 1;
    while (gap >= 0 && !Character.isWhitespace(text.charAt(gap))) {
      gap--;
    }
    return gap;
  }

  private static boolean isWord(String text, String word) {
    return text.toLowerCase(Locale.ROOT).equals(word);
  }

  /** That none of these conditions holds: what OTHERWISE stands for. */
  static String negated(List<String> conditions) {
    if (conditions.isEmpty()) {
      return ALWAYS;
    }
    StringBuilder any = new StringBuilder();
    for (String condition : conditions) {
      any.append(any.length() == 0 ? "!(" : " || ").append('(').append(bare(condition)).append(')');
    }
    return any.append(')').toString();
  }

  /** Without the semicolons that may end an expression but not stand inside one. */
  private static String bare(String condition) {
    int end = condition.length();
    while (end > 0
        && (condition.charAt(end - 1) == ';'
            || Character.isWhitespace(condition.charAt(end - 1)))) {
      end--;
    }
    String bare = condition.substring(0, end);
    // A comment must not swallow the bracket after it.
    return bare.contains("//") ? bare + "\n" : bare;
  }

  /** The three forms of a line. */
  private enum LineKind {
    PLAIN,
    IF,
    OTHERWISE
  }

  private record Line(LineKind kind, String condition, String job) {}
}

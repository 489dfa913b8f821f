package io.millrace.cli;

import io.millrace.definition.Problem;
import java.util.List;

/** Problems of a definition, one a line, with the place first as compilers do. */
final class ProblemsText {
  private ProblemsText() {}

  /**
   * @param file the definition's file; empty if it has none
   */
  static String of(String file, List<Problem> problems) {
    return of(file, "", problems);
  }

  /**
   * With a caret below each place.
   *
   * @param definition the text of the file
   */
  static String of(String file, String definition, List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      if (!file.isEmpty()) {
        text.append(file).append(':');
      }
      String line =
          problem.line()
              + ":"
              + problem.column()
              + ": "
              + problem.severity()
              + " "
              + problem.code()
              + " at "
              + problem.path()
              + ": "
              + problem.message();
      text.append(Printable.oneLine(line)).append(System.lineSeparator());
      text.append(Caret.of(definition, problem.line(), problem.column()));
    }
    return text.toString();
  }
}

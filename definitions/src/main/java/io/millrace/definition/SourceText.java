package io.millrace.definition;

import io.millrace.expression.syntax.Position;
import org.jspecify.annotations.Nullable;

/**
 * The pushed text, to find a place within a text value: an author looks for a mistake in his file,
 * not in the value after quotes and escapes are gone.
 */
final class SourceText {
  private final String text;

  /** Made when the first place is asked for, which a definition without problems never does. */
  private String @Nullable [] lines;

  SourceText(String text) {
    this.text = text;
  }

  private String[] lines() {
    String[] made = lines;
    if (made == null) {
      made = text.split("\r\n|[\r\n]", -1);
      lines = made;
    }
    return made;
  }

  /**
   * The place of {@code at} within {@code value}.
   *
   * <p>Exact for a text in double quotes, as all in JSON are, and for one that is written as it is
   * read; otherwise the line with the same words, or, without one, where the value begins.
   */
  Place locate(Place place, String value, Position at) {
    String line = line(place.line());
    int start = place.column() - 1;
    if (start < line.length() && line.charAt(start) == '"') {
      return within(place, quoted(line, start, offset(value, at)));
    }
    String wanted = valueLine(value, at.line());
    String inner = wanted.strip();
    int indent = wanted.indexOf(inner);
    for (int number = place.line(); !inner.isEmpty() && number <= lines().length; number++) {
      int from = number == place.line() ? Math.min(start, line(number).length()) : 0;
      int found = line(number).indexOf(inner, from);
      if (found >= 0) {
        return moved(place, number, found + 1 + Math.max(0, at.column() - 1 - indent));
      }
      if (number - place.line() > value.length()) {
        break;
      }
    }
    return place;
  }

  private static Place within(Place place, int column) {
    return moved(place, place.line(), column);
  }

  private static Place moved(Place place, int line, int column) {
    return new Place(place.parent(), place.name(), place.index(), line, column);
  }

  /** The column of a character of the value, counted over the escapes in front of it. */
  private static int quoted(String line, int start, int offset) {
    int at = start + 1;
    for (int passed = 0; passed < offset && at < line.length(); passed++) {
      if (line.charAt(at) == '\\' && at + 1 < line.length()) {
        at += line.charAt(at + 1) == 'u' ? 6 : 2;
      } else {
        at++;
      }
    }
    return Math.min(at, line.length()) + 1;
  }

  private static int offset(String value, Position at) {
    int offset = 0;
    for (int line = 1; line < at.line(); line++) {
      int end = value.indexOf('\n', offset);
      if (end < 0) {
        break;
      }
      offset = end + 1;
    }
    return offset + at.column() - 1;
  }

  private static String valueLine(String value, int line) {
    String[] lines = value.split("\n", -1);
    return line <= lines.length ? lines[line - 1] : "";
  }

  private String line(int number) {
    String[] all = lines();
    return number >= 1 && number <= all.length ? all[number - 1] : "";
  }
}

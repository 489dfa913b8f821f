package io.millrace.definition;

import java.util.ArrayList;
import java.util.List;

/** Turns the parser's places, counted in code points, into those of the text's characters. */
final class YamlPlaces {
  private final String text;

  /** Where each line starts. */
  private final List<Integer> lines = new ArrayList<>();

  /** The last answer: places are asked for in their order, so a long line is walked once. */
  private int lastLine = -1;

  private int lastCodePoints;
  private int lastChars;

  YamlPlaces(String text) {
    this.text = text;
    lines.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        lines.add(i + 1);
      }
    }
  }

  /**
   * The column from 1.
   *
   * @param line from 0
   * @param codePoints before it in its line
   */
  int column(int line, int codePoints) {
    if (line >= lines.size()) {
      return codePoints + 1;
    }
    int start = lines.get(line);
    int end = line + 1 < lines.size() ? lines.get(line + 1) : text.length();
    boolean onward = line == lastLine && codePoints >= lastCodePoints;
    int chars = onward ? lastChars : 0;
    for (int i = onward ? lastCodePoints : 0; i < codePoints && start + chars < end; i++) {
      chars += Character.charCount(text.codePointAt(start + chars));
    }
    lastLine = line;
    lastCodePoints = codePoints;
    lastChars = chars;
    return chars + 1;
  }

  /** The place of a character, given the code points before it. */
  Place at(int codePoints) {
    int offset = 0;
    for (int i = 0; i < codePoints && offset < text.length(); i++) {
      offset += Character.charCount(text.codePointAt(offset));
    }
    int line = 0;
    while (line + 1 < lines.size() && lines.get(line + 1) <= offset) {
      line++;
    }
    return Place.root(line + 1, offset - lines.get(line) + 1);
  }
}

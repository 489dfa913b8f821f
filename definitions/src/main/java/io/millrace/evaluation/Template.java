package io.millrace.evaluation;

import io.millrace.expression.syntax.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that may name params (Maestro semantics 4.3): {@code $name}, <code>${name}</code>, and
 * {@code $$} for a dollar. Any other dollar stands for itself, also one before a name that begins
 * with {@code _}. Filled in a single pass: what is inserted is not looked at again.
 */
public final class Template {
  private static final Pattern MARK =
      Pattern.compile("\\$(?:(\\$)|([a-zA-Z][_a-zA-Z0-9]*)|\\{([a-zA-Z][-_./a-zA-Z0-9]*)\\})");

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * A name in a text.
   *
   * @param at the place of its dollar
   */
  public record Reference(String name, Position at) {}

  private sealed interface Part {
    record Plain(String text) implements Part {}

    record Named(Reference reference) implements Part {}
  }

  /** Every text is a template. */
  public static Template parse(String text) {
    if (text.indexOf('$') < 0) {
      return new Template(List.of(new Part.Plain(text)));
    }
    List<Part> parts = new ArrayList<>();
    Places places = new Places(text);
    Matcher mark = MARK.matcher(text);
    int end = 0;
    while (mark.find()) {
      parts.add(new Part.Plain(text.substring(end, mark.start())));
      end = mark.end();
      if (mark.group(1) != null) {
        parts.add(new Part.Plain("$"));
      } else {
        String name = mark.group(2) != null ? mark.group(2) : mark.group(3);
        parts.add(new Part.Named(new Reference(name, places.at(mark.start()))));
      }
    }
    parts.add(new Part.Plain(text.substring(end)));
    return new Template(parts);
  }

  /** Whether filling it would change it: it names something, or escapes a dollar. */
  public static boolean isIn(String text) {
    return text.indexOf('$') >= 0 && MARK.matcher(text).find();
  }

  /** The names it needs, each at its first place. */
  public List<Reference> references() {
    Map<String, Reference> references = new LinkedHashMap<>();
    occurrences().forEach(reference -> references.putIfAbsent(reference.name(), reference));
    return List.copyOf(references.values());
  }

  /** The names it needs, at every place where one is. */
  public List<Reference> occurrences() {
    List<Reference> occurrences = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Named named) {
        occurrences.add(named.reference());
      }
    }
    return occurrences;
  }

  /** What came of filling it. */
  public sealed interface Filled {
    record Text(String text) implements Filled {}

    /** A name had no value. */
    record Missing(Reference reference) implements Filled {}

    /** It would be longer than allowed. */
    record TooLong() implements Filled {}
  }

  /** Puts values in the place of names, as long as the text has at most so many characters. */
  public Filled fill(Function<String, Optional<String>> values, int maxChars) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String piece;
      if (part instanceof Part.Named named) {
        Optional<String> value = values.apply(named.reference().name());
        if (value.isEmpty()) {
          return new Filled.Missing(named.reference());
        }
        piece = value.get();
      } else {
        piece = ((Part.Plain) part).text();
      }
      if (piece.length() > maxChars - text.length()) {
        return new Filled.TooLong();
      }
      text.append(piece);
    }
    return new Filled.Text(text.toString());
  }

  /** Lines and columns of rising offsets, in one walk. */
  private static final class Places {
    private final String text;
    private int line = 1;
    private int lineStart;
    private int lineEnd;

    private Places(String text) {
      this.text = text;
      this.lineEnd = text.indexOf('\n');
    }

    private Position at(int offset) {
      while (lineEnd >= 0 && lineEnd < offset) {
        line++;
        lineStart = lineEnd + 1;
        lineEnd = text.indexOf('\n', lineStart);
      }
      return new Position(line, offset - lineStart + 1);
    }
  }
}

package io.millrace.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a pushed text. The path is put together only when a problem asks for
 * it, so that a large valid text does not pay for it.
 *
 * @param parent null for the root
 * @param name the field's name; null for items of an array; of the root what the text is, null for
 *     a definition
 * @param index of an item of its array, from 0
 * @param line from 1
 * @param column from 1, in characters
 */
record Place(@Nullable Place parent, @Nullable String name, int index, int line, int column) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static Place root(int line, int column) {
    return new Place(null, null, 0, line, column);
  }

  /** The root of a text that is no definition. */
  static Place root(String what, int line, int column) {
    return new Place(null, what, 0, line, column);
  }

  Place field(String field, int atLine, int atColumn) {
    return new Place(this, field, 0, atLine, atColumn);
  }

  Place item(int item, int atLine, int atColumn) {
    return new Place(this, null, item, atLine, atColumn);
  }

  /** The place of a field that is not there: named after it, at the object that lacks it. */
  Place missing(String field) {
    return field(field, line, column);
  }

  /** The JSON path, e.g. {@code $.workflow.steps[2].step}. */
  String path() {
    Deque<String> segments = new ArrayDeque<>();
    for (Place at = this; at != null; at = at.parent) {
      segments.push(at.segment());
    }
    return String.join("", segments);
  }

  /** What a message calls it: the field, with the indexes of the items on the way. */
  String label() {
    StringBuilder items = new StringBuilder();
    Place at = this;
    while (at.parent != null && at.name == null) {
      items.insert(0, "[" + at.index + "]");
      at = at.parent;
    }
    if (at.parent == null) {
      return at.name == null ? "the definition" : at.name;
    }
    return Quoted.text(at.name + items);
  }

  private String segment() {
    if (parent == null) {
      return "$";
    }
    if (name == null) {
      return "[" + index + "]";
    }
    return name.length() <= Quoted.MAX_CHARS && PLAIN.matcher(name).matches()
        ? "." + name
        : "[" + Quoted.text(name) + "]";
  }
}

package io.millrace.definition;

import io.millrace.evaluation.Template;
import io.millrace.param.ParamType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the texts of one scope that are evaluated in a run: of a workflow, step or trigger. */
final class TextUses {
  private final List<TextUse> uses = new ArrayList<>();
  private final Set<String> unread = new LinkedHashSet<>();

  /** An expression that must give {@code result}. */
  void expression(Place place, String text, TextUse.Purpose purpose, ParamType result) {
    add(new TextUse(place, text, TextUse.Form.EXPRESSION, purpose, result, null));
  }

  /** Text that may hold interpolations; without one it is nothing to be evaluated. */
  void text(Place place, String text, TextUse.Purpose purpose) {
    if (Template.isIn(text)) {
      add(new TextUse(place, text, TextUse.Form.INTERPOLATED, purpose, ParamType.STRING, null));
    }
  }

  void add(TextUse use) {
    uses.add(use);
  }

  /** Notes a param whose fault has been told, so that texts that read it are not told as well. */
  void unread(String param) {
    unread.add(param);
  }

  /** The names of params that are there, but could not be read. */
  Set<String> unread() {
    return Collections.unmodifiableSet(unread);
  }

  /** In the order they were added. */
  List<TextUse> all() {
    return List.copyOf(uses);
  }
}

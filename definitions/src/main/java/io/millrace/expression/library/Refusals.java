package io.millrace.expression.library;

import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.joda.time.IllegalFieldValueException;

/**
 * What messages say of values that Java and Joda-Time refuse; theirs would not be understood by who
 * writes an expression.
 */
final class Refusals {
  private Refusals() {}

  /** A part of a date that there is not, e.g. month 13. */
  static String outside(String label, IllegalFieldValueException refused) {
    if (refused.getLowerBound() == null || refused.getUpperBound() == null) {
      return "Expected %s of %s to be one there is, but it is %s."
          .formatted(
              refused.getFieldName(), label, Texts.clipped(refused.getIllegalValueAsString()));
    }
    return "Expected %s of %s to be from %s to %s, but it is %s."
        .formatted(
            refused.getFieldName(),
            label,
            refused.getLowerBound(),
            refused.getUpperBound(),
            Texts.clipped(refused.getIllegalValueAsString()));
  }

  /** A time that the clocks of its zone never show, because they are put forward then. */
  static String skipped(String label) {
    return "Expected %s to be given a time that its zone has, but its clocks skip it."
        .formatted(label);
  }

  /** A result that does not fit. */
  static String overflow(String label) {
    return "Expected a result of " + label + " within its range, but it is outside.";
  }

  /** Anything else: what was given tells more than what was thrown. */
  static String unusable(String label, Value receiver, List<Value> arguments) {
    List<String> shown = new ArrayList<>();
    for (Value value : arguments.isEmpty() ? List.of(receiver) : arguments) {
      shown.add(
          value instanceof Value.Text text
              ? Texts.quoted(text.value())
              : value instanceof Value.Int number ? number.text() : "a " + value.type());
    }
    return "Expected values that %s can work with, but it was given %s."
        .formatted(label, String.join(", ", shown));
  }
}

package io.millrace.definition;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads single values. As Maestro's mapper does, a number or a boolean may be written as text, and
 * the names of enums in any case.
 */
final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

  private final Problems problems;

  Scalars(Problems problems) {
    this.problems = problems;
  }

  Optional<String> text(SourceNode node) {
    if (node instanceof SourceNode.Scalar scalar && scalar.kind() == SourceNode.Kind.TEXT) {
      return Optional.of(scalar.text());
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "text");
    return Optional.empty();
  }

  Optional<String> text(SourceNode node, int maxChars) {
    Optional<String> text = text(node);
    if (text.isPresent() && text.get().length() > maxChars) {
      problems.error(
          ProblemCode.LIMIT,
          node.place(),
          node.place().label() + " to have at most " + maxChars + " characters",
          "it has " + text.get().length());
      return Optional.empty();
    }
    return text;
  }

  Optional<Long> integer(SourceNode node, long min, long max) {
    String range = "a whole number from " + min + " to " + max;
    if (!(node instanceof SourceNode.Scalar scalar)
        || scalar.kind() == SourceNode.Kind.BOOLEAN
        || scalar.kind() == SourceNode.Kind.NULL) {
      problems.unexpected(ProblemCode.WRONG_TYPE, node, range);
      return Optional.empty();
    }
    Optional<Long> value =
        scalar.kind() == SourceNode.Kind.DECIMAL ? Optional.empty() : parse(scalar.text());
    if (value.isEmpty() || value.get() < min || value.get() > max) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, range);
      return Optional.empty();
    }
    return value;
  }

  Optional<Boolean> bool(SourceNode node) {
    if (node instanceof SourceNode.Scalar scalar
        && (scalar.kind() == SourceNode.Kind.BOOLEAN || scalar.kind() == SourceNode.Kind.TEXT)) {
      String text = scalar.text().toLowerCase(Locale.ROOT);
      if (text.equals("true") || text.equals("false")) {
        return Optional.of(text.equals("true"));
      }
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, "true or false");
    return Optional.empty();
  }

  <E extends Enum<E>> Optional<E> oneOf(SourceNode node, Class<E> type) {
    Optional<String> text = text(node);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<E> found = named(type, text.get());
    if (found.isEmpty()) {
      StringBuilder names = new StringBuilder();
      for (E constant : type.getEnumConstants()) {
        names.append(names.length() == 0 ? "" : ", ").append(constant.name());
      }
      problems.unexpected(ProblemCode.BAD_VALUE, node, "one of " + names);
    }
    return found;
  }

  static <E extends Enum<E>> Optional<E> named(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  /** A 64-bit number; empty if the text is none or it does not fit. */
  static Optional<Long> parse(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** A decimal number; empty if the text is none or its exponent is beyond all use. */
  static Optional<BigDecimal> decimal(String text) {
    return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /**
   * A decimal number whose own text is one again: as it is written in another form, {@code
   * 0.01e-999999999} would come to have an exponent beyond all use, and long ones more characters.
   */
  static Optional<BigDecimal> rewritable(String text) {
    return decimal(text)
        .filter(
            number -> {
              String written = number.toString();
              return written.length() <= DefinitionLimits.DEFAULT.maxNumberChars()
                  && DECIMAL.matcher(written).matches();
            });
  }
}

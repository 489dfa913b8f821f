package io.millrace.definition;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar without quotes is. Booleans, nulls and text are what Maestro's mapper makes of them
 * ({@code yes} and {@code on} are true, {@code y} and dates are text). A number keeps its text; one
 * that means different things in YAML 1.1 and 1.2, such as {@code 017}, is none.
 */
final class YamlScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
  private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]*+)");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][+-]?[0-9]++)?");
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "[+-]?(0[0-9_]++|0[xX][0-9a-fA-F_]++|0[bB][01_]++|0o[0-7]++"
              + "|[0-9][0-9_]*+(\\.[0-9_]*+)?([eE][+-]?[0-9]++)?|\\.(inf|Inf|INF))"
              + "|\\.(nan|NaN|NAN)");

  private YamlScalar() {}

  /** Empty if it is a number whose value depends on the version of YAML. */
  static Optional<SourceNode.Scalar> of(Place place, String text) {
    if (NULLS.contains(text)) {
      return Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.NULL, "null"));
    }
    if (TRUE.contains(text)) {
      return Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.BOOLEAN, "true"));
    }
    if (FALSE.contains(text)) {
      return Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.BOOLEAN, "false"));
    }
    if (INTEGER.matcher(text).matches()) {
      return Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.INTEGER, text));
    }
    boolean ambiguous = AMBIGUOUS.matcher(text).matches();
    boolean decimal = DECIMAL.matcher(text).matches();
    if (decimal && (!ambiguous || text.contains(".") || hasExponent(text))) {
      return Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.DECIMAL, text));
    }
    return ambiguous
        ? Optional.empty()
        : Optional.of(new SourceNode.Scalar(place, SourceNode.Kind.TEXT, text));
  }

  private static boolean hasExponent(String text) {
    return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
  }
}

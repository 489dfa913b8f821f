package io.millrace.definition;

import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a param in the YAML form: {@code name}, with a {@code !} before it if the value is an
 * expression, {@code <type>} and {@code (mode)} after it.
 *
 * @param type null if it is to be inferred
 * @param mode null if nothing is said
 */
record YamlParamKey(
    String name, boolean isExpression, @Nullable ParamType type, @Nullable ParamMode mode) {

  /** Empty if it breaks the syntax, with the problem told. */
  static Optional<YamlParamKey> read(String key, Place place, Problems problems) {
    boolean expression = key.startsWith("!");
    String rest = key.substring(expression ? 1 : 0).strip();
    @Nullable String mode = null;
    if (rest.endsWith(")") && rest.indexOf('(') >= 0) {
      int open = rest.indexOf('(');
      mode = rest.substring(open + 1, rest.length() - 1).strip();
      rest = rest.substring(0, open).strip();
    }
    @Nullable String type = null;
    if (rest.endsWith(">") && rest.indexOf('<') >= 0) {
      int open = rest.indexOf('<');
      type = rest.substring(open + 1, rest.length() - 1).strip();
      rest = rest.substring(0, open).strip();
    }
    if (rest.isEmpty() || rest.chars().anyMatch(c -> "!<>()".indexOf(c) >= 0)) {
      problems.error(
          ProblemCode.BAD_NAME,
          place,
          "a param's key like name, !name, name<type> or name<type>(mode)",
          "it is " + Quoted.text(key));
      return Optional.empty();
    }
    Optional<ParamType> knownType = type == null ? Optional.empty() : type(type);
    Optional<ParamMode> knownMode =
        mode == null ? Optional.empty() : Scalars.named(ParamMode.class, mode);
    if (type != null && knownType.isEmpty()) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label()
              + " to have a type like string, long, double, boolean, array<long>, map or pmap",
          "it has " + Quoted.text(type));
      return Optional.empty();
    }
    if (mode != null && knownMode.isEmpty()) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label()
              + " to have a mode of MUTABLE, MUTABLE_ON_START_RESTART, MUTABLE_ON_START, IMMUTABLE"
              + " or CONSTANT",
          "it has " + Quoted.text(mode));
      return Optional.empty();
    }
    return Optional.of(
        new YamlParamKey(rest, expression, knownType.orElse(null), knownMode.orElse(null)));
  }

  private static Optional<ParamType> type(String written) {
    return switch (written.toLowerCase(Locale.ROOT).replace(" ", "")) {
      case "array<string>" -> Optional.of(ParamType.STRING_ARRAY);
      case "array<long>" -> Optional.of(ParamType.LONG_ARRAY);
      case "array<double>" -> Optional.of(ParamType.DOUBLE_ARRAY);
      case "array<boolean>" -> Optional.of(ParamType.BOOLEAN_ARRAY);
      case "map" -> Optional.of(written.equals("MAP") ? ParamType.MAP : ParamType.STRING_MAP);
      case "pmap" -> Optional.of(ParamType.MAP);
      default -> Scalars.named(ParamType.class, written);
    };
  }
}

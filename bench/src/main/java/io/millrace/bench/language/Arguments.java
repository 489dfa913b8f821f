package io.millrace.bench.language;

import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code name=value} arguments of a measurement, each with its default. */
final class Arguments {
  private final Map<String, String> values;
  private final String text;

  private Arguments(Map<String, String> values, String text) {
    this.values = values;
    this.text = text;
  }

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException for a name that is not among the defaults
   */
  static Arguments parse(String[] args, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals < 0 || !values.containsKey(arg.substring(0, equals))) {
        throw new IllegalArgumentException(
            "Expected an argument to be one of %s with =value, but it is %s."
                .formatted(defaults.keySet(), arg));
      }
      values.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    return new Arguments(values, String.join(" ", args));
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Expected an argument named %s, but there is none.".formatted(name));
    }
    return value;
  }

  /** A whole number, at least {@code least}. */
  int number(String name, int least) {
    int value = Integer.parseInt(text(name));
    if (value < least) {
      throw new IllegalArgumentException(
          "Expected %s to be at least %d, but it is %d.".formatted(name, least, value));
    }
    return value;
  }

  boolean flag(String name) {
    String value = text(name);
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          "Expected %s to be true or false, but it is %s.".formatted(name, value));
    }
    return value.equals("true");
  }

  /** All of them, as they were given. */
  @Override
  public String toString() {
    return text;
  }
}

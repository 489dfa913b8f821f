package io.millrace.bench.flow;

import io.millrace.protocol.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code name=value} arguments of a program, each with its default. */
final class Settings {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads arguments.
   *
   * @param defaults the names there are, with what they are unless given
   * @throws IllegalArgumentException for a name that is not among the defaults
   */
  Settings(String[] args, Map<String, String> defaults) {
    values.put("brokers", "127.0.0.1:9092");
    values.put("prefix", Topics.DEFAULT.prefix());
    values.putAll(defaults);
    for (String arg : args) {
      int mark = arg.indexOf('=');
      String name = mark < 0 ? arg : arg.substring(0, mark);
      if (mark < 0 || !values.containsKey(name)) {
        throw new IllegalArgumentException(
            "Expected arguments name=value with a name of " + values.keySet() + ", but got " + arg);
      }
      values.put(name, arg.substring(mark + 1));
    }
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("Expected a setting " + name + ", but there is none.");
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  String brokers() {
    return text("brokers");
  }

  Topics topics() {
    return new Topics(text("prefix"));
  }
}

package io.millrace.job.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;

/**
 * Collects what was said about options: arguments stand above the properties file, that above the
 * environment. Names are checked here, values are not.
 */
final class OptionSources {
  private static final String CONFIG = "config";
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";
  private static final String ENVIRONMENT_KAFKA_PREFIX = "MILLRACE_KAFKA_";

  private OptionSources() {}

  /** The values by option name, in the order of their names. */
  static Map<String, String> collect(List<String> arguments, Map<String, String> environment) {
    Map<String, String> given = arguments(arguments);
    String file = given.remove(CONFIG);
    Map<String, String> values = new TreeMap<>(environment(environment));
    if (file != null) {
      values.putAll(file(Path.of(file)));
    }
    values.putAll(given);
    return values;
  }

  static boolean asksForHelp(List<String> arguments) {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  /** {@code --name value}, {@code --name=value} and {@code name=value}. */
  private static Map<String, String> arguments(List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean dashed = argument.startsWith("--");
      String name = dashed ? argument.substring(2) : argument;
      int equals = name.indexOf('=');
      String value;
      if (equals >= 0) {
        value = name.substring(equals + 1);
        name = name.substring(0, equals);
      } else if (!dashed) {
        throw new InvalidOption(
            "Expected an argument to be --name value or name=value, but got '" + argument + "'.");
      } else if (i + 1 == arguments.size()) {
        throw new InvalidOption(
            "Expected option '--" + name + "' to have a value, but it is the last argument.");
      } else {
        value = arguments.get(++i);
      }
      if (!name.equals(CONFIG)) {
        requireKnown(name, "an argument");
      }
      if (given.put(name, value) != null) {
        throw new InvalidOption(
            "Expected option '" + name + "' to be given once, but it is given twice.");
      }
    }
    return given;
  }

  private static Map<String, String> file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidOption(
          "Expected option 'config' to name a properties file, but '%s' cannot be read: %s."
              .formatted(file, e));
    }
    Map<String, String> values = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      requireKnown(name, file.toString());
      values.put(name, properties.getProperty(name).strip());
    }
    return values;
  }

  /**
   * {@code MILLRACE_TOPIC_PREFIX}, {@code MILLRACE_KAFKA_SECURITY_PROTOCOL}. Other variables with
   * that beginning belong to scripts and are none of ours.
   */
  private static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    for (ConfigOption<?> option : JobOptions.ALL) {
      String value = environment.get(variable(option));
      if (value != null) {
        values.put(option.key(), value);
      }
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_KAFKA_PREFIX)) {
            String property = name.substring(ENVIRONMENT_KAFKA_PREFIX.length());
            values.put(
                JobOptions.KAFKA_PREFIX + property.toLowerCase(Locale.ROOT).replace('_', '.'),
                value);
          }
        });
    return values;
  }

  static String variable(ConfigOption<?> option) {
    return ENVIRONMENT_PREFIX + option.key().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static void requireKnown(String name, String where) {
    boolean kafka =
        name.startsWith(JobOptions.KAFKA_PREFIX)
            && name.length() > JobOptions.KAFKA_PREFIX.length();
    if (!kafka && JobOptions.ALL.stream().noneMatch(option -> option.key().equals(name))) {
      throw new InvalidOption(
          "Expected option '%s' of %s to be known, but it is not; --help names all."
              .formatted(name, where));
    }
  }
}

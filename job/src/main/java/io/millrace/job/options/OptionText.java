package io.millrace.job.options;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Options as text: the help, and what is in effect with secrets left out. */
public final class OptionText {
  private static final String REDACTED = "******";
  private static final List<String> SECRET_WORDS =
      List.of("password", "secret", "jaas", "token", "credential", "private", "keystore.key");

  private OptionText() {}

  /** What {@code --help} prints. */
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            The Millrace job: a workflow orchestrator that runs on Flink and speaks Kafka.

            Options, as --name value, --name=value or name=value; from a properties file with
            --config FILE; or from the environment as MILLRACE_NAME. Arguments stand above the
            file, the file above the environment.

            """);
    HtmlFormatter plain = new HtmlFormatter();
    for (ConfigOption<?> option : JobOptions.ALL) {
      text.append("  --").append(option.key());
      if (option.hasDefaultValue()) {
        text.append("  (default: ").append(shown(option.defaultValue())).append(')');
      }
      text.append("\n      ").append(plain.format(option.description())).append('\n');
    }
    return text.append("  --kafka.PROPERTY\n")
        .append("      Handed to all Kafka clients, for TLS and SASL for example;\n")
        .append("      MILLRACE_KAFKA_PROPERTY in the environment, with _ for each dot.\n")
        .toString();
  }

  /** The options in effect, one a line, secrets redacted. */
  public static String effective(JobSettings settings) {
    StringBuilder text = new StringBuilder("Options in effect:\n");
    for (ConfigOption<?> option : JobOptions.ALL) {
      Optional<?> value = settings.find(option);
      text.append("  ")
          .append(option.key())
          .append(" = ")
          .append(value.isPresent() ? shown(value.get()) : "(not set)")
          .append('\n');
    }
    settings
        .given()
        .forEach(
            (name, value) -> {
              if (name.startsWith(JobOptions.KAFKA_PREFIX)) {
                text.append("  ")
                    .append(name)
                    .append(" = ")
                    .append(isSecret(name) ? REDACTED : value)
                    .append('\n');
              }
            });
    return text.toString();
  }

  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return String.join(";", list.stream().map(String::valueOf).toList());
    }
    return value instanceof Duration duration
        ? TimeUtils.formatWithHighestUnit(duration)
        : value.toString();
  }
}

package io.millrace.cli;

import io.millrace.protocol.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all verbs. */
final class GlobalOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and exit.")
  @SuppressWarnings("UnusedVariable") // Picocli reads it.
  private boolean help;

  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT,...",
      scope = ScopeType.INHERIT,
      description = "Kafka; else the config file's, else MILLRACE_BROKERS, else 127.0.0.1:9092.")
  private @Nullable String brokers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties of the Kafka clients, such as those of TLS and SASL.")
  private @Nullable Path config;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      scope = ScopeType.INHERIT,
      description = "What the names of Millrace's topics begin with; default ${DEFAULT-VALUE}.")
  private String topicPrefix = "millrace";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description =
          "How long to wait for one answer, such as 500ms, 30s or 2m; default 30s. The end of a run"
              + " is waited for as long as the system answers.")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print exactly one JSON document, and nothing else, on standard output.")
  private boolean json;

  @Nullable String brokers() {
    return brokers;
  }

  @Nullable Path config() {
    return config;
  }

  Topics topics() {
    return new Topics(topicPrefix);
  }

  Duration timeout() {
    return timeout;
  }

  boolean json() {
    return json;
  }
}

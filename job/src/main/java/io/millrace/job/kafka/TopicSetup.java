package io.millrace.job.kafka;

import io.millrace.job.options.JobSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Kafka ready before the job is submitted: checks the transaction timeout, creates topics
 * that are missing, and waits until each partition has a leader, as clients of a fresh topic fail
 * otherwise.
 *
 * <p>A topic that exists is left as it is: its partitions and limits are its operator's. A crash in
 * between leaves topics that the next start finds.
 */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /**
   * What the job must know of the topics as they are.
   *
   * @param replyPartitions of the replies topic, which may be older than the option
   */
  public record Found(int replyPartitions) {}

  private final Admin admin;
  private final JobSettings settings;
  private final Duration patience;

  private TopicSetup(Admin admin, JobSettings settings, Duration patience) {
    this.admin = admin;
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * Does it all, within {@code patience} for each answer.
   *
   * @throws KafkaNotReady saying what is missing
   */
  public static Found run(JobSettings settings, Duration patience) {
    Map<String, Object> properties = new HashMap<>();
    settings.kafka().forEach((name, value) -> properties.put((String) name, value));
    properties.put("client.id", settings.groupId() + "-setup");
    properties.put("default.api.timeout.ms", (int) patience.toMillis());
    properties.put(
        "request.timeout.ms",
        (int) Math.min(patience.toMillis(), Duration.ofSeconds(30).toMillis()));
    try (Admin admin = Admin.create(properties)) {
      TopicSetup setup = new TopicSetup(admin, settings, patience);
      setup.checkTransactionTimeout();
      return setup.createTopics();
    } catch (KafkaException e) {
      throw unreachable(settings, e);
    }
  }

  // ---- transactions

  private void checkTransactionTimeout() {
    Collection<Node> nodes = answer(() -> admin.describeCluster().nodes());
    String broker = Integer.toString(nodes.iterator().next().id());
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
    Map<ConfigResource, org.apache.kafka.clients.admin.Config> configs;
    try {
      configs = answer(() -> admin.describeConfigs(List.of(resource)).all());
    } catch (KafkaNotReady e) {
      if (e.getCause() instanceof AuthorizationException) {
        LOG.warn(
            "May not read the brokers' configuration: {} is not checked.", MAX_TRANSACTION_TIMEOUT);
        return;
      }
      throw e;
    }
    long most =
        Long.parseLong(configs.values().iterator().next().get(MAX_TRANSACTION_TIMEOUT).value());
    requireTransactionTimeout(settings.transactionTimeout(), most);
  }

  static void requireTransactionTimeout(Duration wanted, long most) {
    if (wanted.toMillis() > most) {
      throw new KafkaNotReady(
          "Expected option 'transaction-timeout' to be at most the broker's %s, %d ms, but it is %d ms."
              .formatted(MAX_TRANSACTION_TIMEOUT, most, wanted.toMillis()));
    }
  }

  // ---- topics

  private Found createTopics() {
    List<NewTopic> plan = TopicPlan.of(settings);
    Set<String> existing = answer(() -> admin.listTopics().names());
    List<NewTopic> missing =
        plan.stream().filter(topic -> !existing.contains(topic.name())).toList();
    Map<String, KafkaFuture<Void>> created = admin.createTopics(missing).values();
    created.forEach(
        (name, done) -> {
          try {
            answer(() -> done);
            LOG.info("Created topic {}.", name);
          } catch (KafkaNotReady e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
              throw new KafkaNotReady(
                  "Expected topic '%s' to exist or to be created, but: %s"
                      .formatted(name, e.getMessage()),
                  e);
            }
          }
        });
    List<String> names = plan.stream().map(NewTopic::name).toList();
    Map<String, TopicDescription> described = awaitLeaders(names);
    TopicDescription replies = described.get(settings.topics().replies());
    if (replies == null) {
      throw new KafkaNotReady(
          "Expected topic '%s' to be described, but it is not."
              .formatted(settings.topics().replies()));
    }
    return new Found(replies.partitions().size());
  }

  private Map<String, TopicDescription> awaitLeaders(List<String> names) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Map<String, TopicDescription> described = describe(names);
      List<String> leaderless =
          names.stream().filter(name -> !hasLeaders(described.get(name))).toList();
      if (leaderless.isEmpty()) {
        return described;
      }
      if (System.nanoTime() > deadline) {
        throw new KafkaNotReady(
            "Expected every partition to have a leader within %d s, but these topics have not: %s."
                .formatted(patience.toSeconds(), leaderless));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Those that the brokers know; a fresh topic may not be among them for a moment. */
  private Map<String, TopicDescription> describe(List<String> names) {
    Map<String, TopicDescription> described = new HashMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, description) -> {
              try {
                described.put(name, answer(() -> description));
              } catch (KafkaNotReady e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
    return described;
  }

  private static boolean hasLeaders(@org.jspecify.annotations.Nullable TopicDescription topic) {
    return topic != null
        && topic.partitions().stream()
            .map(TopicPartitionInfo::leader)
            .allMatch(leader -> leader != null && !leader.isEmpty());
  }

  // ---- answers

  private <T> T answer(Supplier<KafkaFuture<T>> question) {
    try {
      return question.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(settings, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(settings, e);
    }
  }

  private static KafkaNotReady unreachable(JobSettings settings, Throwable cause) {
    return new KafkaNotReady(
        "Expected Kafka at %s to answer, but: %s.".formatted(settings.brokers(), cause), cause);
  }
}

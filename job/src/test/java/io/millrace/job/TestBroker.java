package io.millrace.job;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A real broker in its own process, gone when closed. */
public final class TestBroker implements AutoCloseable {
  /** As of the broker: the job's default must not be above it. */
  public static final long MAX_TRANSACTION_TIMEOUT = Duration.ofMinutes(15).toMillis();

  private final Process broker;
  private final String brokers;

  private TestBroker(Process broker, String brokers) {
    this.broker = broker;
    this.brokers = brokers;
  }

  /** Starts one in {@code folder} and waits until it answers. */
  public static TestBroker start(Path folder) throws Exception {
    String listener;
    String controller;
    try (ServerSocket one = freePort();
        ServerSocket two = freePort()) {
      listener = "127.0.0.1:" + one.getLocalPort();
      controller = "127.0.0.1:" + two.getLocalPort();
    }
    Path config = folder.resolve("broker.properties");
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("node.id", "7"),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("listeners", "CLIENTS://" + listener + ",QUORUM://" + controller),
            Map.entry("advertised.listeners", "CLIENTS://" + listener),
            Map.entry("inter.broker.listener.name", "CLIENTS"),
            Map.entry("controller.listener.names", "QUORUM"),
            Map.entry("controller.quorum.voters", "7@" + controller),
            Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,QUORUM:PLAINTEXT"),
            Map.entry("log.dirs", folder.resolve("data").toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "2"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.max.timeout.ms", Long.toString(MAX_TRANSACTION_TIMEOUT)),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
    try (var writer = Files.newBufferedWriter(config)) {
      properties.store(writer, null);
    }
    String id = Uuid.randomUuid().toString();
    Process format =
        launch(folder, "kafka.tools.StorageTool", "format", "-t", id, "-c", config.toString());
    if (!format.waitFor(90, TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IOException("Not formatted: " + Files.readString(folder.resolve("broker.log")));
    }
    TestBroker started = new TestBroker(launch(folder, "kafka.Kafka", config.toString()), listener);
    started.awaitReady();
    return started;
  }

  public String brokers() {
    return brokers;
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", brokers));
  }

  private void awaitReady() {
    try (Admin admin = admin()) {
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() == 1);
    }
  }

  @Override
  public void close() {
    broker.destroyForcibly().onExit().join();
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Process launch(Path folder, String... mainAndArguments) throws IOException {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx320m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"));
    Collections.addAll(command, mainAndArguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
        .start();
  }
}

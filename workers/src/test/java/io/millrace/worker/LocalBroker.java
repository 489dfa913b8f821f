package io.millrace.worker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/** A Kafka of one node in a process of its own, for the time of a test. */
public final class LocalBroker implements AutoCloseable {
  private final Process process;
  private final String address;

  private LocalBroker(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  public static LocalBroker start(Path folder) throws IOException, InterruptedException {
    List<Integer> ports = IntStream.range(0, 2).mapToObj(i -> freePort()).toList();
    String address = "127.0.0.1:" + ports.get(0);
    String controller = "127.0.0.1:" + ports.get(1);
    Path config =
        Files.writeString(
            folder.resolve("server.properties"),
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@%2$s
            listeners=PLAINTEXT://%1$s,CONTROLLER://%2$s
            advertised.listeners=PLAINTEXT://%1$s
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs=%3$s
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            auto.create.topics.enable=false
            """
                .formatted(address, controller, folder.resolve("log")));
    Process format =
        java(folder, "kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c")
            .apply(config);
    if (!format.waitFor(60, TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("broker.out")));
    }
    return new LocalBroker(java(folder, "kafka.Kafka").apply(config), address);
  }

  public String address() {
    return address;
  }

  /** Waits until the broker answers, then makes these topics. */
  public void create(Map<String, Integer> partitionsByTopic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty());
      List<NewTopic> topics =
          partitionsByTopic.entrySet().stream()
              .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
              .toList();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> admin.createTopics(topics).all().get(20, TimeUnit.SECONDS) == null);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private interface Launch {
    Process apply(Path config) throws IOException;
  }

  private static Launch java(Path folder, String... mainAndArgs) {
    return config -> {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path")));
      command.addAll(List.of(mainAndArgs));
      command.add(config.toString());
      File out = folder.resolve("broker.out").toFile();
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
          .start();
    };
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

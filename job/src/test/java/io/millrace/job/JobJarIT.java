package io.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JAR that is submitted, seen with nothing beside it but what a cluster has. */
final class JobJarIT {
  private static final Path JAR = Path.of("target", "millrace-job.jar");

  /** What Flink's lib folder has of the class path of tests. */
  private static final Pattern OF_THE_CLUSTER =
      Pattern.compile(".*/(flink-(?!connector-kafka)[^/]*|slf4j-api[^/]*)\\.jar");

  private static URLClassLoader asOnACluster() throws Exception {
    List<URL> urls = new ArrayList<>(List.of(JAR.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (OF_THE_CLUSTER.matcher(entry).matches()) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void shouldReadEveryRecordThatComesIn() throws Exception {
    try (URLClassLoader loader = asOnACluster()) {
      Method read =
          loader
              .loadClass("io.millrace.protocol.ProtocolJson")
              .getMethod("read", byte[].class, Class.class);
      for (Map.Entry<String, String> record :
          Map.of(
                  "StartRequest", "{\"workflow_id\":\"etl\"}",
                  "ActionRequest", "{\"action\":\"SHOW\",\"target\":\"etl\"}",
                  "Report",
                      "{\"protocol\":1,\"dispatch_id\":\"etl/1:1/a@1#0\",\"kind\":\"STARTED\"}")
              .entrySet()) {
        Class<?> type = loader.loadClass("io.millrace.protocol." + record.getKey());
        Object reading =
            read.invoke(null, record.getValue().getBytes(StandardCharsets.UTF_8), type);

        Object problem = reading.getClass().getMethod("problem").invoke(reading);
        assertThat(problem).as(record.getKey()).isEqualTo(Optional.empty());
      }
    }
  }

  @Test
  void shouldHaveAllThatTheTopologyIsMadeOf() throws Exception {
    try (URLClassLoader loader = asOnACluster()) {
      for (String name :
          List.of(
              "io.millrace.job.MillraceJob",
              "io.millrace.job.Topology",
              "io.millrace.operators.machine.MachineFunction",
              "org.apache.flink.connector.kafka.sink.KafkaSink",
              "org.apache.flink.connector.kafka.source.KafkaSource",
              "org.apache.kafka.clients.admin.Admin")) {
        assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
      }
    }
  }

  @Test
  void shouldBeUnsignedAndNameItsMainClass() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.millrace.job.MillraceJob");
      assertThat(jar.stream().map(Object::toString))
          .noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|DSA|RSA)"))
          .noneMatch(entry -> entry.startsWith("org/apache/flink/streaming/runtime/"))
          .noneMatch(entry -> entry.startsWith("org/slf4j/"));
    }
  }
}

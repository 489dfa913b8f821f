package io.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.job.options.JobSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The graph that is submitted: what savepoints and latency hang on. */
final class TopologyTest {

  private static StreamExecutionEnvironment build(Configuration flink, String... arguments) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    environment.setParallelism(2);
    Topology.build(environment, JobSettings.read(List.of(arguments), Map.of()), 8);
    return environment;
  }

  @Test
  void shouldKeepTheUidsOnWhichSavepointsHang() throws Exception {
    // when
    StreamGraph graph = build(new Configuration()).getStreamGraph();

    // then
    TreeSet<String> uids = new TreeSet<>();
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as("uid of " + node).isNotBlank();
      assertThat(node.getOperatorName()).as("name of " + node).isNotBlank();
      uids.add(node.getTransformationUID());
    }
    String golden;
    try (var file = TopologyTest.class.getResourceAsStream("/operator-uids.txt")) {
      golden = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(String.join("\n", uids) + "\n").isEqualTo(golden);
  }

  @Test
  void shouldTuneRocksDbWhereTheClusterSaysNothing() {
    ConfigOption<String> style = option("state.backend.rocksdb.compaction.style");
    ConfigOption<String> factory = option("state.backend.rocksdb.options-factory");
    Configuration cluster = new Configuration();
    cluster.set(style, "LEVEL");

    ReadableConfig tuned = build(new Configuration()).getConfiguration();
    ReadableConfig decided = build(cluster).getConfiguration();

    assertThat(tuned.get(style)).isEqualTo("UNIVERSAL");
    assertThat(tuned.get(factory)).isEqualTo(RestingState.class.getName());
    assertThat(decided.get(style)).isEqualTo("LEVEL");
  }

  private static ConfigOption<String> option(String key) {
    return ConfigOptions.key(key).stringType().noDefaultValue();
  }

  @Test
  void shouldHave512KeyGroupsEverywhereThatIsKeyed() {
    StreamGraph graph = build(new Configuration()).getStreamGraph();

    for (StreamNode node : graph.getStreamNodes()) {
      if (node.getParallelism() > 1) {
        assertThat(node.getMaxParallelism()).as(node.toString()).isIn(-1, 512);
      }
    }
    assertThat(graph.getStreamNodes())
        .filteredOn(node -> node.getOperatorName().startsWith("machines"))
        .hasSize(2)
        .allMatch(node -> node.getMaxParallelism() == 512);
  }

  @Test
  void shouldChainDecodersToSourcesAndTheOutboxToTheMachines() {
    // when
    List<String> chains = new ArrayList<>();
    for (JobVertex vertex :
        build(new Configuration()).getStreamGraph().getJobGraph().getVertices()) {
      chains.add(vertex.getName());
    }

    // then
    assertThat(chains).hasSize(9);
    assertThat(chains).anyMatch(chain -> chain.matches("machines -> outbox: Writer.*"));
    assertThat(chains).anyMatch(chain -> chain.matches("timeline: Writer -> timeline: Committer"));
    for (String input : List.of("definitions", "triggers", "actions", "signals", "reports")) {
      assertThat(chains)
          .anyMatch(chain -> chain.equals("Source: " + input + "-source -> " + input + "-decoded"));
    }
  }

  @Test
  void shouldSetWhatTheLoopAndTheStoredDataNeed() {
    // given
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");

    // when
    var config = build(flink, "--checkpoint-interval", "250 ms").getConfiguration();

    // then
    assertThat(config.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(config.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(config.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(config.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
    assertThat(config.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS)).isEqualTo(1);
    assertThat(config.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void shouldTakeTheIntervalOfTheClusterIfNoneIsGiven() {
    // given
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(42));

    // then
    assertThat(build(flink).getConfiguration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(42));
    assertThat(
            build(new Configuration())
                .getConfiguration()
                .get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldRefuseUnalignedCheckpoints() {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);

    assertThatThrownBy(() -> build(flink))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("execution.checkpointing.unaligned.enabled to be false");
  }

  @Test
  void shouldRefuseAParallelismBeyondTheKeyGroups() {
    assertThatThrownBy(() -> build(new Configuration(), "--parallelism", "513"))
        .hasMessageContaining("'parallelism'");
  }
}

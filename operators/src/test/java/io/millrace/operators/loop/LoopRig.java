package io.millrace.operators.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A cluster of two task managers in this JVM, and jobs that consist of a feed, a loop and facts.
 */
final class LoopRig {
  private final MiniCluster cluster;
  private final Path directory;

  LoopRig(Path directory) throws Exception {
    this.directory = directory;
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(2)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  MiniCluster cluster() {
    return cluster;
  }

  /** Checkpoints every 200 ms, restarts at once and as often as needed. */
  Configuration settings(String backend) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, backend);
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1_000_000);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000_000);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
    return settings;
  }

  StreamExecutionEnvironment environment(Configuration settings, int parallelism) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(parallelism);
    return environment;
  }

  @SuppressWarnings("deprecation") // the feed says why
  SingleOutputStreamOperator<Hop> feed(
      StreamExecutionEnvironment environment, World world, Feed.Items items) {
    return environment
        .addSource(new Feed(world.name, items), "feed", Hop.TYPE)
        .uid("feed")
        .setParallelism(1);
  }

  /** feed -> loop -> facts. */
  StreamExecutionEnvironment job(
      Configuration settings,
      int parallelism,
      World world,
      Feed.Items items,
      LoopFunction<Long, Hop, String> function,
      LoopOptions options) {
    StreamExecutionEnvironment environment = environment(settings, parallelism);
    LoopSettings.requireAligned(environment);
    Loop<Long, Hop> loop = new Loop<>("journey", Hop::key, Types.LONG, options);
    SingleOutputStreamOperator<String> head =
        loop.open(feed(environment, world, items), function, Types.STRING);
    loop.close(head.getSideOutput(Hop.BACK));
    head.sinkTo(new FactSink(world.name)).uid("facts");
    return environment;
  }

  JobID submit(StreamExecutionEnvironment environment, String savepoint) throws Exception {
    JobGraph job = environment.getStreamGraph().getJobGraph();
    if (savepoint != null) {
      job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    cluster.submitJob(job).get(30, TimeUnit.SECONDS);
    return job.getJobID();
  }

  String stopWithSavepoint(JobID job, SavepointFormatType format) throws Exception {
    String savepoint =
        cluster
            .stopWithSavepoint(
                job, directory.resolve("savepoints").toUri().toString(), false, format)
            .get(60, TimeUnit.SECONDS);
    cluster.requestJobResult(job).get(30, TimeUnit.SECONDS);
    return savepoint;
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
    cluster.requestJobResult(job).get(30, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    cluster.closeAsync().get(60, TimeUnit.SECONDS);
  }
}

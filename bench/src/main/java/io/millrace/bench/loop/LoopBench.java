package io.millrace.bench.loop;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.operators.loop.Loop;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.operators.loop.LoopSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;

/**
 * Hops a second through the loop, against the same function fed by a source, in one run on one
 * cluster in this JVM: RocksDB, 1 s incremental checkpoints, {@link HopFunction#STATE_BYTES} bytes
 * of state read and written a hop, {@link HopFunction#KEYS} random keys.
 *
 * <p>Arguments, all optional: {@code seconds=20 warmup=10 rounds=3 parallelism=2 in-flight=2000}.
 * The two setups take turns and are compared round by round, so that a machine that grows slower
 * does not favour one.
 */
public final class LoopBench {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final MiniCluster cluster;
  private final Path directory;
  private final Arguments arguments;

  private LoopBench(MiniCluster cluster, Path directory, Arguments arguments) {
    this.cluster = cluster;
    this.directory = directory;
    this.arguments = arguments;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.parse(args);
    Path directory = Files.createTempDirectory("loop-bench");
    Configuration settings = new Configuration();
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(arguments.parallelism())
                .withRandomPorts()
                .build());
    try {
      cluster.start();
      new LoopBench(cluster, directory, arguments).run();
    } finally {
      cluster.closeAsync().get(30, TimeUnit.SECONDS);
      delete(directory);
    }
  }

  private void run() throws Exception {
    List<Rate> without = new ArrayList<>();
    List<Rate> with = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < arguments.rounds(); round++) {
      without.add(measure(withoutLoop()));
      with.add(measure(withLoop()));
      ratios.add(with.get(round).hopsPerSecond() / without.get(round).hopsPerSecond());
    }
    print("command: LoopBench %s", arguments.text());
    print(
        "machine: %d cores, Java %s; parallelism %d, RocksDB, incremental checkpoints every 1 s, %d B state, %d keys",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        arguments.parallelism(),
        HopFunction.STATE_BYTES,
        HopFunction.KEYS);
    print("%-38s %10s %12s   %s", "setup", "hops/s", "CPU us/hop", "by round");
    printRow("no loop, a source feeds the function", without);
    printRow("loop, %d in flight".formatted(arguments.inFlight()), with);
    print(
        "%-38s %10.2f %12.2f   %s",
        "loop / no loop, median of rounds",
        median(ratios),
        median(with.stream().map(Rate::cpuMicrosPerHop).toList())
            / median(without.stream().map(Rate::cpuMicrosPerHop).toList()),
        String.join(
            " / ", ratios.stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).toList()));
  }

  private static void printRow(String setup, List<Rate> rates) {
    print(
        "%-38s %10.0f %12.2f   %s",
        setup,
        median(rates.stream().map(Rate::hopsPerSecond).toList()),
        median(rates.stream().map(Rate::cpuMicrosPerHop).toList()),
        String.join(
            " / ",
            rates.stream()
                .map(
                    r ->
                        String.format(
                            Locale.ROOT,
                            "%.0f k at %.1f us",
                            r.hopsPerSecond() / 1000,
                            r.cpuMicrosPerHop()))
                .toList()));
  }

  private StreamExecutionEnvironment withoutLoop() {
    StreamExecutionEnvironment environment = environment();
    DataStream<Tuple2<Long, Long>> hops =
        environment
            .fromSource(
                new NumberSequenceSource(0, Long.MAX_VALUE),
                WatermarkStrategy.noWatermarks(),
                "seeds")
            .map(n -> Tuple2.of(HopFunction.randomKey(n), n))
            .returns(HopFunction.HOP);
    hops.keyBy(hop -> hop.f0, Types.LONG).process(new HopFunction(), Types.VOID).name("hops");
    return environment;
  }

  @SuppressWarnings("deprecation") // see Seeds
  private StreamExecutionEnvironment withLoop() {
    StreamExecutionEnvironment environment = environment();
    LoopSettings.requireAligned(environment);
    Loop<Long, Tuple2<Long, Long>> loop =
        new Loop<>("hops", hop -> hop.f0, Types.LONG, LoopOptions.defaults());
    DataStream<Tuple2<Long, Long>> seeds =
        environment.addSource(new Seeds(arguments.inFlight()), "seeds", HopFunction.HOP);
    SingleOutputStreamOperator<Void> head = loop.open(seeds, new HopFunction(), Types.VOID);
    loop.close(head.getSideOutput(HopFunction.BACK));
    return environment;
  }

  private StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(arguments.parallelism());
    environment.setMaxParallelism(LoopOptions.defaults().maxParallelism());
    return environment;
  }

  private Rate measure(StreamExecutionEnvironment environment) throws Exception {
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    JobID job = graph.getJobID();
    cluster.submitJob(graph).get(30, TimeUnit.SECONDS);
    pass(Duration.ofSeconds(arguments.warmup()));
    long hopsBefore = HopFunction.HOPS.sum();
    long cpuBefore = PROCESS.getProcessCpuTime();
    long began = System.nanoTime();
    pass(Duration.ofSeconds(arguments.seconds()));
    double hops = HopFunction.HOPS.sum() - hopsBefore;
    Rate rate =
        new Rate(
            hops * 1e9 / (System.nanoTime() - began),
            (PROCESS.getProcessCpuTime() - cpuBefore) / hops / 1000);
    cluster.cancelJob(job).exceptionally(ended -> Acknowledge.get()).get(30, TimeUnit.SECONDS);
    Optional<SerializedThrowable> failure =
        cluster.requestJobResult(job).get(30, TimeUnit.SECONDS).getSerializedThrowable();
    if (failure.isPresent()) {
      throw new IllegalStateException(
          "Expected the measured job to run until cancelled, but it failed.", failure.get());
    }
    return rate;
  }

  private static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private static double median(List<Double> rates) {
    List<Double> sorted = rates.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path directory) throws java.io.IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /**
   * One measurement.
   *
   * @param cpuMicrosPerHop of the whole process, so that a machine busy with other things shows
   */
  private record Rate(double hopsPerSecond, double cpuMicrosPerHop) {}

  /** What was asked on the command line. */
  private record Arguments(
      int seconds, int warmup, int rounds, int parallelism, int inFlight, String text) {

    static Arguments parse(String[] args) {
      int[] values = {20, 10, 3, 2, 2000};
      List<String> names = List.of("seconds", "warmup", "rounds", "parallelism", "in-flight");
      for (String arg : args) {
        int equals = arg.indexOf('=');
        int index = equals < 0 ? -1 : names.indexOf(arg.substring(0, equals));
        if (index < 0) {
          throw new IllegalArgumentException(
              "Expected an argument to be one of %s with =number, but it is %s."
                  .formatted(names, arg));
        }
        values[index] = Integer.parseInt(arg.substring(equals + 1));
      }
      return new Arguments(
          values[0], values[1], values[2], values[3], values[4], String.join(" ", args));
    }
  }
}

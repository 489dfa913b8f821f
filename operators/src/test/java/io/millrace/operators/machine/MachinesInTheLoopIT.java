package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.operators.loop.Loop;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.operators.loop.LoopSettings;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StateTypes;
import io.millrace.protocol.ActionRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machines in a loop that is closed, on a cluster that does not forgive a failure. */
final class MachinesInTheLoopIT {
  private static final int WORKFLOWS = 20;
  private static final int STARTS = 100;
  private static final Queue<String> TIMELINE = new ConcurrentLinkedQueue<>();
  private static final Queue<String> OUTBOX = new ConcurrentLinkedQueue<>();

  @TempDir private Path directory;
  private MiniCluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    TIMELINE.clear();
    OUTBOX.clear();
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(1)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  @AfterEach
  void stopCluster() throws Exception {
    cluster.closeAsync().get(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldEndEveryRunAlthoughOneOfEachWorkflowIsBroken() throws Exception {
    // when
    JobID job = submit();

    // then: every run of every workflow ends once
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> count(TIMELINE, "run=ended ") >= WORKFLOWS * STARTS);
    for (int workflow = 0; workflow < WORKFLOWS; workflow++) {
      String of = "workflowId=w" + workflow + ", run=ended ";
      assertThat(count(TIMELINE, of)).isEqualTo(STARTS);
      assertThat(TIMELINE)
          .filteredOn(event -> event.contains(of) && event.contains("FAILED"))
          .singleElement()
          .asString()
          .contains("run=ended 1,");
    }
    assertThat(count(OUTBOX, "broken step behaviour")).isEqualTo(WORKFLOWS);

    // then: the job was not restarted, as it could not have been, and checkpoints complete
    assertThat(cluster.getJobStatus(job).get()).isEqualTo(JobStatus.RUNNING);
    assertThat(cluster.triggerCheckpoint(job).get(10, TimeUnit.SECONDS)).isNotEmpty();
    cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
  }

  private static long count(Queue<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  private JobID submit() throws Exception {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(2);
    LoopSettings.requireAligned(environment);

    Loop<String, Delivery> loop =
        new Loop<>("machines", Delivery::target, Types.STRING, LoopOptions.defaults());
    @SuppressWarnings("deprecation") // the shortest way to a source that never ends
    DataStream<Delivery> input =
        environment.addSource(new Starts(), "starts", StateTypes.DELIVERY).setParallelism(1);
    SingleOutputStreamOperator<Void> head =
        loop.open(
            input,
            new MachineFunction(
                new TestMachines.Setup(10_000),
                protocolRecord -> protocolRecord.toString().getBytes(StandardCharsets.UTF_8),
                AdmissionOptions.DEFAULT),
            Types.VOID);
    loop.close(head.getSideOutput(MachineStreams.LOOP));
    collect(head.getSideOutput(MachineStreams.TIMELINE), true);
    collect(head.getSideOutput(MachineStreams.OUTBOX), false);

    JobGraph graph = environment.getStreamGraph().getJobGraph();
    cluster.submitJob(graph).get(30, TimeUnit.SECONDS);
    return graph.getJobID();
  }

  private static void collect(DataStream<Outbox> records, boolean timeline) {
    records
        .map(
            out -> {
              String line = new String(out.value(), StandardCharsets.UTF_8);
              (timeline ? TIMELINE : OUTBOX).add(line);
              return line;
            },
            Types.STRING)
        .sinkTo(new DiscardingSink<>());
  }

  /** All starts, an action that the first instance of each workflow fails at, then nothing. */
  @SuppressWarnings("deprecation") // the shortest way to a source that never ends
  private static final class Starts implements SourceFunction<Delivery> {
    private static final long serialVersionUID = 1L;
    private volatile boolean running = true;

    @Override
    public void run(SourceContext<Delivery> context) {
      for (int start = 1; start <= STARTS; start++) {
        for (int workflow = 0; workflow < WORKFLOWS; workflow++) {
          context.collect(
              Delivery.to(
                  MachineAddress.workflow("w" + workflow),
                  new Message.Start("r" + start, null, Map.of(), null, false, null)));
        }
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !running || count(OUTBOX, "/1:1/a@1") >= WORKFLOWS);
      for (String workflow : names()) {
        MachineAddress first = MachineAddress.instance(InstanceAddress.of(workflow, 1));
        context.collect(Delivery.to(first, act()));
      }
      while (running) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }

    private static List<String> names() {
      return IntStream.range(0, WORKFLOWS).mapToObj(w -> "w" + w).toList();
    }

    private static Message act() {
      return new Message.Act(
          new ActionRequest(ActionRequest.Action.SHOW, "x", null, "bug", null, null), null);
    }

    @Override
    public void cancel() {
      running = false;
    }
  }
}

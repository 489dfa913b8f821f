package io.millrace.job;

import io.millrace.job.decode.CommandDecoder;
import io.millrace.job.decode.DecodingClock;
import io.millrace.job.kafka.KafkaEnds;
import io.millrace.job.options.JobSettings;
import io.millrace.operators.loop.Loop;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.operators.loop.LoopSettings;
import io.millrace.operators.machine.AdmissionOptions;
import io.millrace.operators.machine.MachineFunction;
import io.millrace.operators.machine.MachineStreams;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StateTypes;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Wires the job.
 *
 * <pre>
 * definitions ─┐                    ┌─> timeline     (exactly once)
 * triggers ────┤                    │
 * actions ─────┼─> machines (head) ─┼─> outbox       (tasks, cancels, replies, dead letters)
 * signals ─────┤       ^            │
 * reports ─────┘       └─ feedback ─┘   what cannot be decoded ──> refusals
 * </pre>
 *
 * <p>The outbox is chained to the machines, so that a task or reply is with the producer in the
 * turn that decided it. The timeline is not: its transactions would hold the machines up.
 */
final class Topology {
  static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  private final StreamExecutionEnvironment environment;
  private final JobSettings settings;
  private final KafkaEnds kafka;
  private final CommandDecoder.Limits limits;

  private Topology(
      StreamExecutionEnvironment environment, JobSettings settings, int replyPartitions) {
    this.environment = environment;
    this.settings = settings;
    this.kafka = new KafkaEnds(settings, replyPartitions);
    this.limits = new CommandDecoder.Limits(settings.maxInputBytes(), replyPartitions);
  }

  /**
   * For RocksDB, where the cluster's configuration does not say otherwise.
   *
   * <p>A run's state is written within seconds and then rests until retention. Level compaction,
   * Flink's default, would merge the resting state anew every few checkpoints, and upload it again;
   * universal compaction leaves it alone. More files in a row make the filters worth their memory.
   */
  private static final Map<String, String> STATE_BACKEND =
      Map.of(
          "state.backend.rocksdb.compaction.style", "UNIVERSAL",
          "state.backend.rocksdb.use-bloom-filter", "true",
          "state.backend.rocksdb.options-factory", RestingState.class.getName());

  /** Puts the job into {@code environment}. */
  static void build(
      StreamExecutionEnvironment environment, JobSettings settings, int replyPartitions) {
    Topology topology = new Topology(environment, settings, replyPartitions);
    topology.configure();
    topology.wire();
  }

  private void configure() {
    Configuration own = new Configuration();
    Duration interval =
        settings
            .checkpointInterval()
            .or(
                () ->
                    environment
                        .getConfiguration()
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL))
            .orElse(DEFAULT_CHECKPOINT_INTERVAL);
    own.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    own.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    own.set(PipelineOptions.GENERIC_TYPES, false);
    own.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // All records are immutable, so chained operators may hand over the same object.
    own.set(PipelineOptions.OBJECT_REUSE, true);
    own.set(PipelineOptions.MAX_PARALLELISM, JobSettings.MAX_PARALLELISM);
    STATE_BACKEND.forEach(
        (key, value) -> {
          ConfigOption<String> option = ConfigOptions.key(key).stringType().noDefaultValue();
          if (environment.getConfiguration().getOptional(option).isEmpty()) {
            own.set(option, value);
          }
        });
    environment.configure(own);
    settings.parallelism().ifPresent(environment::setParallelism);
    LoopSettings.requireAligned(environment);
  }

  private void wire() {
    Topics topics = settings.topics();
    DecodingClock clock = System::currentTimeMillis;
    List<SingleOutputStreamOperator<Delivery>> inputs =
        List.of(
            input("definitions", topics.definitions(), CommandDecoder.definitions(limits, clock)),
            input("triggers", topics.triggers(), CommandDecoder.starts(limits, clock)),
            input("actions", topics.actions(), CommandDecoder.actions(limits, clock)),
            input("signals", topics.signals(), CommandDecoder.signals(limits, clock)),
            input("reports", topics.reports(), CommandDecoder.reports(limits, clock)));

    Loop<String, Delivery> loop =
        new Loop<>(
            OperatorIds.MACHINES,
            Delivery::target,
            Types.STRING,
            LoopOptions.defaults()
                .withMaxParallelism(JobSettings.MAX_PARALLELISM)
                .withRoomBound(settings.loopRoom()));
    SingleOutputStreamOperator<Void> machines =
        loop.open(union(inputs), machineFunction(), Types.VOID);
    loop.close(machines.getSideOutput(MachineStreams.LOOP));

    machines
        .getSideOutput(MachineStreams.OUTBOX)
        .sinkTo(kafka.outbox())
        .uid(OperatorIds.OUTBOX)
        .name(OperatorIds.OUTBOX);
    machines
        .getSideOutput(MachineStreams.TIMELINE)
        .rescale()
        .sinkTo(kafka.timeline())
        .uid(OperatorIds.TIMELINE)
        .name(OperatorIds.TIMELINE);
    List<DataStream<Outbox>> refusals = new ArrayList<>();
    inputs.forEach(input -> refusals.add(input.getSideOutput(SplitDecoded.REFUSALS)));
    union(refusals)
        .sinkTo(kafka.outbox())
        .uid(OperatorIds.REFUSALS)
        .name(OperatorIds.REFUSALS)
        .setParallelism(1);
  }

  private MachineFunction machineFunction() {
    return new MachineFunction(
        EngineSetup.of(
            settings.queues(), settings.instanceRetention(), settings.requestRetention()),
        ProtocolJson::write,
        AdmissionOptions.DEFAULT);
  }

  private SingleOutputStreamOperator<Delivery> input(
      String name, String topic, CommandDecoder decoder) {
    return environment
        .fromSource(
            kafka.source(topic, decoder),
            WatermarkStrategy.noWatermarks(),
            OperatorIds.source(name))
        .uid(OperatorIds.source(name))
        .process(new SplitDecoded(), StateTypes.DELIVERY)
        .uid(OperatorIds.decoded(name))
        .name(OperatorIds.decoded(name))
        .setBufferTimeout(settings.bufferTimeout().toMillis());
  }

  private static <T> DataStream<T> union(List<? extends DataStream<T>> streams) {
    DataStream<T> all = streams.get(0);
    for (DataStream<T> next : streams.subList(1, streams.size())) {
      all = all.union(next);
    }
    return all;
  }
}

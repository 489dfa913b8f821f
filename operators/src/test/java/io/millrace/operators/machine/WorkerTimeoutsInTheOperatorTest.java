package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.DispatchId;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.wiring.EngineMachines;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator adds to the watch over workers: the time of its own opening, and the state. */
class WorkerTimeoutsInTheOperatorTest {
  private static final MachineAddress FLOW = MachineAddress.workflow("flow");
  private static final ReplyTo ASKER = new ReplyTo(0, "asker");

  /** A second is more than the operator spreads timers by. */
  private static final long SECOND = 1_000;

  private static final String DEFINITION =
      """
      {"properties":{"owner":"tests"},
       "workflow":{"id":"flow","steps":[
         {"step":{"id":"a","type":"work","retry_policy":{"platform_retry_limit":0},
           "params":{"heartbeat_timeout":30,"schedule_to_start_timeout":20}}}]}}
      """;

  @ParameterizedTest
  @EnumSource
  void shouldMissSignsOfLife(Backend backend) throws Exception {
    try (MachineHarness system = started(backend)) {
      report(system, Report.Kind.STARTED);
      system.advance(29 * SECOND);
      report(system, Report.Kind.HEARTBEAT);
      system.advance(29 * SECOND);
      assertThat(system.timeline()).noneMatch(event -> event.contains("FATALLY_FAILED"));

      system.advance(2 * SECOND);

      assertThat(system.timeline()).anyMatch(event -> event.contains("HEARTBEAT_TIMEOUT: "));
      assertThat(system.outbox()).anyMatch(line -> line.startsWith("CANCELS "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountFromARestart(Backend backend) throws Exception {
    try (MachineHarness system = started(backend)) {
      report(system, Report.Kind.STARTED);
      system.advance(25 * SECOND);
      system.restart();

      system.advance(29 * SECOND);
      assertThat(system.timeline()).noneMatch(event -> event.contains("FATALLY_FAILED"));

      system.advance(2 * SECOND);
      assertThat(system.timeline()).anyMatch(event -> event.contains("HEARTBEAT_TIMEOUT: "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldMissAWorkerAndLeaveNothingBehind(Backend backend) throws Exception {
    try (MachineHarness system = started(backend)) {
      system.advance(21 * SECOND);
      assertThat(system.timeline())
          .anyMatch(event -> event.contains("SCHEDULE_TO_START_TIMEOUT: "))
          .anyMatch(event -> event.contains("\"FAILED\""));

      system.advance(Duration.ofDays(31).toMillis());
      system.advance(Duration.ofDays(31).toMillis());

      assertThat(system.timers()).isZero();
    }
  }

  private static MachineHarness started(Backend backend) throws Exception {
    MachineHarness system =
        new MachineHarness(
            backend,
            () -> new MachineFunction(new Engine(), ProtocolJson::write, AdmissionOptions.DEFAULT),
            LoopOptions.defaults());
    system.tell(FLOW, new Message.Push(DEFINITION, ASKER));
    system.tell(FLOW, new Message.Start("r1", null, Map.of(), "tester", true, ASKER));
    return system;
  }

  /** What the worker says that has the task. */
  private static void report(MachineHarness system, Report.Kind kind) throws Exception {
    Task task =
        system.outbox().stream()
            .filter(line -> line.startsWith("TASKS "))
            .map(line -> line.substring("TASKS ".length()).getBytes(StandardCharsets.UTF_8))
            .map(json -> ProtocolJson.read(json, Task.class).value().orElseThrow())
            .findFirst()
            .orElseThrow();
    system.tell(
        MachineAddress.instance(
            DispatchId.parse(task.dispatchId()).orElseThrow().attempt().run().instance()),
        new Message.Reported(
            new Report(
                Task.PROTOCOL,
                task.dispatchId(),
                kind,
                "w",
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                null)));
  }

  private static final class Engine implements MachineSetup {
    private static final long serialVersionUID = 1L;

    @Override
    public Machines machines() {
      return new EngineMachines(limits(), StepTypes.STANDARD, "work"::equals);
    }

    @Override
    public EngineLimits limits() {
      return EngineLimits.DEFAULT;
    }
  }
}

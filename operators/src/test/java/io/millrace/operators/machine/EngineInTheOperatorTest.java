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
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ProtocolJson;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real machines in the real operator: a crash at any point changes nothing that is decided. */
class EngineInTheOperatorTest {
  private static final MachineAddress ETL = MachineAddress.workflow("etl");
  private static final ReplyTo ASKER = new ReplyTo(0, "asker");
  private static final long RETENTION = Duration.ofDays(31).toMillis();

  /** A second is more than the operator spreads timers by. */
  private static final long SECOND = 1_000;

  private static final String DEFINITION =
      """
      {"properties":{"owner":"tests","run_strategy":{"rule":"PARALLEL","workflow_concurrency":2}},
       "is_active":true,
       "workflow":{"id":"etl","steps":[
         {"step":{"id":"begin","type":"NoOp","transition":{"successors":{"nap":"true","work":"true"}}}},
         {"step":{"id":"nap","type":"Sleep","params":{"sleep_seconds":{"value":20,"type":"LONG"}},
           "transition":{"successors":{"end":"true"}}}},
         {"step":{"id":"work","type":"work","timeout":"1 minute",
           "retry_policy":{"error_retry_limit":2,
             "backoff":{"type":"FIXED_BACKOFF","error_retry_backoff_in_secs":5}},
           "transition":{"successors":{"end":"true"}}}},
         {"step":{"id":"end","type":"NoOp"}}]}}
      """;

  @ParameterizedTest
  @EnumSource
  void shouldDecideTheSameWhenItCrashesAfterEveryElement(Backend backend) throws Exception {
    try (MachineHarness straight = system(backend);
        MachineHarness broken = system(backend).fragile()) {
      for (Event event : story()) {
        event.happens(straight);
        event.happens(broken);
        broken.restart();
      }

      assertThat(broken.outbox()).isEqualTo(straight.outbox());
      assertThat(withoutEpochs(broken)).isEqualTo(withoutEpochs(straight));
      assertThat(broken.keys()).isEqualTo(straight.keys());
      assertThat(broken.timers()).isEqualTo(straight.timers());
      assertThat(straight.timeline())
          .anyMatch(event -> event.contains("USER_FAILED"))
          .anyMatch(
              event -> event.contains("\"SUCCEEDED\"") && event.contains("\"run\":\"etl/1:1\""))
          .anyMatch(event -> event.contains("\"STOPPED\"") && event.contains("\"run\":\"etl/2:1\""))
          .anyMatch(event -> event.contains("TIMED_OUT") && event.contains("\"run\":\"etl/3:1\""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveNothingOfARunWhenItsRetentionIsOver(Backend backend) throws Exception {
    try (MachineHarness system = system(backend)) {
      push(system);
      long pushed = system.keys();

      for (Event event : story()) {
        event.happens(system);
      }
      assertThat(system.keys()).isGreaterThan(pushed);
      system.advance(RETENTION);
      system.advance(RETENTION);

      assertThat(system.timers()).isZero();
      assertThat(system.keys()).as("keys: the workflow alone").isEqualTo(pushed);
    }
  }

  /**
   * One run succeeds after a retry, one is stopped, one times out, one waits in the queue before.
   */
  private static List<Event> story() {
    return List.of(
        EngineInTheOperatorTest::push,
        system -> start(system, "r1"),
        system -> start(system, "r2"),
        system -> start(system, "r3"),
        system -> start(system, "r1"),
        system -> report(system, "etl/1:1", Report.Kind.STARTED, null),
        system -> report(system, "etl/1:1", Report.Kind.FAILED, Report.Failure.USER),
        system -> system.advance(6 * SECOND),
        system -> report(system, "etl/1:1", Report.Kind.SUCCEEDED, null),
        system -> report(system, "etl/1:1", Report.Kind.SUCCEEDED, null),
        system -> stop(system, "etl/2"),
        system -> system.advance(20 * SECOND),
        system -> system.advance(70 * SECOND),
        system -> system.advance(Duration.ofDays(1).toMillis()));
  }

  /** One thing that happens to a system. */
  private interface Event {
    void happens(MachineHarness system) throws Exception;
  }

  private static void push(MachineHarness system) throws Exception {
    system.tell(ETL, new Message.Push(DEFINITION, ASKER));
  }

  private static void start(MachineHarness system, String requestId) throws Exception {
    system.tell(ETL, new Message.Start(requestId, null, Map.of(), "tester", true, ASKER));
  }

  private static void stop(MachineHarness system, String run) throws Exception {
    system.tell(
        new MachineAddress(MachineAddress.Kind.INSTANCE, run),
        new Message.Act(
            new ActionRequest(ActionRequest.Action.STOP, run, null, null, null, null), ASKER));
  }

  /** What the worker says that has the run's last task. */
  private static void report(
      MachineHarness system, String run, Report.Kind kind, Report.Failure failure)
      throws Exception {
    Task task =
        system.outbox().stream()
            .filter(line -> line.startsWith("TASKS "))
            .map(line -> line.substring("TASKS ".length()).getBytes(StandardCharsets.UTF_8))
            .map(json -> ProtocolJson.read(json, Task.class).value().orElseThrow())
            .filter(given -> given.run().equals(run))
            .reduce((earlier, later) -> later)
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
                failure,
                null,
                null,
                null,
                null,
                null)));
  }

  private static List<String> withoutEpochs(MachineHarness system) {
    return system.timeline().stream().map(e -> e.replaceFirst("\"epoch\":\\d+", "")).toList();
  }

  private static MachineHarness system(Backend backend) throws Exception {
    return new MachineHarness(
        backend,
        () -> new MachineFunction(new Engine(), ProtocolJson::write, AdmissionOptions.DEFAULT),
        LoopOptions.defaults());
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

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
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loops and subworkflows in the real operator, every message and document as bytes: launches, ends,
 * stops and what is forgotten go through the loop, and a crash at any point changes nothing.
 */
class TreesInTheOperatorTest {
  private static final ReplyTo ASKER = new ReplyTo(0, "asker");
  private static final long RETENTION = Duration.ofDays(31).toMillis();

  private static final String CHILD =
      """
      {"properties":{"owner":"tests"},"is_active":true,
       "workflow":{"id":"child","params":{"n":{"type":"LONG","value":1}},"steps":[
         {"step":{"id":"a","type":"work","params":{"m":{"type":"LONG","expression":"n + 1"}}}}]}}
      """;

  private static final String TREE =
      """
      {"properties":{"owner":"tests"},"is_active":true,
       "workflow":{"id":"tree","steps":[
         {"foreach":{"id":"fe","concurrency":3,
           "params":{"loop_params":{"type":"MAP","value":{
             "i":{"type":"LONG_ARRAY","expression":"Util.intsBetween(0, 5, 1)"}}}},
           "transition":{"successors":{"all":"true"}},
           "steps":[
             {"step":{"id":"a","type":"NoOp","params":{"p":{"type":"LONG","expression":"i * i"}},
               "transition":{"successors":{"w":"true"}}}},
             {"step":{"id":"w","type":"work"}}]}},
         {"step":{"id":"all","type":"NoOp","params":{"squares":{"type":"LONG_ARRAY",
             "expression":"params.getFromForeach('fe', 'a', 'p')"}},
           "transition":{"successors":{"wh":"true"}}}},
         {"while":{"id":"wh","condition":"n < 3",
           "params":{"loop_params":{"type":"MAP","value":{"n":{"type":"LONG","value":0}}}},
           "transition":{"successors":{"sub":"true"}},
           "steps":[{"step":{"id":"b","type":"NoOp",
             "params":{"n":{"type":"LONG","expression":"n + 1"}}}}]}},
         {"subworkflow":{"id":"sub",
           "params":{"subworkflow_id":{"type":"STRING","value":"child"},
             "n":{"type":"LONG","value":5}},
           "transition":{"successors":{"end":"true"}}}},
         {"step":{"id":"end","type":"work"}}]}}
      """;

  @ParameterizedTest
  @EnumSource
  void shouldRunATreeTheSameWhenItCrashesAfterEveryElement(Backend backend) throws Exception {
    try (Told straight = new Told(system(backend));
        Told broken = new Told(system(backend).fragile())) {
      for (Event event : story()) {
        event.happens(straight);
        event.happens(broken);
        broken.system.restart();
      }

      assertThat(numbered(broken)).isEqualTo(numbered(straight)).doesNotHaveDuplicates();
      assertThat(withoutEpochs(broken)).isEqualTo(withoutEpochs(straight));
      assertThat(broken.system.outbox()).isEqualTo(straight.system.outbox());
      assertThat(broken.system.keys()).isEqualTo(straight.system.keys());
      assertThat(broken.system.timers()).isEqualTo(straight.system.timers());
      assertThat(runsThatAre(RunStatus.SUCCEEDED, straight))
          .containsExactlyInAnyOrder(
              "tree/1:1",
              "tree/1/fe/0:1",
              "tree/1/fe/1:1",
              "tree/1/fe/2:1",
              "tree/1/fe/3:1",
              "tree/1/fe/4:1",
              "tree/1/wh/0:1",
              "tree/1/wh/1:1",
              "tree/1/wh/2:1",
              "child/1:1");
      assertThat(runsThatAre(RunStatus.STOPPED, straight))
          .containsExactlyInAnyOrder("tree/2:1", "tree/2/fe/0:1", "tree/2/fe/1:1", "tree/2/fe/2:1");
      assertThat(straight.lastTask("tree/1:1").stepId()).isEqualTo("end");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveNothingOfATreeWhenItsRetentionIsOver(Backend backend) throws Exception {
    try (Told told = new Told(system(backend).fragile())) {
      told.push();
      long pushed = told.system.keys();

      for (Event event : story()) {
        event.happens(told);
      }
      assertThat(told.system.keys()).isGreaterThan(pushed);
      told.system.advance(RETENTION);
      told.system.advance(RETENTION);

      assertThat(told.system.timers()).isZero();
      assertThat(told.system.keys()).as("keys: the two workflows alone").isEqualTo(pushed);
    }
  }

  /** One run goes well from its loop to its last worker; one is stopped with iterations open. */
  private static List<Event> story() {
    return List.of(
        Told::push,
        told -> told.start("r1"),
        Told::succeedAll, // three iterations
        Told::succeedAll, // the other two
        Told::succeedAll, // the subworkflow
        Told::succeedAll, // the last step
        told -> told.start("r2"),
        told -> told.stop("tree/2"));
  }

  /** One thing that happens to a system. */
  private interface Event {
    void happens(Told told) throws Exception;
  }

  /** A system and what its users and workers tell it. */
  private static final class Told implements AutoCloseable {
    final MachineHarness system;
    private int answered;

    Told(MachineHarness system) {
      this.system = system;
    }

    void push() throws Exception {
      system.tell(MachineAddress.workflow("child"), new Message.Push(CHILD, ASKER));
      system.tell(MachineAddress.workflow("tree"), new Message.Push(TREE, ASKER));
    }

    void start(String requestId) throws Exception {
      system.tell(
          MachineAddress.workflow("tree"),
          new Message.Start(requestId, null, Map.of(), "tester", true, ASKER));
    }

    void stop(String run) throws Exception {
      system.tell(
          new MachineAddress(MachineAddress.Kind.INSTANCE, run),
          new Message.Act(
              new ActionRequest(ActionRequest.Action.STOP, run, null, null, null, null), ASKER));
    }

    /** Every task that nobody has answered yet. */
    void succeedAll() throws Exception {
      List<Task> tasks = tasks();
      List<Task> open = List.copyOf(tasks.subList(answered, tasks.size()));
      answered = tasks.size();
      assertThat(open).as("tasks that wait for an answer").isNotEmpty();
      for (Task task : open) {
        system.tell(
            MachineAddress.instance(
                DispatchId.parse(task.dispatchId()).orElseThrow().attempt().run().instance()),
            new Message.Reported(succeeded(task)));
      }
    }

    Task lastTask(String run) {
      return tasks().stream()
          .filter(task -> task.run().equals(run))
          .reduce((earlier, later) -> later)
          .orElseThrow();
    }

    private List<Task> tasks() {
      List<Task> tasks = new ArrayList<>();
      for (String line : system.outbox()) {
        if (line.startsWith("TASKS ")) {
          byte[] json = line.substring("TASKS ".length()).getBytes(StandardCharsets.UTF_8);
          tasks.add(ProtocolJson.read(json, Task.class).value().orElseThrow());
        }
      }
      return tasks;
    }

    private static Report succeeded(Task task) {
      return new Report(
          Task.PROTOCOL,
          task.dispatchId(),
          Report.Kind.SUCCEEDED,
          "w",
          Map.of(),
          null,
          null,
          null,
          null,
          null,
          null);
    }

    @Override
    public void close() {
      system.close();
    }
  }

  private static List<TimelineEvent> events(Told told) {
    return told.system.timeline().stream()
        .map(line -> line.substring(line.indexOf(' ') + 1).getBytes(StandardCharsets.UTF_8))
        .map(json -> ProtocolJson.read(json, TimelineEvent.class).value().orElseThrow())
        .toList();
  }

  private static List<String> numbered(Told told) {
    return events(told).stream().map(e -> e.address() + " " + e.sequence()).toList();
  }

  private static List<String> runsThatAre(RunStatus status, Told told) {
    return events(told).stream()
        .map(TimelineEvent::event)
        .filter(TimelineEvent.RunStatusChanged.class::isInstance)
        .map(TimelineEvent.RunStatusChanged.class::cast)
        .filter(changed -> changed.statuses().contains(status))
        .map(TimelineEvent.RunStatusChanged::run)
        .toList();
  }

  private static List<String> withoutEpochs(Told told) {
    return told.system.timeline().stream().map(e -> e.replaceFirst("\"epoch\":\\d+", "")).toList();
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

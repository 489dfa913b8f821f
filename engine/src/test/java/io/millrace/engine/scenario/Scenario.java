package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One story. What is said of "the run" is about the one started last, or the one chosen with {@link
 * #ofRun}. Every decision is taken twice, on a copy of the state, once by machines that keep their
 * caches and once by new ones.
 */
final class Scenario {
  /** The clock's first reading: 2026-01-01T00:00:00Z. */
  static final long BEGIN = 1_767_225_600_000L;

  private final VirtualCluster cluster;
  private final Map<String, Long> turns = new HashMap<>();
  private String workflowId = GivenWorkflow.DEFAULT_ID;
  private long instance;
  private int questions;

  Scenario(Scenarios.World world) {
    cluster =
        new VirtualCluster(
            new KeptAndNew(world),
            new SimulationSettings(world.limits(), BEGIN, world.order(), true),
            (machine, command, decision) ->
                turns.merge(turn(machine, command.message().getClass()), 1L, Long::sum));
  }

  private static String turn(MachineAddress machine, Class<? extends Message> message) {
    return machine + " " + message.getSimpleName();
  }

  /** How many messages of a kind a machine has taken. */
  long turns(MachineAddress machine, Class<? extends Message> message) {
    return turns.getOrDefault(turn(machine, message), 0L);
  }

  VirtualCluster cluster() {
    return cluster;
  }

  // ---- what happens

  Scenario whenPushed(GivenWorkflow workflow) {
    workflowId = workflow.id();
    return whenPushed(workflow.text());
  }

  Scenario whenPushed(String text) {
    return told(workflow(), new Message.Push(text, asker()));
  }

  /** A start of the active version. */
  Scenario whenStarted() {
    return whenStarted("request-" + (questions + 1));
  }

  Scenario whenStarted(String requestId) {
    return whenStarted(requestId, null, Map.of());
  }

  Scenario whenStartedInVersion(@Nullable String version) {
    return whenStarted("request-" + (questions + 1), version, Map.of());
  }

  Scenario whenStartedWith(Map<String, ParamValue> params) {
    return whenStarted("request-" + (questions + 1), null, params);
  }

  private Scenario whenStarted(
      String requestId, @Nullable String version, Map<String, ParamValue> params) {
    Map<String, ParamDefinition> given = new LinkedHashMap<>();
    params.forEach((name, value) -> given.put(name, ParamDefinition.literal(value)));
    told(workflow(), new Message.Start(requestId, version, given, "somebody", true, asker()));
    repliesToLast().stream()
        .filter(Reply.Started.class::isInstance)
        .map(Reply.Started.class::cast)
        .findFirst()
        .ifPresent(started -> instance = number(started.run()));
    return this;
  }

  private static long number(String run) {
    return Long.parseLong(run.substring(run.lastIndexOf('/') + 1, run.lastIndexOf(':')));
  }

  /** Several starts, one after the other. */
  Scenario whenStartedTimes(int times) {
    for (int i = 0; i < times; i++) {
      whenStarted();
    }
    return this;
  }

  Scenario whenTimePasses(Duration time) {
    cluster.advanceTo(cluster.now() + time.toMillis());
    return this;
  }

  /** The clock reads so much more than at the beginning. */
  Scenario whenTimeIs(Duration sinceBegin) {
    cluster.advanceTo(BEGIN + sinceBegin.toMillis());
    return this;
  }

  Scenario whenStopped() {
    return whenAsked(ActionRequest.Action.STOP);
  }

  Scenario whenShown() {
    return whenAsked(ActionRequest.Action.SHOW);
  }

  Scenario whenWatched(@Nullable Duration lease) {
    return asks(ActionRequest.Action.WATCH, null, lease, asker());
  }

  /** Watched by somebody who watches already. */
  Scenario whenWatchedAgain(String who) {
    return asks(ActionRequest.Action.WATCH, null, null, new ReplyTo(0, who));
  }

  Scenario whenAsked(ActionRequest.Action action) {
    return asks(action, null, null, asker());
  }

  /** Stopped by somebody who means the run of this uuid. */
  Scenario whenStoppedAs(String runUuid) {
    return asks(ActionRequest.Action.STOP, runUuid, null, asker());
  }

  /** Stopped by somebody who waits for no answer. */
  Scenario whenStoppedSilently() {
    return asks(ActionRequest.Action.STOP, null, null, null);
  }

  private Scenario asks(
      ActionRequest.Action action,
      @Nullable String runUuid,
      @Nullable Duration lease,
      @Nullable ReplyTo replyTo) {
    return told(
        machine(),
        new Message.Act(
            new ActionRequest(
                action,
                machine().key(),
                runUuid,
                "It was asked for.",
                "somebody",
                lease == null ? null : lease.toMillis()),
            replyTo));
  }

  Scenario whenWorkflowIsShown() {
    return told(workflow(), new Message.TellWorkflow(asker()));
  }

  Scenario whenWorkerSucceeds(String stepId) {
    return whenWorkerSucceeds(stepId, Map.of());
  }

  Scenario whenWorkerSucceeds(String stepId, Map<String, ParamValue> outputs) {
    return whenReported(WorkerSays.succeeded(task(stepId), outputs));
  }

  Scenario whenWorkerFails(String stepId, Report.Failure whose) {
    return whenReported(WorkerSays.failed(task(stepId), whose, true));
  }

  Scenario whenWorkerVetoesRetry(String stepId, Report.Failure whose) {
    return whenReported(WorkerSays.failed(task(stepId), whose, false));
  }

  Scenario whenReported(Report report) {
    return told(machine(), new Message.Reported(report));
  }

  Scenario told(MachineAddress machine, Message message) {
    cluster.send(machine, message);
    cluster.deliver();
    return this;
  }

  // ---- which run is meant

  Scenario ofWorkflow(String id) {
    workflowId = id;
    return this;
  }

  Scenario ofRun(long number) {
    instance = number;
    return this;
  }

  MachineAddress workflow() {
    return MachineAddress.workflow(workflowId);
  }

  MachineAddress machine() {
    return MachineAddress.instance(InstanceAddress.of(workflowId, instance));
  }

  long instance() {
    return instance;
  }

  /** Each question has an asker of its own. */
  ReplyTo asker() {
    return new ReplyTo(0, "asker-" + ++questions);
  }

  /** Who asked the last question. */
  String lastAsker() {
    return "asker-" + questions;
  }

  // ---- what is then true

  Scenario thenRunIs(RunStatus status) {
    assertThat(run().status()).as(machine().key()).isEqualTo(status);
    return this;
  }

  Scenario thenRunIs(long number, RunStatus status) {
    long before = instance;
    ofRun(number).thenRunIs(status);
    return ofRun(before);
  }

  /** The start was accepted and is not launched. */
  Scenario thenRunIsQueued(long number) {
    long before = instance;
    ofRun(number);
    assertThat(cluster.envelope(machine())).as(machine().key()).isEmpty();
    whenShown();
    assertThat(lastReply())
        .isInstanceOfSatisfying(
            Reply.RunTold.class,
            told -> {
              assertThat(told.run().status()).isEqualTo(RunStatus.CREATED);
              assertThat(told.run().waitingFor()).contains("queued");
            });
    return ofRun(before);
  }

  Scenario thenStepIs(String stepId, StepStatus status) {
    assertThat(step(stepId).status()).as(stepId).isEqualTo(status);
    return this;
  }

  Scenario thenStepsAre(StepStatus status, String... stepIds) {
    for (String stepId : stepIds) {
      thenStepIs(stepId, status);
    }
    return this;
  }

  Scenario thenStepsWereNotCreated(String... stepIds) {
    for (String stepId : stepIds) {
      assertThat(findStep(stepId)).as(stepId).isEmpty();
    }
    return this;
  }

  Scenario thenAttemptsOf(String stepId, long attempts) {
    assertThat(step(stepId).attempt()).as(stepId).isEqualTo(attempts);
    return this;
  }

  Scenario thenRefused(String code) {
    assertThat(lastReply())
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.message()).matches("(?s)Expected .*, but .*\\.?");
            });
    return this;
  }

  Scenario thenDone() {
    assertThat(lastReply()).isInstanceOf(Reply.Done.class);
    return this;
  }

  /** When the attempts of a step began, since the run was accepted. */
  Scenario thenAttemptsBegan(String stepId, Duration... sinceBegin) {
    assertThat(
            cluster.outcome().timeline().stream()
                .filter(event -> of(event, stepId, StepStatus.STARTING))
                .map(event -> Duration.ofMillis(event.at() - BEGIN)))
        .as("attempts of " + stepId)
        .containsExactly(sinceBegin);
    return this;
  }

  private boolean of(TimelineEvent event, String stepId, StepStatus status) {
    return event.address().equals(machine().key())
        && event.event() instanceof TimelineEvent.StepStatusChanged changed
        && changed.stepId().equals(stepId)
        && changed.statuses().contains(status);
  }

  Scenario thenRunEndedAfter(Duration sinceBegin) {
    Long ended = run().endedAt();
    assertThat(ended).as("end").isEqualTo(BEGIN + sinceBegin.toMillis());
    return this;
  }

  Scenario thenCancelled(String... stepIds) {
    assertThat(cluster.outcome().cancels().stream().map(cancel -> stepOf(cancel.dispatchId())))
        .containsExactlyInAnyOrder(stepIds);
    return this;
  }

  private String stepOf(String dispatchId) {
    return cluster.outcome().tasks().stream()
        .filter(task -> task.dispatchId().equals(dispatchId))
        .map(Task::stepId)
        .findFirst()
        .orElse("nobody");
  }

  /** Nothing of the run is left but what others remember of it. */
  Scenario thenNothingIsLeft() {
    assertThat(cluster.envelope(machine())).isEmpty();
    assertThat(cluster.documents(machine())).isEmpty();
    assertThat(cluster.timersOf(machine())).isEmpty();
    return this;
  }

  // ---- what can be seen

  RunRecord run() {
    assertThat(cluster.documents(machine())).as(machine().key()).containsKey("run:1");
    return (RunRecord) cluster.documents(machine()).get("run:1");
  }

  StepRun step(String stepId) {
    return findStep(stepId)
        .orElseThrow(() -> new AssertionError("Expected step " + stepId + " to be created."));
  }

  Optional<StepRun> findStep(String stepId) {
    return Optional.ofNullable((StepRun) cluster.documents(machine()).get("step:1:" + stepId));
  }

  /** The latest task of a step of the run. */
  Task task(String stepId) {
    return tasks(stepId).stream()
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("Expected a task of step " + stepId + "."));
  }

  List<Task> tasks(String stepId) {
    return cluster.outcome().tasks().stream()
        .filter(task -> task.run().equals(machine().key() + ":1"))
        .filter(task -> task.stepId().equals(stepId))
        .toList();
  }

  Reply.Answer lastReply() {
    List<Reply.Answer> answers = repliesToLast();
    assertThat(answers).as("answers to " + lastAsker()).isNotEmpty();
    return answers.get(answers.size() - 1);
  }

  List<Reply.Answer> repliesToLast() {
    return repliesTo(lastAsker());
  }

  List<Reply.Answer> repliesTo(String who) {
    return cluster.outcome().replies().stream()
        .filter(reply -> reply.correlationId().equals(who))
        .map(Reply::answer)
        .toList();
  }

  Reply.WorkflowTold toldWorkflow() {
    whenWorkflowIsShown();
    return (Reply.WorkflowTold) lastReply();
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.DispatchId;
import io.millrace.address.InstanceAddress;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.MachineState;
import io.millrace.engine.simulation.Simulation;
import io.millrace.engine.step.StepTypes;
import io.millrace.engine.wiring.EngineMachines;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to workflows, told as a story: definitions are pushed, runs started, workers answer,
 * time passes. After each sentence all messages are delivered and {@link Invariants} are checked.
 */
public final class Scenario {
  /** The queue that is declared. */
  public static final String QUEUE = "work";

  /** 2026-01-01T00:00:00Z. */
  public static final long BEGIN = 1_767_225_600_000L;

  private final Witness witness = new Witness();
  private final Simulation simulation;
  private final Invariants invariants;
  private int questions;

  private Scenario(EngineLimits limits, StepTypes types) {
    CheckingMachines machines =
        new CheckingMachines(() -> new EngineMachines(limits, types, QUEUE::equals));
    simulation = new Simulation(machines, limits, witness, BEGIN);
    invariants = new Invariants(simulation, witness);
  }

  public static Scenario given(WorkflowText... workflows) {
    return given(EngineLimits.DEFAULT, workflows);
  }

  public static Scenario given(EngineLimits limits, WorkflowText... workflows) {
    return given(limits, StepTypes.STANDARD, workflows);
  }

  public static Scenario given(EngineLimits limits, StepTypes types, WorkflowText... workflows) {
    Scenario scenario = new Scenario(limits, types);
    for (WorkflowText workflow : workflows) {
      scenario.push(workflow);
    }
    return scenario;
  }

  // ---- what happens

  public Reply.@Nullable Answer push(WorkflowText workflow) {
    return ask(
        MachineAddress.workflow(workflow.id()),
        replyTo -> new Message.Push(workflow.json(), replyTo));
  }

  /** Starts a run with a request id of its own, and follows it. */
  public Reply.@Nullable Answer start(String workflow) {
    return start(workflow, "request-" + questions, Map.of());
  }

  public Reply.@Nullable Answer start(
      String workflow, String requestId, Map<String, ParamDefinition> params) {
    return start(workflow, requestId, params, null);
  }

  public Reply.@Nullable Answer start(
      String workflow,
      String requestId,
      Map<String, ParamDefinition> params,
      @Nullable String version) {
    return ask(
        MachineAddress.workflow(workflow),
        replyTo -> new Message.Start(requestId, version, params, "tester", true, replyTo));
  }

  public Reply.@Nullable Answer stop(String instance) {
    return act(ActionRequest.Action.STOP, instance, null);
  }

  public Reply.@Nullable Answer act(
      ActionRequest.Action action, String instance, @Nullable String runUuid) {
    return ask(
        address(instance),
        replyTo ->
            new Message.Act(
                new ActionRequest(action, instance, runUuid, "a reason", "tester", null), replyTo));
  }

  /** The worker that has the step's task says it is done. */
  public Scenario workerSucceeds(String run, String stepId) {
    return report(run, stepId, Report.Kind.SUCCEEDED, null, null, Map.of());
  }

  public Scenario workerSucceeds(String run, String stepId, Map<String, ParamValue> outputs) {
    return report(run, stepId, Report.Kind.SUCCEEDED, null, null, outputs);
  }

  /** The worker that has the step's task says whose fault its failure is. */
  public Scenario workerFails(String run, String stepId, Report.Failure whose) {
    return report(run, stepId, Report.Kind.FAILED, whose, null, Map.of());
  }

  /** As {@link #workerFails}, and no other attempt would help. */
  public Scenario workerFailsForGood(String run, String stepId, Report.Failure whose) {
    return report(run, stepId, Report.Kind.FAILED, whose, false, Map.of());
  }

  public Scenario workerSays(String run, String stepId, Report.Kind kind) {
    return report(run, stepId, kind, null, null, Map.of());
  }

  private Scenario report(
      String run,
      String stepId,
      Report.Kind kind,
      Report.@Nullable Failure whose,
      @Nullable Boolean retryable,
      Map<String, ParamValue> outputs) {
    Task task = task(run, stepId);
    return deliver(
        new Report(
            Task.PROTOCOL,
            task.dispatchId(),
            kind,
            "worker-1",
            outputs,
            whose,
            retryable,
            kind == Report.Kind.FAILED ? "it failed" : null,
            null,
            null,
            null));
  }

  /** Any report, as it would come from the topic. */
  public Scenario deliver(Report report) {
    simulation.tell(
        MachineAddress.instance(
            DispatchId.parse(report.dispatchId()).orElseThrow().attempt().run().instance()),
        new Message.Reported(report));
    return settle();
  }

  /** Any message, as a machine would send it. */
  public Scenario tell(MachineAddress machine, Message message) {
    simulation.tell(machine, message);
    return settle();
  }

  /** Lets time pass; all timers in between fire. */
  public Scenario passes(Duration time) {
    simulation.passUntil(simulation.now() + time.toMillis());
    invariants.check();
    return this;
  }

  /** Lets time pass up to the next timer. */
  public boolean passToNextTimer() {
    if (simulation.nextTimer().isEmpty()) {
      return false;
    }
    simulation.passUntil(simulation.nextTimer().getAsLong());
    invariants.check();
    return true;
  }

  /** Whether the loop is shallow enough for runs to begin. */
  public Scenario room(boolean shallow) {
    simulation.room(shallow);
    invariants.check();
    return this;
  }

  private Scenario settle() {
    simulation.settle();
    invariants.check();
    return this;
  }

  private Reply.@Nullable Answer ask(MachineAddress machine, Question question) {
    String correlation = "question-" + questions++;
    simulation.tell(machine, question.from(new ReplyTo(0, correlation)));
    settle();
    return witness.answers.stream()
        .filter(answered -> answered.correlationId().equals(correlation))
        .map(Witness.Answered::answer)
        .findFirst()
        .orElse(null);
  }

  private interface Question {
    Message from(ReplyTo replyTo);
  }

  // ---- what is seen

  /** Milliseconds since the story began. */
  public long elapsed() {
    return simulation.now() - BEGIN;
  }

  /** What a run tells of itself, as the command line shows it. */
  public RunView run(String instance) {
    Reply.Answer answer = act(ActionRequest.Action.SHOW, instance, null);
    assertThat(answer).as("what %s tells", instance).isInstanceOf(Reply.RunTold.class);
    return ((Reply.RunTold) java.util.Objects.requireNonNull(answer)).run();
  }

  public RunStatus status(String instance) {
    return run(instance).status();
  }

  public RunView.StepView step(String instance, String stepId) {
    return run(instance).steps().stream()
        .filter(step -> step.stepId().equals(stepId))
        .findFirst()
        .orElseThrow(() -> new AssertionError(stepId + " of " + instance + " was not created"));
  }

  public StepStatus stepStatus(String instance, String stepId) {
    return run(instance).steps().stream()
        .filter(step -> step.stepId().equals(stepId))
        .map(RunView.StepView::status)
        .findFirst()
        .orElse(StepStatus.NOT_CREATED);
  }

  /** The last task given out for a step of run 1. */
  public Task task(String instance, String stepId) {
    Task task = witness.lastTask(instance + ":1", stepId);
    assertThat(task).as("task of %s/%s", instance, stepId).isNotNull();
    return java.util.Objects.requireNonNull(task);
  }

  public List<Task> tasks() {
    return List.copyOf(witness.tasks.values());
  }

  public List<String> cancelled() {
    return witness.cancels.stream().map(cancel -> cancel.dispatchId()).toList();
  }

  public List<TimelineEvent> timeline() {
    return List.copyOf(witness.events);
  }

  /** The statuses a step went through, over all its attempts. */
  public List<StepStatus> life(String instance, String stepId) {
    List<StepStatus> life = new ArrayList<>();
    for (TimelineEvent event : witness.events) {
      if (event.event() instanceof TimelineEvent.StepStatusChanged change
          && change.run().equals(instance + ":1")
          && change.stepId().equals(stepId)) {
        life.addAll(change.statuses());
      }
    }
    return life;
  }

  /** The codes of what machines would not take. */
  public List<String> refusals() {
    return witness.refusals.stream().map(Witness.Refused::code).toList();
  }

  /** The answers to one question, in order; questions are numbered from 0. */
  public List<Reply.Answer> answers(int question) {
    return witness.answers.stream()
        .filter(answered -> answered.correlationId().equals("question-" + question))
        .map(Witness.Answered::answer)
        .toList();
  }

  /** The number of the next question. */
  public int nextQuestion() {
    return questions;
  }

  public MachineState state(MachineAddress machine) {
    return simulation.state(machine);
  }

  /** The machines that remember something. */
  public List<MachineAddress> machines() {
    return simulation.machines();
  }

  /** When the next timer is due, ms since the story began; -1: never. */
  public long nextTimer() {
    return simulation.nextTimer().isEmpty() ? -1 : simulation.nextTimer().getAsLong() - BEGIN;
  }

  /** Every transition of a step that was seen, as {@code FROM>TO}. */
  public Set<String> transitions() {
    return invariants.transitions();
  }

  public static MachineAddress address(String instance) {
    return MachineAddress.instance(InstanceAddress.parse(instance).orElseThrow());
  }
}

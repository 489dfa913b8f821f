package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Machine;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.engine.Turn;
import io.millrace.engine.UnsupportedParts;
import io.millrace.engine.View;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RestartPolicy;
import io.millrace.protocol.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One workflow whose instances do nothing but listen: the test speaks for them. Each decision is
 * taken twice, on a copy of the state and by a new machine.
 */
final class LoneWorkflow {
  static final String ID = "flow";
  static final MachineAddress ADDRESS = MachineAddress.workflow(ID);

  /** What an instance was told. */
  record Told(String machine, Message message) {}

  final VirtualCluster cluster;
  private final EngineLimits limits;
  private final List<Told> told = new ArrayList<>();
  private int questions;
  private int workflowTurns;
  private int mostChanges;

  LoneWorkflow(EngineLimits limits) {
    this.limits = limits;
    cluster =
        new VirtualCluster(
            () -> this::machine,
            new SimulationSettings(limits, 0, MessageOrder.FIRST_SENT_FIRST, true),
            this::decided);
  }

  /** A workflow with one version. */
  static LoneWorkflow of(Rule rule) {
    LoneWorkflow workflow = new LoneWorkflow(EngineLimits.DEFAULT);
    workflow.pushed(rule, 1);
    return workflow;
  }

  private Machine machine(MachineAddress address) {
    return switch (address.kind()) {
      case INSTANCE -> (view, command) -> new Decision.Accepted(List.of(), List.of());
      case WORKFLOW -> (view, command) -> decide(address, view, command);
    };
  }

  /** Actions that no request can name yet are named by their reason. */
  private Decision decide(MachineAddress address, View view, Command command) {
    if (command.message() instanceof Message.Act act && act.action().reason() != null) {
      WorkflowActions actions = new WorkflowActions(new Turn(address, view, command), limits);
      String[] words = act.action().reason().split(" ", -1);
      if (words[0].equals("unblock")) {
        return words.length == 1
            ? actions.unblock(act.replyTo())
            : actions.unblock(Long.parseLong(words[1]), act.replyTo());
      }
      if (words[0].equals("kill")) {
        return actions.endAll(act, true);
      }
    }
    return new WorkflowMachine(address, limits, UnsupportedParts.LEAVE_OUT).decide(view, command);
  }

  private void decided(MachineAddress machine, Command command, Decision decision) {
    if (machine.equals(ADDRESS)) {
      workflowTurns++;
      if (decision instanceof Decision.Accepted accepted) {
        mostChanges = Math.max(mostChanges, accepted.changes().size());
      }
      assertThat(decision.effects().size())
          .as("effects of one turn")
          .isLessThanOrEqualTo(4 * limits.followUpsPerTurn() + 16);
    } else {
      told.add(new Told(machine.key(), command.message()));
    }
  }

  // ---- what is said to it

  Reply.Answer pushed(Rule rule, int concurrency) {
    return asked(
        new Message.Push(
            """
            {"properties": {"owner": "someone",
              "run_strategy": {"rule": "%s", "workflow_concurrency": %d}},
             "is_active": true,
             "workflow": {"id": "flow", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
            """
                .formatted(rule, concurrency),
            asker()));
  }

  /** Starts, and gives the instance's number. */
  long started() {
    return number(started("request-" + questions));
  }

  List<Long> startedTimes(int times) {
    List<Long> instances = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      instances.add(started());
    }
    return instances;
  }

  Reply.Started started(String requestId) {
    return (Reply.Started)
        asked(new Message.Start(requestId, null, Map.of(), "ada", false, asker()));
  }

  void startedBy(Parent parent, String requestId) {
    told(new Message.Start(requestId, null, Map.of(), null, false, null, parent));
  }

  static long number(Reply.Started started) {
    return Long.parseLong(
        started.run().substring(started.run().indexOf('/') + 1, started.run().indexOf(':')));
  }

  Reply.Answer restarted(long instance) {
    return restarted(instance, instance(instance).run() + 1, "restart-" + questions);
  }

  Reply.Answer restarted(long instance, long run, String requestId) {
    return restarted(instance, run, requestId, null);
  }

  Reply.Answer restarted(long instance, long run, String requestId, @Nullable Parent parent) {
    return asked(
        new Message.Restart(
            instance,
            run,
            requestId,
            1,
            RestartPlan.of(RestartPolicy.FROM_BEGINNING, Map.of()),
            Map.of(),
            "ada",
            true,
            asker(),
            parent));
  }

  /** An instance says that its latest run has ended. */
  void ended(long instance, RunStatus status) {
    told(new Message.RunEnded(instance, instance(instance).run(), status));
  }

  Reply.Answer stoppedInQueue(long instance) {
    return asked(
        new Message.ActOnQueued(
            instance, action(ActionRequest.Action.STOP, "It was asked for."), asker()));
  }

  /** Its parent kills what it asked for. */
  void killedByRequest(long instance) {
    told(
        new Message.StopRequested(
            instance(instance).requestId(), RunStatus.FAILED, "It was asked for."));
  }

  Reply.Answer shown(long instance) {
    return asked(
        new Message.ActOnQueued(instance, action(ActionRequest.Action.SHOW, null), asker()));
  }

  Reply.Answer stoppedAll() {
    return asked(new Message.Act(action(ActionRequest.Action.STOP, "All of them."), asker()));
  }

  Reply.Answer killedAll() {
    return asked(new Message.Act(action(ActionRequest.Action.STOP, "kill"), asker()));
  }

  Reply.Answer unblocked() {
    return asked(new Message.Act(action(ActionRequest.Action.STOP, "unblock"), asker()));
  }

  Reply.Answer unblocked(long instance) {
    return asked(
        new Message.Act(action(ActionRequest.Action.STOP, "unblock " + instance), asker()));
  }

  private static ActionRequest action(ActionRequest.Action action, @Nullable String reason) {
    return new ActionRequest(action, ID, null, reason, "ada", null);
  }

  private ReplyTo asker() {
    return new ReplyTo(0, "asker-" + ++questions);
  }

  private Reply.Answer asked(Message message) {
    String asker = "asker-" + questions;
    told(message);
    return cluster.outcome().replies().stream()
        .filter(reply -> reply.correlationId().equals(asker))
        .map(Reply::answer)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Expected an answer to " + message));
  }

  void told(Message message) {
    cluster.send(ADDRESS, message);
    cluster.deliver();
    check();
  }

  // ---- what it says

  /** Takes what instances were told since this was last asked. */
  List<Told> takeTold() {
    List<Told> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  /** In short, e.g. {@code launch 7:1}, {@code stop 7:2}, {@code end 7:1 STOPPED}. */
  List<String> takeSaid() {
    return takeTold().stream().map(it -> said(it.machine(), it.message())).toList();
  }

  private static String said(String machine, Message message) {
    String instance = machine.substring(machine.indexOf('/') + 1);
    if (message instanceof Message.Launch launch) {
      String how = launch.stopped() == null ? "launch " : launch.killed() ? "kill " : "stop ";
      return how + instance + ":" + launch.run();
    }
    if (message instanceof Message.EndRun end) {
      return "end " + instance + ":" + end.run() + " " + end.how();
    }
    return machine + " " + message.getClass().getSimpleName();
  }

  int workflowTurns() {
    return workflowTurns;
  }

  /** How many documents a turn has written at the most, since this was last asked. */
  int takeMostChanges() {
    int most = mostChanges;
    mostChanges = 0;
    return most;
  }

  WorkflowRecord record() {
    return (WorkflowRecord) cluster.documents(ADDRESS).get("workflow");
  }

  InstanceRecord instance(long instance) {
    return find(instance)
        .orElseThrow(() -> new AssertionError("Expected instance " + instance + " to be known."));
  }

  Optional<InstanceRecord> find(long instance) {
    return Optional.ofNullable(
        (InstanceRecord) cluster.documents(ADDRESS).get("instance:" + instance));
  }

  // ---- what must hold

  /** What is counted is there, and nothing waits that could leave. */
  void check() {
    if (cluster.envelope(ADDRESS).isEmpty()) {
      return;
    }
    assertThat(cluster.outcome().lost()).isEmpty();
    WorkflowDraft workflow = WorkflowDraft.of(record());
    List<InstanceRecord> instances =
        cluster.documents(ADDRESS).values().stream()
            .filter(InstanceRecord.class::isInstance)
            .map(InstanceRecord.class::cast)
            .toList();
    List<QueuedStart> queue =
        cluster.documents(ADDRESS).values().stream()
            .filter(QueuedStart.class::isInstance)
            .map(QueuedStart.class::cast)
            .toList();
    assertThat(workflow.queued)
        .isEqualTo(queue.stream().filter(start -> !start.withdrawn()).count())
        .isEqualTo(instances.stream().filter(it -> it.status() == RunStatus.CREATED).count());
    assertThat(workflow.running)
        .isEqualTo(instances.stream().filter(it -> it.status() == RunStatus.IN_PROGRESS).count());
    assertThat(workflow.runningXor)
        .isEqualTo(
            instances.stream()
                .filter(it -> it.status() == RunStatus.IN_PROGRESS)
                .mapToLong(InstanceRecord::instance)
                .reduce(0, (one, other) -> one ^ other));
    assertThat(workflow.failed)
        .isEqualTo(
            instances.stream()
                .filter(it -> it.status() == RunStatus.FAILED && !it.unblocked())
                .filter(it -> it.failedIn() == workflow.unblocks + 1)
                .count());
    assertThat(workflow.sweepAt).as("sweep").isZero();
    if (workflow.queued == 0) {
      assertThat(queue).as("marks left in an empty queue").isEmpty();
    } else {
      assertThat(workflow.awaitingRoom || !Strategies.allowsAnother(workflow))
          .as("something keeps " + workflow.queued + " in the queue")
          .isTrue();
    }
  }
}

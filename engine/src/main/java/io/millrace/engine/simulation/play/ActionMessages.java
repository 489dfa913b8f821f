package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.simulation.scenario.ScenarioAction;
import io.millrace.protocol.ActionRequest;
import io.millrace.protocol.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario's actions are as messages. A step in a loop is one of each iteration that runs,
 * unless the iteration is named (decisions, simulate). A run that is named is one of the root: if
 * it is not the latest, the root says so, and nothing below it is looked for.
 */
final class ActionMessages {
  private final VirtualCluster cluster;

  ActionMessages(VirtualCluster cluster) {
    this.cluster = cluster;
  }

  /** A message to the root of the tree that the action is aimed at. */
  record Aimed(MachineAddress to, Message.Act message) {}

  /**
   * The messages; none if the action means a step in a loop of which nothing runs. Unblocking means
   * the workflow unless an instance is named: what blocks is hardly ever the latest.
   *
   * @param root the instance that the action is aimed at
   */
  List<Aimed> of(ScenarioAction action, InstanceAddress root, Supplier<ReplyTo> askers) {
    if (action.kind() == ScenarioAction.Kind.UNBLOCK && action.instance() == null) {
      String workflow = root.workflowId();
      return List.of(
          new Aimed(
              MachineAddress.workflow(workflow),
              new Message.Act(request(action, workflow, null), askers.get())));
    }
    List<Aimed> messages = new ArrayList<>();
    Optional<String> iteration =
        isOfAnotherRun(action, root) ? Optional.empty() : iteration(action, root);
    List<String> targets = iteration.map(List::of).orElseGet(() -> targets(action, root));
    String step = iteration.isPresent() ? null : action.step();
    for (String target : targets) {
      messages.add(
          new Aimed(
              MachineAddress.instance(root),
              new Message.Act(request(action, target, step), askers.get())));
    }
    return messages;
  }

  /** A loop of the workflow itself, named with an iteration: the iteration as a whole. */
  private Optional<String> iteration(ScenarioAction action, InstanceAddress root) {
    String step = action.step();
    Long iteration = action.iteration();
    return step == null || iteration == null
        ? Optional.empty()
        : kinds(root)
            .filter(kinds -> kinds.kind(step) == StepKinds.Kind.INNER)
            .filter(kinds -> kinds.loopAround(step).isEmpty())
            .map(kinds -> root.iteration(step, iteration).toString());
  }

  private static ActionRequest request(
      ScenarioAction action, String target, @Nullable String step) {
    return new ActionRequest(
        kind(action.kind()),
        target,
        null,
        null,
        null,
        null,
        step,
        action.policy(),
        action.params(),
        null);
  }

  private static ActionRequest.Action kind(ScenarioAction.Kind kind) {
    return switch (kind) {
      case STOP -> ActionRequest.Action.STOP;
      case KILL -> ActionRequest.Action.KILL;
      case RESTART -> ActionRequest.Action.RESTART;
      case SKIP -> ActionRequest.Action.SKIP;
      case UNBLOCK -> ActionRequest.Action.UNBLOCK;
      case PAUSE, RESUME, BYPASS, SET_BREAKPOINT, CLEAR_BREAKPOINT, RESUME_STEP ->
          throw new IllegalStateException("Expected the reader to refuse " + kind + ".");
    };
  }

  private List<String> targets(ScenarioAction action, InstanceAddress root) {
    String step = action.step();
    Optional<String> loop =
        step == null || isOfAnotherRun(action, root) ? Optional.empty() : loop(root, step);
    if (loop.isEmpty()) {
      return List.of(root + (action.run() == null ? "" : ":" + action.run()));
    }
    List<String> targets = new ArrayList<>();
    for (MachineAddress machine : cluster.machines()) {
      InstanceAddress instance = InstanceAddress.parse(machine.key()).orElse(root);
      if (machine.kind() == MachineAddress.Kind.INSTANCE
          && !instance.isWorkflowInstance()
          && instance.workflowId().equals(root.workflowId())
          && instance.instance() == root.instance()
          && isMeant(action, instance, loop.get())) {
        targets.add(instance.toString());
      }
    }
    return targets;
  }

  private boolean isOfAnotherRun(ScenarioAction action, InstanceAddress root) {
    Long run = action.run();
    return run != null && latest(root).filter(latest -> latest.run() == run).isEmpty();
  }

  private boolean isMeant(ScenarioAction action, InstanceAddress iteration, String loop) {
    InstanceAddress.Segment nearest = iteration.segments().get(iteration.segments().size() - 1);
    Long named = action.iteration();
    return nearest.name().equals(loop)
        && (named == null ? isRunning(iteration) : named == nearest.number());
  }

  private boolean isRunning(InstanceAddress instance) {
    return latest(instance).filter(run -> !run.status().isTerminal()).isPresent();
  }

  private Optional<RunRecord> latest(InstanceAddress instance) {
    MachineAddress machine = MachineAddress.instance(instance);
    Map<String, ?> documents = cluster.documents(machine);
    return cluster
        .envelope(machine)
        .map(envelope -> documents.get("run:" + envelope.run()))
        .filter(RunRecord.class::isInstance)
        .map(RunRecord.class::cast);
  }

  /** The loop around a step; empty if it is at the top, or unknown. */
  private Optional<String> loop(InstanceAddress root, String step) {
    return kinds(root).flatMap(kinds -> kinds.loopAround(step));
  }

  private Optional<StepKinds> kinds(InstanceAddress root) {
    return latest(root)
        .map(
            run ->
                cluster
                    .documents(MachineAddress.workflow(root.workflowId()))
                    .get("version:" + run.version()))
        .filter(VersionRecord.class::isInstance)
        .map(version -> StepKinds.of(((VersionRecord) version).text()));
  }
}

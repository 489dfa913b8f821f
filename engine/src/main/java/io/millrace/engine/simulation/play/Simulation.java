package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Bugs;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Machines;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.LostCommand;
import io.millrace.engine.simulation.MessageOrder;
import io.millrace.engine.simulation.Reload;
import io.millrace.engine.simulation.SimulationSettings;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.simulation.scenario.Scenario;
import io.millrace.engine.simulation.scenario.ScenarioAction;
import io.millrace.engine.simulation.scenario.ScenarioStart;
import io.millrace.protocol.Reply;
import io.millrace.protocol.ReplyTo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One simulation: workflows are pushed, a scenario is played, and time passes until nothing can
 * change any more or the time given is over.
 *
 * <p>Order at one instant (decisions, simulate): task results, retry and sleep timers, timeouts,
 * actions, starts. Whatever has an earlier place and becomes due meanwhile goes first. All messages
 * are delivered in one queue before the next of these, and before time moves.
 *
 * <p>Deterministic: the same texts, scenario and seed give the same result.
 */
public final class Simulation {
  /** The document of a workflow's machine that counts its runs. */
  private static final String WORKFLOW = "workflow";

  private final Scenario scenario;
  private final SimulationOptions options;
  private final VirtualCluster cluster;
  private final Workers workers;
  private final Recorder recorder;
  private final Set<String> workflows = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private int questions;

  /**
   * A simulation in which nothing has happened yet.
   *
   * @param machines made with {@code limits}, which must keep everything longer than the simulation
   */
  public Simulation(
      Machines machines, EngineLimits limits, Scenario scenario, SimulationOptions options) {
    this(() -> machines, limits, scenario, options, Reload.NONE);
  }

  /**
   * A simulation whose machines may be lost between any two turns.
   *
   * @param machines asked anew for each turn
   * @param reload what is left of what they stored and were sent
   */
  public Simulation(
      Supplier<Machines> machines,
      EngineLimits limits,
      Scenario scenario,
      SimulationOptions options,
      Reload reload) {
    this.scenario = scenario;
    this.options = options;
    this.workers = new Workers(new OutcomeQueues(scenario.outcomes()), Lineage::iteration);
    this.recorder = new Recorder(workers, options.children());
    this.cluster =
        new VirtualCluster(
            machines,
            new SimulationSettings(
                limits,
                scenario.now().toEpochMilli(),
                MessageOrder.FIRST_SENT_FIRST,
                false,
                false,
                reload),
            recorder);
  }

  /** Pushes a definition; what the engine answers if it refuses. */
  public Optional<Reply.Refused> push(String workflowId, String text) {
    ReplyTo asker = asker();
    cluster.send(MachineAddress.workflow(workflowId), new Message.Push(text, asker));
    cluster.deliver();
    workflows.add(workflowId);
    return refusal(asker);
  }

  /**
   * Plays the scenario to its end.
   *
   * @param named the workflow that the scenario starts, and that actions mean unless they say more
   */
  public SimulationResult run(String named) {
    ArrayDeque<ScenarioAction> actions =
        new ArrayDeque<>(
            scenario.actions().stream().sorted(Comparator.comparing(ScenarioAction::at)).toList());
    ArrayDeque<ScenarioStart> starts =
        new ArrayDeque<>(
            Stream.concat(namedStart(named), scenario.starts().stream())
                .sorted(Comparator.comparing(ScenarioStart::at))
                .toList());
    long end = since(options.until());
    while (true) {
      if (workers.answerDue(cluster)) {
        cluster.deliver();
      } else if (!DueTimers.fire(cluster)
          && !act(actions, named)
          && !start(starts)
          && !passTime(actions, starts, end)) {
        break;
      }
    }
    for (LostCommand lost : cluster.outcome().lost()) {
      if (lost.code().equals(Bugs.CODE)) {
        notes.add(lost.reason());
      }
    }
    return new SimulationResult(
        new RunTrees(cluster, recorder, scenario.now().toEpochMilli(), options.children())
            .roots(workflows),
        notes);
  }

  private Stream<ScenarioStart> namedStart(String named) {
    return scenario.start()
        ? Stream.of(new ScenarioStart(Duration.ZERO, named, scenario.params(), null))
        : Stream.of();
  }

  /** To the next thing that happens; false if nothing does, or not in time. */
  private boolean passTime(
      ArrayDeque<ScenarioAction> actions, ArrayDeque<ScenarioStart> starts, long end) {
    if (actions.isEmpty() && starts.isEmpty() && workflows.stream().noneMatch(this::isOpen)) {
      return false;
    }
    Optional<Long> next =
        Stream.of(
                workers.next(),
                cluster.nextTimer(),
                Optional.ofNullable(actions.peek()).map(action -> since(action.at())),
                Optional.ofNullable(starts.peek()).map(start -> since(start.at())))
            .flatMap(Optional::stream)
            .min(Long::compare);
    if (next.isEmpty() || next.get() > end) {
      return false;
    }
    cluster.moveTo(next.get());
    return true;
  }

  /** Whether a run of the workflow is open or queued; a run below one of another counts there. */
  private boolean isOpen(String workflowId) {
    return cluster.documents(MachineAddress.workflow(workflowId)).get(WORKFLOW)
            instanceof WorkflowRecord workflow
        && workflow.running() + workflow.queued() > 0;
  }

  // ---- actions

  private boolean act(ArrayDeque<ScenarioAction> actions, String named) {
    boolean any = false;
    while (!actions.isEmpty() && since(actions.peek().at()) <= cluster.now()) {
      any = true;
      ScenarioAction action = actions.remove();
      String refusal = act(action, named);
      if (!refusal.isEmpty()) {
        notes.add(
            "Expected '"
                + action.kind().word()
                + "' at "
                + text(action.at())
                + " to be taken, but it was refused: "
                + refusal);
      }
    }
    return any;
  }

  /** Why it could not be done; empty if it was. */
  private String act(ScenarioAction action, String named) {
    String workflow = action.workflow() == null ? named : action.workflow();
    long instance = action.instance() == null ? latest(workflow) : action.instance();
    if (instance == 0) {
      return "Workflow '" + workflow + "' has no instance yet.";
    }
    InstanceAddress address = InstanceAddress.of(workflow, instance);
    List<ReplyTo> askers = new ArrayList<>();
    List<ActionMessages.Aimed> messages =
        new ActionMessages(cluster)
            .of(
                action,
                address,
                () -> {
                  askers.add(asker());
                  return askers.get(askers.size() - 1);
                });
    if (messages.isEmpty()) {
      return "Nothing runs that it could mean.";
    }
    messages.forEach(aimed -> cluster.send(aimed.to(), aimed.message()));
    cluster.deliver();
    return askers.stream()
        .map(this::refusal)
        .flatMap(Optional::stream)
        .map(Reply.Refused::message)
        .collect(Collectors.joining(" "));
  }

  /** The latest instance of a workflow; 0: there is none. */
  private long latest(String workflowId) {
    return cluster.documents(MachineAddress.workflow(workflowId)).get(WORKFLOW)
            instanceof WorkflowRecord workflow
        ? workflow.lastInstance()
        : 0;
  }

  // ---- starts

  private boolean start(ArrayDeque<ScenarioStart> starts) {
    List<ReplyTo> askers = new ArrayList<>();
    while (!starts.isEmpty() && since(starts.peek().at()) <= cluster.now()) {
      ScenarioStart start = starts.remove();
      ReplyTo asker = asker();
      askers.add(asker);
      String given = start.requestId();
      String requestId =
          given == null ? "simulation-" + options.seed() + "-" + asker.correlationId() : given;
      cluster.send(
          MachineAddress.workflow(start.workflow()),
          new Message.Start(requestId, null, start.params(), null, false, asker));
    }
    cluster.deliver();
    for (ReplyTo asker : askers) {
      refusal(asker)
          .ifPresent(
              refused ->
                  notes.add(
                      "Expected a start at "
                          + text(Duration.ofMillis(cluster.now() - scenario.now().toEpochMilli()))
                          + " to be accepted, but it was refused: "
                          + refused.message()));
    }
    return !askers.isEmpty();
  }

  // ---- questions and times

  private ReplyTo asker() {
    return new ReplyTo(0, Integer.toString(++questions));
  }

  private Optional<Reply.Refused> refusal(ReplyTo asker) {
    return recorder
        .answer(asker.correlationId())
        .filter(Reply.Refused.class::isInstance)
        .map(Reply.Refused.class::cast);
  }

  private long since(Duration begin) {
    return scenario.now().plus(begin).toEpochMilli();
  }

  private static String text(Duration at) {
    return at.toMillis() % 1_000 == 0 ? at.toSeconds() + "s" : at.toMillis() + "ms";
  }
}

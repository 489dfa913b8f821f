package io.millrace.engine.simulation.play;

import io.millrace.address.InstanceAddress;
import io.millrace.address.RunAddress;
import io.millrace.engine.Document;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Document.VersionRecord;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the runs together out of the machines' documents, each below the step it belongs to. */
final class RunTrees {
  private final VirtualCluster cluster;
  private final Recorder recorder;
  private final Waits waits;
  private final long begin;
  private final long childrenPerStep;
  private final Map<String, StepKinds> kinds = new HashMap<>();
  private final Map<ParentStep, Map<String, TreeMap<Long, Node>>> children = new HashMap<>();
  private final List<Node> roots = new ArrayList<>();

  /** The runs as they are now. */
  RunTrees(VirtualCluster cluster, Recorder recorder, long begin, long childrenPerStep) {
    this.cluster = cluster;
    this.recorder = recorder;
    this.waits = new Waits(cluster, recorder);
    this.begin = begin;
    this.childrenPerStep = childrenPerStep;
  }

  /** A run, with the machine that remembers it or, in the queue, will. */
  private record Node(InstanceAddress instance, RunRecord record) {
    boolean isQueued() {
      return record.status() == RunStatus.CREATED;
    }

    MachineAddress machine() {
      return MachineAddress.instance(instance);
    }

    String address() {
      return RunAddress.of(instance, record.run()).toString();
    }
  }

  /** A step in any run of its instance. */
  private record ParentStep(String machine, String stepId) {}

  /** The root runs in the order of their creation, those that are still queued included. */
  List<SimulatedRun> roots(Set<String> workflows) {
    for (MachineAddress machine : cluster.machines()) {
      if (machine.kind() == MachineAddress.Kind.INSTANCE) {
        InstanceAddress.parse(machine.key()).ifPresent(this::addRuns);
      }
    }
    workflows.forEach(this::addQueued);
    return roots.stream()
        .sorted(
            Comparator.comparingLong((Node root) -> root.record().createdAt())
                .thenComparingInt(root -> recorder.order(root.record().runUuid()))
                .thenComparingLong(root -> root.record().run()))
        .map(root -> run(root, null))
        .toList();
  }

  private void addRuns(InstanceAddress instance) {
    for (Document document : cluster.documents(MachineAddress.instance(instance)).values()) {
      if (document instanceof RunRecord record) {
        add(new Node(instance, record));
      }
    }
  }

  private void addQueued(String workflowId) {
    for (Document document : cluster.documents(MachineAddress.workflow(workflowId)).values()) {
      if (document instanceof QueuedStart start && !start.withdrawn()) {
        add(new Node(InstanceAddress.of(workflowId, start.instance()), QueuedRun.of(start)));
      }
    }
  }

  /** Sorts a run: below its step, or among the roots. */
  private void add(Node node) {
    Optional<Lineage.ParentStep> parent = Lineage.parent(node.record());
    if (parent.isEmpty()) {
      roots.add(node);
      return;
    }
    // Of several runs of one child in the same run of its parent, the latest counts.
    children
        .computeIfAbsent(
            new ParentStep(parent.get().machine(), parent.get().stepId()), step -> new HashMap<>())
        .computeIfAbsent(node.instance().toString(), child -> new TreeMap<>())
        .merge(
            parent.get().run(),
            node,
            (one, other) -> one.record().run() > other.record().run() ? one : other);
  }

  // ---- one run

  private SimulatedRun run(Node node, @Nullable String parentStep) {
    RunRecord record = node.record();
    Map<String, SimulatedStep> steps = new LinkedHashMap<>();
    List<SimulatedRun> below = new ArrayList<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (StepRun step : steps(node)) {
      steps.put(step.stepId(), step(node, step));
      List<Node> all = children(node, step);
      if (!all.isEmpty()) {
        counts.put(step.stepId(), (long) all.size());
      }
      all.stream().limit(childrenPerStep).forEach(child -> below.add(run(child, step.stepId())));
    }
    Long ended = record.endedAt();
    return new SimulatedRun(
        parentStep,
        parentStep == null ? null : Lineage.iteration(node.instance()).orElse(null),
        node.instance().workflowId(),
        node.instance().instance(),
        record.run(),
        record.status(),
        record.reason(),
        ended == null ? null : ended - record.createdAt(),
        steps,
        leaves(node),
        below,
        counts,
        events(node));
  }

  private SimulatedStep step(Node node, StepRun step) {
    return new SimulatedStep(
        step.status(),
        step.attempt(),
        sinceBegin(step.startedAt()),
        sinceBegin(step.endedAt()),
        waits.of(node.machine(), node.record()).get(step.stepId()),
        step.params());
  }

  private @Nullable Long sinceBegin(@Nullable Long at) {
    return at == null ? null : at - begin;
  }

  private List<TimelineEvent> events(Node node) {
    List<TimelineEvent> events = new ArrayList<>();
    if (node.instance().isWorkflowInstance()) {
      recorder.accepted(node.record().runUuid()).ifPresent(events::add);
    }
    events.addAll(recorder.events(node.address()));
    return events;
  }

  private List<StepRun> steps(Node node) {
    Map<String, Document> documents = cluster.documents(node.machine());
    List<StepRun> steps = new ArrayList<>();
    for (String stepId : node.record().steps()) {
      if (documents.get("step:" + node.record().run() + ":" + stepId) instanceof StepRun step) {
        steps.add(step);
      }
    }
    return steps;
  }

  /** Iterations that a restart kept are those of an earlier run. */
  private List<Node> children(Node node, StepRun step) {
    long run = node.record().run();
    long since = step.since() == 0 ? run : step.since();
    List<Node> found =
        children
            .getOrDefault(new ParentStep(node.instance().toString(), step.stepId()), Map.of())
            .values()
            .stream()
            .map(runs -> runs.floorEntry(run))
            .filter(latest -> latest != null && latest.getKey() >= since)
            .map(Map.Entry::getValue)
            .filter(
                child ->
                    Lineage.parent(child.record())
                        .filter(by -> by.isSince(since, step.sinceAttempt()))
                        .isPresent())
            .sorted(
                Comparator.comparingLong(
                        (Node child) -> Lineage.iteration(child.instance()).orElse(0L))
                    .thenComparing(child -> child.instance().toString()))
            .toList();
    return kinds(node).isWhile(step.stepId()) ? notDiscarded(found) : found;
  }

  /** One of a while that ran before the one in front of it was discarded when that ran again. */
  private static List<Node> notDiscarded(List<Node> iterations) {
    int kept = Math.min(1, iterations.size());
    while (kept < iterations.size() && !isBefore(iterations.get(kept), iterations.get(kept - 1))) {
      kept++;
    }
    return iterations.subList(0, kept);
  }

  /** Whether an earlier attempt of the loop launched it: one attempt never goes back. */
  private static boolean isBefore(Node one, Node other) {
    Optional<Lineage.ParentStep> launched = Lineage.parent(one.record());
    return Lineage.parent(other.record())
        .filter(by -> launched.filter(has -> has.isSince(by.run(), by.attempt())).isEmpty())
        .isPresent();
  }

  // ---- counts

  private Map<StepStatus, Long> leaves(Node node) {
    Map<StepStatus, Long> counts = new EnumMap<>(StepStatus.class);
    count(node, counts);
    return counts;
  }

  private void count(Node node, Map<StepStatus, Long> counts) {
    StepKinds workflow = kinds(node);
    for (StepRun step : steps(node)) {
      switch (workflow.kind(step.stepId())) {
        case LEAF, ASYNCHRONOUS -> counts.merge(step.status(), 1L, Long::sum);
        case INNER -> {
          List<Node> below = children(node, step);
          boolean never =
              step.startedAt() == null
                  || (step.since() == 0 && below.stream().allMatch(Node::isQueued));
          if (never) {
            counts.merge(step.status(), 1L, Long::sum); // it never had anything below it
          }
          below.forEach(child -> count(child, counts));
        }
      }
    }
  }

  private StepKinds kinds(Node node) {
    MachineAddress workflow = MachineAddress.workflow(node.instance().workflowId());
    String key = "version:" + node.record().version();
    return kinds.computeIfAbsent(
        workflow + " " + key,
        unread ->
            cluster.documents(workflow).get(key) instanceof VersionRecord version
                ? StepKinds.of(version.text())
                : StepKinds.NONE);
  }
}

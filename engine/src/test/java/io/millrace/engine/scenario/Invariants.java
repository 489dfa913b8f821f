package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.InstanceAddress;
import io.millrace.definition.RunStrategy;
import io.millrace.engine.Document;
import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.WorkflowRecord;
import io.millrace.engine.Effect.Note.Kind;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What must hold of every cluster at rest, whatever the story was. The timeline is checked by
 * {@link TimelineInvariants}, the state of single instances by {@link InstanceInvariants}.
 */
final class Invariants {
  private final VirtualCluster cluster;
  private final TimelineInvariants timeline;

  private Invariants(VirtualCluster cluster) {
    this.cluster = cluster;
    this.timeline = new TimelineInvariants(cluster);
  }

  static void check(VirtualCluster cluster) {
    cluster.advanceTo(cluster.now());
    new Invariants(cluster).check();
  }

  private void check() {
    timeline.check();
    for (MachineAddress machine : cluster.machines()) {
      checkTimer(machine);
      switch (machine.kind()) {
        case WORKFLOW -> checkWorkflow(machine);
        case INSTANCE -> new InstanceInvariants(cluster, machine, timeline).check();
      }
    }
    checkTasks();
    checkNotes();
  }

  private Envelope envelope(MachineAddress machine) {
    return cluster.envelope(machine).orElseThrow();
  }

  /** The host has one timer, and it is the earliest of the named ones. */
  private void checkTimer(MachineAddress machine) {
    long wakeAt = envelope(machine).wakeAt();
    List<Long> registered = cluster.timersOf(machine);
    assertThat(registered)
        .as("timers of " + machine)
        .isEqualTo(wakeAt == Envelope.NEVER ? List.of() : List.of(wakeAt));
    assertThat(wakeAt).as("timer of " + machine).isGreaterThan(cluster.now());
    Document.Timers named = envelope(machine).timers();
    if (envelope(machine).quarantined() == null && named != null) {
      assertThat(named.at().values().stream().min(Long::compare).orElse(Envelope.NEVER))
          .as("timer of " + machine)
          .isEqualTo(wakeAt);
    }
  }

  // ---- workflows

  private void checkWorkflow(MachineAddress machine) {
    Map<String, Document> documents = cluster.documents(machine);
    WorkflowRecord workflow = (WorkflowRecord) documents.get("workflow");
    List<InstanceRecord> instances = all(documents, InstanceRecord.class).toList();
    assertThat(workflow.queued())
        .as("queued starts of " + machine)
        .isEqualTo(
            all(documents, Document.QueuedStart.class).filter(start -> !start.withdrawn()).count())
        .isEqualTo(count(instances, RunStatus.CREATED));
    assertThat(workflow.running())
        .as("running instances of " + machine)
        .isEqualTo(count(instances, RunStatus.IN_PROGRESS));
    assertThat(instances)
        .hasSize((int) (workflow.lastInstance() - workflow.oldestInstance() + 1))
        .hasSize(
            (int) all(documents, Document.RequestRecord.class).count()
                - instances.stream().mapToInt(instance -> instance.restarts().size()).sum());
    assertThat(all(documents, Document.VersionRecord.class).count())
        .isEqualTo(workflow.latestVersion());
    for (InstanceRecord instance : instances) {
      checkInstance(machine, documents, instance);
    }
    boolean isBlocked =
        workflow.properties().runStrategy().rule() == RunStrategy.Rule.STRICT_SEQUENTIAL
            && workflow.failed() > 0;
    if (workflow.queued() > 0 && !workflow.awaitingRoom() && !isBlocked) {
      assertThat(workflow.running())
          .as("runs that hold up the queue of " + machine)
          .isGreaterThanOrEqualTo(workflow.properties().runStrategy().concurrency());
    }
    assertThat(workflow.failed())
        .as("failures that block in " + machine)
        .isEqualTo(
            instances.stream()
                .filter(instance -> instance.status() == RunStatus.FAILED)
                .filter(instance -> !instance.unblocked())
                .filter(instance -> instance.failedIn() == workflow.unblocks() + 1)
                .count());
    if (workflow.awaitingRoom()) {
      assertThat(cluster.timersOf(machine)).as("timer of " + machine).isNotEmpty();
    }
  }

  private static <D extends Document> Stream<D> all(
      Map<String, Document> documents, Class<D> type) {
    return documents.values().stream().filter(type::isInstance).map(type::cast);
  }

  private static long count(List<InstanceRecord> instances, RunStatus status) {
    return instances.stream().filter(instance -> instance.status() == status).count();
  }

  private void checkInstance(
      MachineAddress workflow, Map<String, Document> documents, InstanceRecord record) {
    MachineAddress machine =
        MachineAddress.instance(InstanceAddress.of(workflow.key(), record.instance()));
    boolean isQueued = record.queuedAt() != InstanceRecord.NOT_QUEUED;
    assertThat(record.status() == RunStatus.CREATED).as(machine + " is queued").isEqualTo(isQueued);
    if (isQueued) {
      assertThat(documents).containsKey("queue:" + record.queuedAt());
      assertThat(cluster.envelope(machine)).as(machine + " before its launch").isEmpty();
      return;
    }
    if (record.status() == RunStatus.IN_PROGRESS) {
      assertThat(envelope(machine).ended()).as(machine + " has ended").isFalse();
    } else {
      assertThat(timeline.endOf(machine.key() + ":" + record.run())).contains(record.status());
      cluster
          .envelope(machine)
          .ifPresent(known -> assertThat(known.ended()).as(machine + " has ended").isTrue());
    }
  }

  // ---- what went out

  /** No task is out twice; one that nobody waits for any more was answered or cancelled. */
  private void checkTasks() {
    List<String> dispatched =
        cluster.outcome().tasks().stream().map(task -> task.dispatchId()).toList();
    assertThat(dispatched).doesNotHaveDuplicates();
    List<String> cancelled =
        cluster.outcome().cancels().stream().map(cancel -> cancel.dispatchId()).toList();
    assertThat(cancelled).doesNotHaveDuplicates().isSubsetOf(dispatched);
    List<String> open =
        cluster.machines().stream()
            .flatMap(machine -> envelope(machine).openTasks().stream())
            .toList();
    for (String task : dispatched) {
      boolean isAnswered = timeline.isAnswered(task);
      assertThat(Stream.of(open.contains(task), cancelled.contains(task), isAnswered))
          .as("Is it open, cancelled, answered: " + task)
          .containsOnlyOnce(true);
    }
  }

  /** The metrics made of notes agree with the state. */
  private void checkNotes() {
    long ended =
        noted(Kind.RUN_SUCCEEDED)
            + noted(Kind.RUN_FAILED)
            + noted(Kind.RUN_STOPPED)
            + noted(Kind.RUN_TIMED_OUT);
    assertThat(noted(Kind.RUN_STARTED) - ended)
        .as("runs in progress by their notes")
        .isEqualTo(
            cluster.machines().stream()
                .filter(machine -> machine.kind() == MachineAddress.Kind.INSTANCE)
                .filter(machine -> !envelope(machine).ended())
                .count());
    assertThat(noted(Kind.START_QUEUED) - noted(Kind.START_UNQUEUED))
        .as("queued starts by their notes")
        .isEqualTo(
            cluster.machines().stream()
                .map(machine -> cluster.documents(machine).get("workflow"))
                .filter(WorkflowRecord.class::isInstance)
                .mapToLong(workflow -> ((WorkflowRecord) workflow).queued())
                .sum());
  }

  private long noted(Kind kind) {
    return cluster.outcome().noted(kind);
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.MachineState;
import io.millrace.engine.simulation.Simulation;
import io.millrace.engine.step.StepLifecycle;
import io.millrace.protocol.Cancel;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold whenever no message is on its way, whatever happened before. */
final class Invariants {
  private final Simulation simulation;
  private final Witness witness;

  /** Every step of a step's life that was seen, as {@code FROM>TO}. */
  private final Set<String> transitions = new TreeSet<>();

  Invariants(Simulation simulation, Witness witness) {
    this.simulation = simulation;
    this.witness = witness;
  }

  Set<String> transitions() {
    return transitions;
  }

  void check() {
    timelineIsGapless();
    stepsLiveByTheTable();
    runsEndOnce();
    simulation.machines().forEach(this::machineIsSound);
  }

  private void timelineIsGapless() {
    Map<String, TimelineEvent> last = new HashMap<>();
    for (TimelineEvent event : witness.events) {
      TimelineEvent before = last.put(event.address(), event);
      long expected = before == null ? 1 : before.sequence() + 1;
      assertThat(event.sequence()).as("sequence of %s", event).isEqualTo(expected);
      if (before != null) {
        assertThat(event.at()).as("time of %s", event).isGreaterThanOrEqualTo(before.at());
      }
    }
  }

  private void stepsLiveByTheTable() {
    Map<String, StepStatus> last = new HashMap<>();
    for (TimelineEvent event : witness.events) {
      if (event.event() instanceof TimelineEvent.StepStatusChanged change) {
        String step = change.run() + "/" + change.stepId();
        for (StepStatus status : change.statuses()) {
          StepStatus before = last.put(step, status);
          StepStatus from = before == null ? StepStatus.NOT_CREATED : before;
          assertThat(StepLifecycle.next(from)).as("%s after %s", step, from).contains(status);
          transitions.add(from + ">" + status);
        }
      }
    }
  }

  private void runsEndOnce() {
    Set<String> ended = new HashSet<>();
    for (TimelineEvent event : witness.events) {
      if (event.event() instanceof TimelineEvent.RunStatusChanged change) {
        change.statuses().stream()
            .filter(status -> status.isTerminal())
            .forEach(status -> assertThat(ended.add(change.run())).as("%s ends", change).isTrue());
      }
    }
  }

  private void machineIsSound(MachineAddress address) {
    MachineState state = simulation.state(address);
    Envelope envelope = state.envelope().orElseThrow();
    if (state.document("timers").orElse(null) instanceof Document.Timers timers
        && envelope.quarantined() == null) {
      long earliest = timers.at().values().stream().min(Long::compare).orElse(Envelope.NEVER);
      assertThat(envelope.wakeAt()).as("timer of %s", address).isEqualTo(earliest);
    }
    switch (address.kind()) {
      case WORKFLOW -> workflowCountsItsRuns(address, state);
      case INSTANCE -> instanceIsSound(address, state, envelope);
    }
  }

  private static void workflowCountsItsRuns(MachineAddress address, MachineState state) {
    Document.WorkflowRecord workflow =
        (Document.WorkflowRecord) state.document("workflow").orElseThrow();
    List<Document.InstanceRecord> instances =
        state.documents().values().stream()
            .filter(Document.InstanceRecord.class::isInstance)
            .map(Document.InstanceRecord.class::cast)
            .toList();
    long queued =
        instances.stream()
            .filter(instance -> instance.queuedAt() != Document.InstanceRecord.NOT_QUEUED)
            .count();
    long running =
        instances.stream()
            .filter(instance -> instance.queuedAt() == Document.InstanceRecord.NOT_QUEUED)
            .filter(instance -> !instance.status().isTerminal())
            .count();
    assertThat(workflow.queued()).as("queued starts of %s", address).isEqualTo(queued);
    assertThat(workflow.running()).as("running runs of %s", address).isEqualTo(running);
    assertThat(running)
        .as("runs at once of %s", address)
        .isLessThanOrEqualTo(Math.max(running, workflow.properties().runStrategy().concurrency()));
  }

  private void instanceIsSound(MachineAddress address, MachineState state, Envelope envelope) {
    boolean over = envelope.ended();
    if (over) {
      assertThat(envelope.openTasks()).as("open tasks of ended %s", address).isEmpty();
      assertThat(envelope.wakeAt()).as("retention of %s", address).isNotEqualTo(Envelope.NEVER);
    }
    Set<String> waited = new HashSet<>(envelope.openTasks());
    for (Document document : state.documents().values()) {
      if (document instanceof Document.StepRun step && envelope.quarantined() == null) {
        if (over) {
          assertThat(step.status().isTerminal()).as("%s of ended %s", step, address).isTrue();
        } else if (!step.status().isTerminal()) {
          assertThat(envelope.wakeAt())
              .as("something wakes %s, as %s is open", address, step)
              .isNotEqualTo(Envelope.NEVER);
        }
        if (step.status() == StepStatus.RUNNING && step.dispatchId() != null) {
          assertThat(waited.remove(step.dispatchId())).as("task of %s is open", step).isTrue();
        }
      }
    }
    if (envelope.quarantined() == null) {
      assertThat(waited).as("tasks of %s that no step waits for", address).isEmpty();
    }
    Set<String> cancelled = new HashSet<>();
    witness.cancels.stream().map(Cancel::dispatchId).forEach(cancelled::add);
    assertThat(envelope.openTasks())
        .as("open tasks of %s", address)
        .allSatisfy(open -> assertThat(cancelled).doesNotContain(open));
  }
}

package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document;
import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.protocol.StepStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of one instance at rest. */
final class InstanceInvariants {
  private static final Set<StepStatus> AT_REST =
      Set.of(
          StepStatus.RUNNING,
          StepStatus.USER_FAILED,
          StepStatus.PLATFORM_FAILED,
          StepStatus.TIMEOUT_FAILED);

  private final MachineAddress machine;
  private final TimelineInvariants timeline;
  private final Envelope envelope;
  private final Map<String, Document> documents;

  InstanceInvariants(VirtualCluster cluster, MachineAddress machine, TimelineInvariants timeline) {
    this.machine = machine;
    this.timeline = timeline;
    this.envelope = cluster.envelope(machine).orElseThrow();
    this.documents = cluster.documents(machine);
  }

  void check() {
    if (envelope.quarantined() != null) {
      assertThat(envelope.openTasks()).as("open tasks of " + machine).isEmpty();
      assertThat(envelope.ended()).as("end of " + machine).isTrue();
      return;
    }
    RunRecord run = (RunRecord) documents.get("run:" + envelope.run());
    assertThat(run).as("run of " + machine).isNotNull();
    assertThat(run.status().isTerminal()).isEqualTo(envelope.ended());
    assertThat(run.work()).as("work list of " + machine).isEmpty();
    List<StepRun> steps = run.steps().stream().map(this::step).toList();
    checkCounts(run, steps);
    List<String> openTasks = new ArrayList<>();
    for (StepRun step : steps) {
      assertThat(timeline.statusOf(machine.key() + ":" + run.run(), step.stepId()))
          .as("status of " + step.stepId() + " on the timeline")
          .contains(step.status());
      assertThat(step.attempt())
          .isEqualTo(1L + step.errorRetries() + step.platformRetries() + step.timeoutRetries());
      if (!step.status().isTerminal()) {
        checkOpen(step, openTasks);
      }
      if (step.status() != StepStatus.RUNNING) {
        assertThat(documents).doesNotContainKey("sign:" + run.run() + ":" + step.stepId());
      }
    }
    assertThat(envelope.openTasks()).containsExactlyInAnyOrderElementsOf(openTasks);
    if (run.status().isTerminal()) {
      checkEnded(run, steps);
    } else {
      assertThat(steps).as("open steps of " + machine).anyMatch(step -> !isTerminal(step));
      assertThat(documents).containsKey("definition");
      assertThat(timers()).containsKey("run-timeout");
    }
  }

  private static boolean isTerminal(StepRun step) {
    return step.status().isTerminal();
  }

  private StepRun step(String stepId) {
    return (StepRun) documents.get("step:" + envelope.run() + ":" + stepId);
  }

  private Map<String, Long> timers() {
    return envelope.timers() == null ? Map.of() : envelope.timers().at();
  }

  private void checkCounts(RunRecord run, List<StepRun> steps) {
    Map<StepStatus, Integer> ended = new EnumMap<>(StepStatus.class);
    steps.stream()
        .filter(InstanceInvariants::isTerminal)
        .forEach(step -> ended.merge(step.status(), 1, Integer::sum));
    assertThat(run.ended()).as("ended steps of " + machine).isEqualTo(ended);
    assertThat(run.open())
        .as("open steps of " + machine)
        .isEqualTo((int) steps.stream().filter(step -> !isTerminal(step)).count());
  }

  /** It waits for something that will come: a report, or a timer of its own. */
  private void checkOpen(StepRun step, List<String> openTasks) {
    String attempt = step.stepId() + "@" + step.attempt();
    assertThat(step.status()).as(attempt).isIn(AT_REST);
    assertThat(step.endedAt() == null).isEqualTo(step.status() == StepStatus.RUNNING);
    String dispatchId = step.dispatchId();
    if (step.status().isRetrying()) {
      assertThat(timers()).containsEntry("RETRY:" + attempt, step.retryAt());
      assertThat(timers())
          .doesNotContainKeys("TIMEOUT:" + attempt, "WAKE:" + attempt, "WORKER_TIMEOUT:" + attempt);
    } else {
      assertThat(timers()).containsKey("TIMEOUT:" + attempt);
      if (dispatchId == null) {
        assertThat(timers()).containsKey("WAKE:" + attempt);
      } else {
        openTasks.add(dispatchId);
      }
    }
  }

  private void checkEnded(RunRecord run, List<StepRun> steps) {
    assertThat(steps).as("steps of " + machine).allMatch(InstanceInvariants::isTerminal);
    assertThat(run.endedAt()).isNotNull();
    checkStatus(run, steps);
    assertThat(run.followers()).isEmpty();
    assertThat(run.watchers()).isEmpty();
    assertThat(documents).doesNotContainKey("definition");
    assertThat(timers()).containsOnlyKeys("retention");
  }

  /** How a run ended is told by its steps, save where it ended as a whole. */
  private void checkStatus(RunRecord run, List<StepRun> steps) {
    boolean hasFailed =
        steps.stream()
            .anyMatch(
                step ->
                    step.status() == StepStatus.FATALLY_FAILED
                        || step.status() == StepStatus.INTERNALLY_FAILED);
    String name = machine + " that ended " + run.status();
    switch (run.status()) {
      case SUCCEEDED -> {
        assertThat(steps).as(name).allMatch(step -> step.status().isComplete());
        assertThat(run.steps())
            .as(name)
            .containsExactlyInAnyOrderElementsOf(timeline.stepsOf(machine.key() + ":" + run.run()));
      }
      case FAILED -> assertThat(hasFailed || steps.isEmpty()).as(name).isTrue();
      case STOPPED -> assertThat(hasFailed).as(name).isFalse();
      case TIMED_OUT ->
          assertThat(steps).as(name).anyMatch(step -> step.status() == StepStatus.TIMED_OUT);
      case CREATED, IN_PROGRESS, PAUSED -> throw new AssertionError(name);
    }
  }
}
